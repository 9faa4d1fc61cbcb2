"""Pages of a list. Whatever page is asked for, one is shown, with a notice if it is another.

Which entries a page has is asked first, then what it shows of them: that costs no more in a longer list.
"""

from dataclasses import dataclass

from django.core.paginator import EmptyPage, Page, PageNotAnInteger, Paginator
from django.utils.translation import gettext as _

PER_PAGE = 20
FIRST_PAGES = 10 * PER_PAGE  # entries: further down it is not asked which come first
ALL = "alle"


@dataclass
class Paged:
    """A page of a list, and the notice if another one was asked for."""

    page: Page
    notice: str = ""
    everything: bool = False


class Cards:
    """The ideas of an ordered ``queryset`` with all that a card shows, read a slice at a time.

    ``first`` gives the keys of the first of them, where these are known.
    """

    def __init__(self, queryset, first=list):
        self.queryset, self.first = queryset, first
        self.count = queryset.count

    def __getitem__(self, wanted):
        first = self.first() if wanted.stop <= FIRST_PAGES else []
        known = wanted.stop <= len(first)
        keys = first[wanted] if known else list(self.queryset.values_list("pk", flat=True)[wanted])
        cards = self.queryset.model.objects.for_card().in_bulk(keys)
        return [cards[key] for key in keys if key in cards]  # one may have gone in between


def paged(queryset, number, first=list):
    """The page ``number`` (text from an address; empty means the first, ``alle`` everything on one page).

    ``first`` gives the keys of the first of the ideas, where they are known.
    """
    cards = Cards(queryset, first)
    if number == ALL:
        return Paged(Paginator(cards, max(cards.count(), 1)).page(1), everything=True)
    paginator = Paginator(cards, PER_PAGE)
    try:
        return Paged(paginator.page(number or 1))
    except PageNotAnInteger:
        return Paged(paginator.page(1), _("This page does not exist. You see the first page."))
    except EmptyPage:
        return Paged(paginator.page(paginator.num_pages), _("This page does not exist. You see the last page."))
