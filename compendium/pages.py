"""What the editable pages show beside the text of the editors: counts, meanings, open questions, operator data."""

from django.db.models import Count, Prefetch
from django.utils.translation import gettext_lazy as _

from ideas.models import CitySize, DocumentedIdea, Idea
from ideas.vocabularies import Cost, Effort, Horizon, Maturity, Origin, Phase
from workshops.german import sort_key
from workshops.models import Event, SizeClass
from workshops.querysets import cited, sources_of

from .models import OperatorData, Page

# Which operator data each page shows; all are asked for in the admin and named where they are missing.
OPERATOR_FIELDS = {
    Page.Slug.IMPRINT: ("name", "address", "representative", "email", "phone", "responsible"),
    Page.Slug.PRIVACY: ("name", "address", "email", "privacy_contact", "supervisory_authority", "hosting"),
    Page.Slug.ACCESSIBILITY: ("accessibility_contact", "enforcement_body"),
}


def beside(slug):
    """The template of the page ``slug`` and the context it needs besides the page itself."""
    if slug == Page.Slug.ABOUT:
        return "pages/about.html", about()
    if slug in OPERATOR_FIELDS:
        return "pages/operator.html", {"operator_first": slug == Page.Slug.IMPRINT, **operator(slug)}
    return "pages/page.html", {"plain": slug == Page.Slug.PLAIN_LANGUAGE}


def about():
    """The event, the entries counted by origin, what the values mean, the ideas named in public sources."""
    counted = origins()
    documented = sorted(documented_ideas(), key=lambda documented: sort_key(documented.title))
    return {
        "section": "about",
        "event": cited(Event.objects.all()).first(),
        "origins": counted,
        "entry_count": sum(number for _origin, number in counted),
        "scales": [
            (_("Effort"), list(Effort)),
            (_("Cost"), list(Cost)),
            (_("Time to effect"), list(Horizon)),
            (_("Maturity"), list(Maturity)),
        ],
        "phases": list(Phase),
        "city_sizes": CitySize.objects.all(),
        "size_classes": SizeClass.objects.all(),
        "documented": documented,
        "documented_sources": sources_of(documented),
    }


def origins():
    """Each origin with the number of published entries, as (origin, number)."""
    counted = Idea.objects.published().order_by().values_list("origin").annotate(Count("pk"))
    numbers = dict(counted)
    return [(origin, numbers.get(origin, 0)) for origin in Origin]


def documented_ideas():
    """The ideas that public sources name, each with the published entry that takes it up."""
    published = Prefetch("idea", queryset=Idea.objects.published().select_related("workshop"))
    return cited(DocumentedIdea.objects.select_related("workshop")).prefetch_related(published)


def operator(slug):
    """What of the operator's data the page shows: the filled fields with their values, the names of the others."""
    data = OperatorData.current()
    fields = [(data._meta.get_field(name), getattr(data, name)) for name in OPERATOR_FIELDS[slug]]
    return {
        "filled": [(field, value) for field, value in fields if value],
        "missing": [field.verbose_name for field, value in fields if not value],
    }
