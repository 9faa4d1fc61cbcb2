"""Two become one: terms of the vocabularies, and entries."""
