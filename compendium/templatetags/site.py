"""Template tags every page needs: addresses of the page itself and the language of the content."""

from django import template
from django.urls import reverse, translate_url
from django.utils.safestring import SafeString
from django.utils.translation import get_language, override

register = template.Library()


@register.simple_tag(takes_context=True)
def canonical_url(context):
    """The full address search engines should keep: ``canonical_path`` of the view, else the path without query."""
    request = context["request"]
    return request.build_absolute_uri(context.get("canonical_path") or request.path)


@register.simple_tag(takes_context=True)
def alternate_url(context, language):
    """The full canonical address of the same page in ``language`` («de» or «en»)."""
    return translate_url(canonical_url(context), language)


@register.simple_tag(takes_context=True)
def language_url(context, language):
    """The address of the same page, with the same query, in ``language`` («de» or «en»).

    On a page without an address of its own, such as that of an error, it is the start page.
    """
    if "request" in context:
        here = context["request"].get_full_path()
        there = translate_url(here, language)
        if there != here or language == get_language():
            return there
    with override(language):
        return reverse("start")


@register.simple_tag
def content_lang():
    """The attribute that marks German content on a page in another language; nothing on a German page."""
    return "" if get_language() == "de" else SafeString(' lang="de"')  # a constant, no user input
