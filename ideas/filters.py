"""The one filter of ideas: a query string goes in, a queryset comes out, for every output.

Inside a facet one value is enough (OR), across facets all must fit (AND). The value ``ohne`` selects entries
without a value. Unknown values are left out and remembered: pages name them in a notice, machines answer 400.
"""

from functools import cache, cached_property
from urllib.parse import urlencode

import django_filters
from django import forms
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from workshops.models import CityLab, Workshop

from . import shortlist
from .models import Actor, CitySize, Idea, Topic
from .search.matching import find
from .vocabularies import Cost, Effort, Horizon, Maturity, Origin, Phase

WITHOUT = "ohne"
NOT_ASSESSED = _("not assessed")


class KnownValues(forms.MultipleChoiceField):
    """Several choices, of which unknown ones are left out and remembered in ``unknown``.

    ``former()`` are values of old addresses with what they are called now; it is asked only for unknown values.
    """

    def __init__(self, *, former=None, **kwargs):
        self.former = former
        super().__init__(**kwargs)

    def clean(self, value):
        values = value or []
        if self.former and not all(map(self.valid_value, values)):
            former = self.former()
            values = [former.get(each, each) for each in values]
        values = list(dict.fromkeys(values))
        self.unknown = [each for each in values if each and not self.valid_value(each)]
        return [each for each in values if self.valid_value(each)]


class KnownValue(forms.ChoiceField):
    """One choice; an unknown one counts as none and is remembered in ``unknown``."""

    def clean(self, value):
        value = value or ""
        self.unknown = [value] if value and not self.valid_value(value) else []
        return "" if self.unknown else value


class FacetFilter(django_filters.MultipleChoiceFilter):
    """Entries with any of the chosen values.

    ``missing`` is the condition of entries without a value, ``without`` the name of that choice; ``former`` is for
    :class:`KnownValues`.
    """

    field_class = KnownValues

    def __init__(self, field_name, *, options, missing=None, without=NOT_ASSESSED, **kwargs):
        self.options, self.missing, self.without = options, missing, without
        super().__init__(field_name=field_name, **kwargs)

    @property
    def field(self):
        """The field of the form; its options are read when they are needed, and once."""
        self.extra.setdefault("choices", cache(self.choices))
        return super().field

    def choices(self):
        """The options as (value, name); ``ohne`` is one of them where a value may be missing."""
        without = [(WITHOUT, self.without)] if self.missing is not None else []
        return [*self.options(), *without]

    @property
    def is_single(self):
        """Whether an entry has at most one value."""
        field = Idea._meta.get_field(self.field_name.split("__")[0])
        return not (field.many_to_many or field.one_to_many)

    def filter(self, queryset, value):
        if not value:
            return queryset
        condition = Q(**{f"{self.field_name}__in": [each for each in value if each != WITHOUT]})
        if WITHOUT in value:
            condition |= self.missing
        # In a query of its own, so that an entry with two of the values is found once.
        return queryset.filter(pk__in=Idea.objects.filter(condition).values("pk"))


class SearchFilter(django_filters.CharFilter):
    """Entries that hold the words; ``IdeaFilter.search`` looks for them."""


class SortFilter(django_filters.Filter):
    """The order of the entries; every order ends on the number."""

    field_class = KnownValue
    RELEVANCE, BY_NUMBER = "relevanz", "nummer"
    ORDERS = {
        RELEVANCE: ("-rank", "number"),
        "titel": ("title_key", "number"),
        BY_NUMBER: ("number",),
        "neu": ("-version_date", "-published_at", "number"),
    }

    def filter(self, queryset, value):
        ranked = "rank" in queryset.query.annotations
        if not value:
            value = self.RELEVANCE if ranked else self.BY_NUMBER
        if value == self.RELEVANCE and not ranked:
            value = self.BY_NUMBER
        return queryset.order_by(*self.ORDERS[value])


class ViewFilter(django_filters.Filter):
    """How the entries are shown; it decides nothing about which."""

    field_class = KnownValue
    MATRIX = "matrix"

    def filter(self, queryset, value):
        return queryset


def named(model):
    """The options of a facet whose values are records with a slug."""
    return lambda: [(record.slug, str(record)) for record in model.objects.all()]


def labs():
    """The options of the facet of city labs."""
    return [(lab.slug, str(lab)) for lab in CityLab.objects.select_related("municipality")]


def fixed(vocabulary):
    """The options of a facet whose values are part of the program."""
    return lambda: vocabulary.choices


