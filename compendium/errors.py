"""Pages for errors. Their templates neither read the database nor need the request, so they appear in any case."""

import logging
import sys

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

RETRY_AFTER_SECONDS = 30

# Shown if even the error page cannot be made, for example because a template or a static file is missing.
LAST_RESORT = """<!doctype html>
<html lang="de"><head><meta charset="utf-8"><title>Wissenskompendium Innenstadt</title></head><body>
<h1>Wissenskompendium Innenstadt</h1>
<p>Diese Seite lässt sich gerade nicht anzeigen. Bitte versuchen Sie es später noch einmal.</p>
<p lang="en">This page cannot be shown just now. Please try again later.</p>
</body></html>
"""
logger = logging.getLogger(__name__)


def bad_request(request, exception=None):
    """400: what was sent cannot be understood."""
    return error_page(request, 400)


def permission_denied(request, exception=None):
    """403: the visitor may not see this."""
    return error_page(request, 403)


def csrf_failure(request, reason=""):
    """405 on the public pages, which only read and have no forms to send; 403 in the admin.

    Django looks for the token of a form before it asks a view whether it takes the method at all.
    """
    if request.path.startswith(reverse("admin:index")):
        return error_page(request, 403, "403_csrf.html", way_back=way_back(request))
    response = error_page(request, 405)
    response["Allow"] = "GET, HEAD"
    return response


def way_back(request):
    """Where a form of the desk that expired is opened again: its own address, which asks to sign in if need be."""
    if request.path == reverse("admin:logout"):
        return reverse("admin:index")
    return request.get_full_path()


def page_not_found(request, exception=None):
    """404: there is nothing at this address."""
    return error_page(request, 404)


def server_error(request):
    """500 for our own faults, 503 with ``Retry-After`` when the database does not answer.

    Django calls this while it handles the exception and has logged it already.
    """
    if not isinstance(sys.exception(), OperationalError | InterfaceError):
        return error_page(request, 500)
    response = error_page(request, 503)
    response["Retry-After"] = RETRY_AFTER_SECONDS
    return response


def error_page(request, status, template="", **context):
    """The page for ``status``, from ``template`` if one is named, which may need some ``context``.

    It is in the language of the address, which may not have been chosen before the error.
    """
    language = translation.get_language_from_path(request.path_info) or settings.LANGUAGE_CODE
    with translation.override(language):
        try:
            page = render_to_string(template or f"{status}.html", {"own_search": True} | context)
        except Exception:
            logger.exception("The page for status %s cannot be made", status)
            page = LAST_RESORT
    return HttpResponse(page, status=status, headers={"Content-Language": language})
