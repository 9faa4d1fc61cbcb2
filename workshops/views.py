"""Where the ideas come from and what became of them: workshops, city labs, outcomes."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from . import querysets
from .models import Event, Milestone, Participant, Sector, SizeClass, Workshop

# The outcome that the partners of LeAn are shown beside
VACANCY_REGISTER = "leerstandsregister"


@require_safe
def workshops(request):
    """The workshops with the number of entries sorted under each."""
    context = {
        "section": "workshops",
        "event": querysets.cited(Event.objects.all()).first(),
        "workshops": querysets.workshops(),
    }
    return render(request, "workshops/workshop_list.html", context)


@require_safe
def workshop(request, slug):
    """One workshop: what is known of it, and the entries sorted under its field."""
    found = get_object_or_404(querysets.cited(Workshop.objects.all()), slug=slug)
    context = {
        "section": "workshops",
        "workshop": found,
        "workshops": querysets.workshops(),
        "ideas": found.ideas.published().for_street(),
        "documented_count": found.ideas.published().filter(documented_as__isnull=False).count(),
    }
    return render(request, "workshops/workshop_detail.html", context)


@require_safe
def labs(request):
    """The city labs."""
    context = {
        "section": "labs",
        "event": querysets.cited(Event.objects.all()).first(),
        "labs": querysets.labs(),
    }
    return render(request, "workshops/lab_list.html", context)


@require_safe
def lab(request, slug):
    """One city lab with its projects and the entries that have an example there."""
    found = get_object_or_404(querysets.lab_for_page(), slug=slug)
    context = {
        "section": "labs",
        "lab": found,
        "place": found.municipality,
        "projects": found.projects.all(),
        "ideas": querysets.ideas_of_lab(found).for_street(),
    }
    return render(request, "workshops/lab_detail.html", context)


@require_safe
def outcomes(request):
    """The event itself, its history, what became of it, and the partners of the project behind the register."""
    found = list(querysets.outcomes())
    sectors = list(querysets.cited(Sector.objects.all()))
    partners = list(querysets.lean_partners())
    context = {
        "section": "workshops",
        "event": querysets.cited(Event.objects.all()).first(),
        "milestones": querysets.cited(Milestone.objects.select_related("video")),
        "sectors": sectors,
        "sector_sources": querysets.sources_of(sectors),
        "sectors_agree": querysets.same_sources(sectors),
        "named": Participant.objects.named(),
        "outcomes": found,
        "register": next((outcome for outcome in found if outcome.slug == VACANCY_REGISTER), None),
        "partners": partners,
        "partner_sources": querysets.sources_of(partners, "lean_sources"),
        "size_classes": SizeClass.objects.all(),
    }
    return render(request, "workshops/outcomes.html", context)
