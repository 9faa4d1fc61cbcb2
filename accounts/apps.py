"""The app of those who sign in, and the admin with its second factor."""

from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """Listens to what Django says about logins."""

    name = "accounts"
    verbose_name = _("Accounts")

    def ready(self):
        from . import audit  # noqa: PLC0415 (needs the models, which are ready now)

        audit.listen()


class DeskConfig(admin_apps.AdminConfig):
    """Django's admin with our own way in."""

    default = False  # that of this package is above
    default_site = "accounts.site.DeskSite"
