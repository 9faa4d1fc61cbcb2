"""The settings of the site, with the search it is compared to."""

from compendium.settings import *  # noqa: F403 (measured is the site as it is)

INSTALLED_APPS = [*INSTALLED_APPS, "django.contrib.postgres", "modelsearch", "bench"]  # noqa: F405
MODELSEARCH_BACKENDS = {
    "default": {
        "BACKEND": "modelsearch.backends.database",
        "SEARCH_CONFIG": "german",  # as advised for texts in one language; on SQLite there is no such choice
        "AUTO_UPDATE": False,
    }
}
