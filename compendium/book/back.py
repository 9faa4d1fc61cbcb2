"""What became of the round table: city labs, and its history and outcomes."""

from dataclasses import asdict

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from ideas.citation import german_date
from ideas.exports import printed
from workshops import germany
from workshops.dates import format_partial
from workshops.models import CityLab, Evidence, Milestone
from workshops.querysets import cited, lab_for_page, lean_partners, outcomes, sources_of

from . import blocks


def labs(ideas, event):
    """The city labs, each with the entries that have an example there."""
    found = lab_for_page().order_by(*CityLab._meta.ordering)
    lead = event.labs_note if event else ""
    return blocks.chapter(
        _("City labs"), *(lab_section(lab, ideas) for lab in found), lead=lead, key="stadtlabore"
    )


def lab_section(lab, ideas):
    """One city lab: where it lies, what is known of it, its projects, and the entries with an example there."""
    place = lab.municipality
    there = [
        idea for idea in ideas if any(place in example.municipalities.all() for example in idea.examples.all())
    ]
    projects = [
        block
        for project in lab.projects.all()
        for block in (
            blocks.heading(project.name),
            blocks.small(project.period or _("period not documented")),
            blocks.text(project.text),
            blocks.caveat(project),
            blocks.sources(project.sources.all()),
        )
    ]
    return blocks.section(
        place.name,
        blocks.text(lab.text),
        blocks.caveat(lab),
        blocks.facts(
            (_("Focus"), lab.focus),
            (_("Federal state"), place.state),
            (_("Inhabitants"), inhabitants(place)),
            (_("Partners"), blocks.known(lab.partners)),
            (_("Not to be confused with"), lab.not_to_confuse),
        ),
        blocks.sources(lab.sources.all()),
        *projects,
        blocks.heading(_("Entries with an example from %(city)s") % {"city": place.name}) if there else None,
        blocks.entries(there),
        picture=locator(place),
    )


def locator(place):
    """A small map; nothing without coordinates."""
    label = _("Where %(place)s lies in Germany") % {"place": place.name}
    drawn = germany.locator(place, label)
    return asdict(printed.painted(drawn)) | {"alt": label} if drawn else None


def inhabitants(place):
    """The number of inhabitants with its date and what has to be said about it."""
    if place.population is None:
        return _("not known")
    day = format_partial(place.population_date, place.population_precision) if place.population_date else ""
    as_of = _("as of %(day)s") % {"day": day} if day else _("date not known")
    remarks = "; ".join(part for part in (place.population_note, as_of) if part)
    return f"{number_format(place.population, force_grouping=True)} ({remarks})"


def results(event):
    """The event, its history and its outcomes."""
    return blocks.chapter(
        _("The round table and its outcomes"),
        event_section(event) if event else None,
        *(milestone_section(each) for each in cited(Milestone.objects.select_related("video"))),
        *(outcome_section(each) for each in outcomes()),
        partners_section(event),
        key="ergebnisse",
    )


def event_section(event):
    """The event itself."""
    documentation = event.documentation
    if event.documentation_announced:
        documentation += ", " + _("announced for") + " " + event.documentation_announced
    return blocks.section(
        _("The event"),
        blocks.text(event.text),
        blocks.caveat(event),
        blocks.facts(
            (_("When"), german_date(event.date)),
            (_("Organizer"), event.organizer),
            (_("Format"), event.format),
            (_("Documentation"), documentation),
            (_("Recording"), recording(event)),
        ),
        blocks.sources(event.sources.all()),
    )


def recording(event):
    """Where the event was recorded, as far as it is known."""
    if not (event.recording_platform or event.recording_url or event.recording_note):
        return ""
    caveat = str(Evidence(event.recording_evidence).caveat)
    parts = [event.recording_platform, event.recording_url or _("address not known"), caveat and f"({caveat})"]
    return "\n".join([", ".join(part for part in parts if part), event.recording_note])


def milestone_section(milestone):
    """A step on the way to the event."""
    date = format_partial(milestone.date, milestone.date_precision) if milestone.date else _("date not known")
    return blocks.section(
        milestone.title,
        blocks.small(date),
        blocks.text(milestone.text),
        blocks.caveat(milestone),
        blocks.facts(
            (_("Strands"), milestone.strands),
            (_("Concept and moderation"), milestone.concept),
            (_("Participants"), milestone.participants_note),
        ),
        blocks.sources([*milestone.sources.all(), *([milestone.video] if milestone.video else [])]),
    )


def outcome_section(outcome):
    """One outcome with what else is known about it."""
    date = format_partial(outcome.date, outcome.date_precision) if outcome.date else ""
    if date and outcome.date_has_caveat:
        date = f"{date} ({Evidence(outcome.date_evidence).caveat})"
    details = [
        block
        for detail in outcome.details.all()
        for block in (
            blocks.heading(detail.title),
            blocks.text(detail.text),
            blocks.facts(*((label or "–", value) for label, value in detail.fact_pairs())),
            blocks.caveat(detail),
            blocks.sources(detail.sources.all()),
        )
    ]
    return blocks.section(
        outcome.title,
        blocks.small(date),
        blocks.text(outcome.text),
        blocks.caveat(outcome),
        blocks.facts((_("Organization:").rstrip(":"), outcome.organization)),
        blocks.notice(outcome.note),
        blocks.sources(outcome.sources.all()),
        *details,
    )


def partners_section(event):
    """The municipalities that sources name as partners of the project behind the vacancy register."""
    partners = list(lean_partners())
    if not partners:
        return None
    header = [_("Municipality"), _("Federal state"), _("Size class")]
    words = _(
        "Sources name these municipalities as partners of the project. Whether they are the ones that joined "
        "for the announced register is not documented."
    )
    rows = [[partner.name, partner.state, "; ".join(remarks(partner))] for partner in partners]
    return blocks.section(
        _("Named partners of the project LeAn"),
        blocks.text(words),
        blocks.table(header, rows),
        blocks.small(event.municipalities_note if event else ""),
        blocks.sources(sources_of(partners, "lean_sources")),
    )


def remarks(partner):
    """The size class of a partner with what has to be said about it."""
    size = f"{partner.size_label or '–'}{f' ({partner.size_note})' if partner.size_note else ''}"
    return [part for part in (size, partner.note, partner.lean_note) if part]