class IdeaFilter(django_filters.FilterSet):
    """Every parameter of the list of ideas, in the order in which they stand in an address."""

    q = SearchFilter(
        label=_("Word or whole question"),
        max_length=200,
        error_messages={
            "max_length": _(
                "The search takes up to %(limit_value)d characters; yours has %(show_value)d. Shorten it, please."
            )
        },
    )
    workshop = FacetFilter(
        "workshop__slug", label=_("Field"), options=named(Workshop), missing=Q(workshop__isnull=True)
    )
    thema = FacetFilter(
        "topics__slug", label=_("Topic"), options=named(Topic), missing=Q(topics__isnull=True),
        former=Topic.objects.present_slugs,
    )  # fmt: skip
    akteur = FacetFilter(
        "actors__slug", label=_("Who does it"), options=named(Actor), missing=Q(actors__isnull=True),
        former=Actor.objects.present_slugs,
    )  # fmt: skip
    phase = FacetFilter("phase", label=_("Phase of the visit"), options=fixed(Phase), missing=Q(phase=""))
    aufwand = FacetFilter("effort", label=_("Effort"), options=fixed(Effort), missing=Q(effort=""))
    kosten = FacetFilter("cost", label=_("Cost"), options=fixed(Cost), missing=Q(cost=""))
    horizont = FacetFilter("horizon", label=_("Time to effect"), options=fixed(Horizon), missing=Q(horizon=""))
    groesse = FacetFilter(
        "city_sizes__slug", label=_("City size"), options=named(CitySize), missing=Q(city_sizes__isnull=True)
    )
    reife = FacetFilter("maturity", label=_("Maturity"), options=fixed(Maturity), missing=Q(maturity=""))
    herkunft = FacetFilter("origin", label=_("Origin"), options=fixed(Origin))
    stadtlabor = FacetFilter(
        "examples__municipalities__city_lab__slug",
        label=_("Example from a city lab"),
        options=labs,
        missing=~Q(pk__in=Idea.objects.filter(examples__municipalities__city_lab__isnull=False).values("pk")),
        without=_("no example from a city lab"),
    )
    sortierung = SortFilter(
        label=_("Sort by"),
        choices=[
            ("relevanz", _("Relevance")),
            ("titel", _("Title A–Z")),
            ("nummer", _("Number")),
            ("neu", _("Newest first")),
        ],
    )

    ansicht = ViewFilter(label=_("View"), choices=[("liste", _("List")), (ViewFilter.MATRIX, _("Matrix"))])

    class Meta:
        model = Idea
        fields = []

    def __init__(self, *args, page="ideas:list", carried=(), **kwargs):
        """``page`` is the name of the page that shows the selection: links that change it lead there.

        They carry along the shortlist ``carried``; see :func:`ideas.shortlist.carried`.
        """
        super().__init__(*args, **kwargs)
        self.page, self.carried = page, carried

    @cached_property
    def search(self):
        """What the search for the words came to; None without words. It runs here and only here, once."""
        self.form.is_valid()
        text = self.form.cleaned_data.get("q")
        return find(self.queryset.all(), text) if text else None

    @property
    def searched(self):
        """What was searched for: as typed, with each corrected word in its place."""
        text = self.chosen.get("q", "")
        for typed, word in (self.search.corrections if self.search else {}).items():
            text = text.replace(typed, word)
        return text

    @property
    def by_words(self):
        """The entries that the words find, whatever the facets say."""
        return self.search.ideas if self.search else self.queryset.all()

    def filter_queryset(self, queryset):
        """The entries found by the words, narrowed and put in order by all other parameters."""
        return self.narrowed(self.by_words)

    @property
    def first(self):
        """The keys of the first entries of very many by relevance: for them, not all must be put in order."""
        by_relevance = self.chosen.get("sortierung", SortFilter.RELEVANCE) == SortFilter.RELEVANCE
        if not (self.search and self.search.best is not None and by_relevance):
            return []
        return list(self.narrowed(self.search.best).values_list("pk", flat=True))

    def narrowed(self, queryset, leave_out=""):
        """``queryset`` with every parameter applied but the words and the one to ``leave_out``."""
        for name, value in self.form.cleaned_data.items():
            if name not in {"q", leave_out}:
                queryset = self.filters[name].filter(queryset, value)
        return queryset

    @property
    def facets(self):
        """The bound fields of the facets, in order."""
        return [self.form[name] for name, each in self.filters.items() if isinstance(each, FacetFilter)]

    @property
    def unknown(self):
        """The values nobody knows, as (parameter, value) pairs."""
        self.form.is_valid()
        return [
            (name, value) for name, field in self.form.fields.items() for value in getattr(field, "unknown", [])
        ]

    @property
    def chosen(self):
        """The parameters that have an effect, as a dict of lists or texts."""
        self.form.is_valid()
        return {name: value for name, value in self.form.cleaned_data.items() if value}

    @property
    def as_matrix(self):
        """Whether the entries are to be shown as matrix."""
        return self.chosen.get("ansicht") == ViewFilter.MATRIX

    @property
    def has_facets(self):
        """Whether any facet has a chosen value."""
        return any(field.name in self.chosen for field in self.facets)

    @property
    def without_facets(self):
        """The address with the keyword and order, and no facet."""
        return self.address(**{field.name: "" for field in self.facets})

    @property
    def order_options(self):
        """The orders to choose from; the usual one is empty, so that it follows the keyword."""
        usual = SortFilter.RELEVANCE if "q" in self.chosen else SortFilter.BY_NUMBER
        names = dict(self.filters["sortierung"].extra["choices"])
        others = [(value, name) for value, name in names.items() if value not in {usual, SortFilter.RELEVANCE}]
        return [("", names[usual]), *others]

    def address(self, page="", **changes):
        """The address of this page, or another, with this selection and ``changes``; see :meth:`query`."""
        query = self.carrying(self.query(**changes))
        return reverse(page or self.page) + (f"?{query}" if query else "")

    def carrying(self, query):
        """A query string with the shortlist that is carried along."""
        return "&".join(part for part in (query, shortlist.query_of(self.carried)) if part)

    def query(self, **changes):
        """The query string of this selection with ``changes``, always in the same order.

        Unknown and empty values are left out; ``seite`` is only there if it is among the changes.
        """
        values = self.chosen | changes
        names = [*self.filters, "seite"]
        return urlencode({name: values[name] for name in names if values.get(name)}, doseq=True)
