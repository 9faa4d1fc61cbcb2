"""Measures the search against others on the same texts: ``make bench-search``. No part of the site."""
