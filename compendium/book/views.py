"""The address of the book."""

import logging

from django.http import FileResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from ideas.exports.typesetting import TypesettingFailed

from .shelf import book, fingerprint_of

RETRY_AFTER_SECONDS = 60
FILE_NAME = "wissenskompendium-innenstadt.pdf"
logger = logging.getLogger(__name__)


@require_safe
def download(request):
    """The book in its present state; 304 for whoever has it already, 503 with a page if it cannot be made."""
    try:
        path = book(request.build_absolute_uri)
        etag = quote_etag(fingerprint_of(path))
        response = get_conditional_response(request, etag=etag) or file_response(path)
    except (TypesettingFailed, OSError):
        logger.exception("The book cannot be built")
        response = render(request, "book_unavailable.html", {"own_search": True}, status=503)
        response["Retry-After"] = RETRY_AFTER_SECONDS
        return response
    response["ETag"] = etag
    response["Cache-Control"] = "no-cache"
    return response


def file_response(path):
    """The file at ``path`` for taking along."""
    return FileResponse(path.open("rb"), as_attachment=True, filename=FILE_NAME)
