"""The site map: German pages at the root, the English interface under /en/, machines and admin beside them."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from . import views
from .book import views as book

urlpatterns = [
    path("admin/", admin.site.urls),
    path("kompendium.pdf", book.download, name="book"),
    *i18n_patterns(
        path("", views.start, name="start"),
        path("", include("ideas.urls")),
        path("", include("workshops.urls")),
        path("bausteine/", views.parts, name="parts"),
        path("<slug:slug>/", views.page, name="page"),
        prefix_default_language=False,
    ),
]

handler400 = "compendium.errors.bad_request"
handler403 = "compendium.errors.permission_denied"
handler404 = "compendium.errors.page_not_found"
handler500 = "compendium.errors.server_error"
