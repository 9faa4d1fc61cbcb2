"""The way from public pages to the desk, for those who work there."""

from django import template
from django.conf import settings
from django.urls import reverse

register = template.Library()


@register.simple_tag(takes_context=True)
def edit_address(context, idea):
    """Where the entry is edited, for someone signed in who may; else empty.

    Visitors carry no session: for them nothing is read and the page does not depend on cookies.
    """
    request = context.get("request")
    if not request or settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return ""
    if not (request.user.is_staff and request.user.has_perm("ideas.view_idea")):
        return ""
    return reverse("admin:ideas_idea_change", args=[idea.pk])
