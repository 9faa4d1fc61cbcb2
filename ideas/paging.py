"""Pages of a list. Whatever page is asked for, one is shown, with a notice if it is another."""

from dataclasses import dataclass

from django.core.paginator import EmptyPage, Page, PageNotAnInteger, Paginator
from django.utils.translation import gettext as _

PER_PAGE = 20
ALL = "alle"


@dataclass
class Paged:
    """A page of a list, and the notice if another one was asked for."""

    page: Page
    notice: str = ""
    everything: bool = False


def paged(queryset, number):
    """The page ``number`` (text from an address; empty means the first, ``alle`` everything on one page)."""
    if number == ALL:
        count = queryset.count()
        return Paged(Paginator(queryset, max(count, 1)).page(1), everything=True)
    paginator = Paginator(queryset, PER_PAGE)
    try:
        return Paged(paginator.page(number or 1))
    except PageNotAnInteger:
        return Paged(paginator.page(1), _("This page does not exist. You see the first page."))
    except EmptyPage:
        return Paged(paginator.page(paginator.num_pages), _("This page does not exist. You see the last page."))
