"""The app that holds the others together."""

from django.apps import AppConfig
from django.core.checks import register
from django.utils.translation import gettext_lazy as _


class CompendiumConfig(AppConfig):
    """Registers the system checks."""

    name = "compendium"
    verbose_name = _("Compendium")

    def ready(self):
        from .checks import operator_data, search_index, semantic_search  # noqa: PLC0415 (needs the models, which are ready now)

        register(operator_data)
        register(search_index)
        register(semantic_search)
