"""``event.yaml`` as records: the event, its history, workshops, sectors, participants and city labs."""

import datetime

from workshops.dates import parse_partial
from workshops.models import CityLab, Event, LabProject, Milestone, Participant, Sector, Source, Workshop

from .entries import Entry, lines
from .register import EVENT_FILE

EVENT_SLUG = "runder-tisch"


def event_records(content, register):
    """The event and what belongs to it, targets before references."""
    yield from sources(content)
    yield event(content, register)
    yield from milestones(content, register)
    yield from workshops(content, register)
    yield from sectors(content, register)
    yield from participants(content)


def date_values(text, name="date", precision="date_precision"):
    """The two columns of a date of the files, such as ``2021-07``."""
    if not text:
        return {name: None, precision: ""}
    date, known = parse_partial(text)
    return {name: date, precision: str(known)}


def sources(content):
    for key, source in content.quellen.items():
        values = {"url": source.url, "title": source.titel, "publisher": source.herausgeber}
        yield Entry(Source, EVENT_FILE, key, values)


def event(content, register):
    event, statement = content.veranstaltung, content.leerstandsregister.aussage_ausgangstext
    recording = event.aufzeichnung
    outcomes = {outcome.id: outcome for outcome in content.ergebnisse}
    labs = getattr(outcomes.get("stadtlabore"), "zahl", None)
    if labs != len(content.stadtlabore.staedte):
        register.problem(
            EVENT_FILE, "stadtlabore", "zahl", f"{labs} labs are stated, {len(content.stadtlabore.staedte)} listed"
        )
    municipalities = statement.anzahl
    if getattr(outcomes.get("leerstandsregister"), "zahl", None) != municipalities:
        register.problem(
            EVENT_FILE, "leerstandsregister", "zahl", f"differs from the statement ({municipalities})"
        )
    if event.zahlen.workshops != len(content.workshops):
        register.problem(
            EVENT_FILE, "veranstaltung", "zahlen.workshops", f"{len(content.workshops)} workshops are listed"
        )
    values = {
        "slug": EVENT_SLUG,
        "title": event.titel,
        "organizer": event.veranstalter,
        "date": datetime.date.fromisoformat(event.datum),
        "text": event.kurztext,
        "format": event.format,
        "workshop_count": event.zahlen.workshops,
        "participant_count": event.zahlen.teilnehmende,
        "idea_count": event.zahlen.ideen,
        "lab_count": labs,
        "municipality_count": municipalities,
        "documentation": event.dokumentation.name,
        "documentation_announced": event.dokumentation.angekuendigt_fuer,
        "recording_platform": recording.plattform,
        "recording_url": recording.url or "",
        "recording_note": recording.hinweis or "",
        "recording_evidence": str(recording.belegart),
        "documented_ideas_note": content.ideen_belegt.hinweis,
        "labs_note": content.stadtlabore.hinweis,
        "municipalities_note": content.leerstandsregister.kommunen_hinweis,
        "open_questions": lines(content.offene_punkte),
        "content_date": datetime.date.fromisoformat(content.stand),
    }
    return register.entry(Event, "veranstaltung", event, values)


def milestones(content, register):
    for item in content.vorgeschichte:
        values = {
            "event": EVENT_SLUG,
            "slug": item.id,
            "title": item.titel,
            **date_values(item.datum),
            "text": item.kurztext,
            "strands": lines(item.straenge),
            "concept": lines(item.konzept_und_moderation),
            "participants_note": item.teilnehmende_hinweis or "",
            "video": next(iter(register.urls([item.video_quelle], item.id)), None) if item.video_quelle else None,
        }
        yield register.entry(Milestone, item.id, item, values)


def workshops(content, register):
    for item in content.workshops:
        values = {
            "slug": item.id,
            "position": item.reihenfolge,
            "title": item.titel,
            "theme": item.thema,
            "official_title": item.offizieller_titel or "",
            **date_values(item.datum),
            "date_note": item.datum_hinweis or "",
            "text": item.kurztext,
            "groups": lines(item.arbeitsgruppen),
            "example_cities": lines(item.beispielstaedte),
            "example_fields": lines(item.beispielbereiche),
            "keynote": item.fachimpuls or "",
            "organizations": lines(item.beteiligte_organisationen),
            "participant_count": item.teilnehmende,
            "participants_note": item.teilnehmende_hinweis or "",
        }
        yield register.entry(Workshop, item.id, item, values)


def sectors(content, register):
    for position, item in enumerate(content.branchen, 1):
        yield register.entry(Sector, item.id, item, {"slug": item.id, "position": position, "name": item.name})


def participants(content):
    for number in range(1, content.veranstaltung.zahlen.teilnehmende + 1):
        yield Entry(Participant, EVENT_FILE, f"Participant {number}", {"number": number})


def lab_records(content, register):
    """The city labs with their projects; their municipalities come before."""
    for position, lab in enumerate(content.stadtlabore.staedte, 1):
        values = {
            "slug": lab.id,
            "position": position,
            "municipality": lab.id,
            "focus": lab.schwerpunkt,
            "text": lab.kurztext,
            "partners": lines(lab.partner),
            "not_to_confuse": lab.nicht_verwechseln_mit or "",
        }
        yield register.entry(CityLab, lab.id, lab, values)
    for lab in content.stadtlabore.staedte:
        for position, project in enumerate(lab.projekte, 1):
            values = {
                "lab": lab.id,
                "name": project.name,
                "position": position,
                "period": project.zeitraum or "",
                "text": project.text,
            }
            yield register.entry(LabProject, f"{lab.id} {project.name}", project, values)
