"""The app of the ideas."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IdeasConfig(AppConfig):
    """Names the app for the editors' desk."""

    name = "ideas"
    verbose_name = _("Ideas")
