"""The admin with its own way in: password, then the second factor."""

from http import HTTPStatus

from django.contrib.admin import AdminSite
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpResponseRedirect
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache


class DeskSite(AdminSite):
    """The editors' desk. Only who has proven the second factor, where one is needed, is inside."""

    site_header = _("Wissenskompendium Innenstadt: editors’ desk")
    site_title = _("Editors’ desk")
    index_title = _("What is to be done?")

    def index(self, request, extra_context=None):
        """The first page: what is to be done, and all lists."""
        from compendium import desk  # noqa: PLC0415 (the site is made before the models)

        return super().index(request, {"desk": desk.groups(request.user)} | (extra_context or {}))

    def has_permission(self, request):
        from . import second_factor  # noqa: PLC0415 (the site is made before the models)

        return super().has_permission(request) and second_factor.proven(request.user)

    def get_urls(self):
        from . import views  # noqa: PLC0415 (the site is made before the models)

        return [
            path("anmeldung/code/", views.code, name="second_factor_code"),
            path("anmeldung/einrichten/", views.set_up, name="second_factor_set_up"),
            path("zweiter-faktor/", self.admin_view(views.manage), name="second_factor"),
            path("zweiter-faktor/codes/", self.admin_view(views.codes), name="second_factor_codes"),
            *super().get_urls(),
        ]

    @method_decorator(never_cache)
    def login(self, request, extra_context=None):
        """Ask for name and password; what follows is decided in :class:`accounts.views.Login`."""
        from .views import Login  # noqa: PLC0415 (the site is made before the models)

        if request.method == "GET" and self.has_permission(request):
            return HttpResponseRedirect(reverse("admin:index"))
        context = {
            **self.each_context(request),
            "title": _("Log in"),
            "subtitle": None,
            "app_path": request.get_full_path(),
            "username": request.user.get_username(),
            **(extra_context or {}),
        }
        if REDIRECT_FIELD_NAME not in request.GET | request.POST:
            context[REDIRECT_FIELD_NAME] = reverse("admin:index")
        request.current_app = self.name
        return Login.as_view(extra_context=context)(request)

    def password_change(self, request, extra_context=None):
        """Change one's own password, and write down that it was changed."""
        from . import audit  # noqa: PLC0415 (the site is made before the models)
        from .models import Event  # noqa: PLC0415

        response = super().password_change(request, extra_context)
        if request.method == "POST" and response.status_code == HTTPStatus.FOUND:
            audit.record(Event.PASSWORD, request.user, by=request.user)
        return response
