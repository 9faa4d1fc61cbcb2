"""The settings of the tests: those of the site, but fast and quiet."""

import os

os.environ.setdefault("DATABASE_URL", "sqlite://:memory:")
# A developer's .env decides nothing about the tests.
os.environ.update(DEBUG="0", PRODUCTION="0", REQUIRE_2FA="0")
os.environ.setdefault("SEMANTIC_SEARCH", "0")  # one test starts the site with it

from compendium.settings import *  # noqa: F403 (the tests run the site as it is)

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"  # noqa: F405
WHITENOISE_AUTOREFRESH = True
