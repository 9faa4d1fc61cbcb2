"""The site map of the site plus addresses where something goes wrong, for the tests of the error pages."""

from django.conf.urls.i18n import i18n_patterns
from django.core.exceptions import PermissionDenied
from django.db import InterfaceError, OperationalError
from django.urls import path

from compendium.urls import handler400, handler403, handler404, handler500, urlpatterns

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]


def faulty(error):
    """A view that raises ``error``."""

    def view(request):
        raise error

    return view


urlpatterns = [
    *i18n_patterns(
        path("faulty/500/", faulty(RuntimeError("the secret reason"))),
        path("faulty/403/", faulty(PermissionDenied("the secret reason"))),
        path("faulty/503/", faulty(OperationalError("the secret reason"))),
        path("faulty/503-too/", faulty(InterfaceError("the secret reason"))),
        prefix_default_language=False,
    ),
    *urlpatterns,
]
