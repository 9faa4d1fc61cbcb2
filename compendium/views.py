"""The start page, the pages editors can change, and the page of all interface parts."""

from django.conf import settings
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from . import markdown, pages
from .models import Page
from .parts import parts_page
from .start import start_page


@require_safe
def start(request):
    """The start page: search, the street of all ideas, and where they come from."""
    return render(request, "start.html", start_page())


@require_safe
def page(request, slug):
    """A page whose text editors change, with what the program knows beside it."""
    found = get_object_or_404(Page, slug=slug)
    template, context = pages.beside(found.slug)
    return render(request, template, {"page": found, "text": markdown.render(found.body), **context})


@require_safe
def parts(request):
    """All interface parts in all states; for staff, and for everyone with ``DEBUG=1``."""
    if not (settings.DEBUG or request.user.is_staff):
        raise Http404
    return render(request, "parts.html", parts_page())
