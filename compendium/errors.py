"""Pages for errors. None of their templates reads the database, so they also appear when it is away."""

import sys

from django.db import InterfaceError, OperationalError
from django.shortcuts import render

RETRY_AFTER_SECONDS = 30


def bad_request(request, exception=None):
    """400: what was sent cannot be understood."""
    return render(request, "400.html", status=400)


def permission_denied(request, exception=None):
    """403: the visitor may not see this."""
    return render(request, "403.html", status=403)


def page_not_found(request, exception=None):
    """404: there is nothing at this address."""
    return render(request, "404.html", status=404)


def server_error(request):
    """500 for our own faults, 503 with ``Retry-After`` when the database does not answer.

    Django calls this while it handles the exception and has logged it already.
    """
    if isinstance(sys.exception(), OperationalError | InterfaceError):
        response = render(request, "503.html", status=503)
        response["Retry-After"] = RETRY_AFTER_SECONDS
        return response
    return render(request, "500.html", status=500)
