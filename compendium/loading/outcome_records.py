"""``event.yaml`` as records: what became of the round table."""

from django.utils import translation

from workshops.dates import format_partial, parse_partial
from workshops.models import Outcome, OutcomeDetail

from .entries import lines
from .event_records import date_values
from .register import EVENT_FILE


def outcome_records(content, register):
    """The outcomes and what else is known about three of them."""
    yield from outcomes(content, register)
    yield from register_details(content, register)
    yield from study_details(content, register)
    yield from guide_details(content, register)


def in_words(text):
    """A date of the files in German words, for facts that are kept as text."""
    with translation.override("de"):
        return format_partial(*parse_partial(text))


def grouped(number):
    """A number with German thousands separators."""
    return f"{number:,}".replace(",", ".")


def outcomes(content, register):
    for position, item in enumerate(content.ergebnisse, 1):
        values = {
            "slug": item.id,
            "position": position,
            "title": item.titel,
            "text": item.text,
            "organization": item.organisation or "",
            "note": item.hinweis or "",
            **date_values(item.datum),
            "date_evidence": str(item.datum_belegart),
        }
        yield register.entry(Outcome, item.id, item, values)


def register_details(content, register):
    """What was announced, the project LeAn, the survey about it, and the caveat between the two."""
    announced = content.leerstandsregister.aussage_ausgangstext
    values = about(content, register, "leerstandsregister", 1)
    values |= {
        "slug": "angekuendigtes-register",
        "title": content.leerstandsregister.titel,
        "text": announced.text,
    }
    yield register.entry(OutcomeDetail, "aussage_ausgangstext", announced, values)

    project, caveat = content.leerstandsregister.folgeprojekt, content.leerstandsregister.zuordnung_hinweis
    survey = project.befragung
    values = about(content, register, "leerstandsregister", 2)
    values |= {"slug": "lean", "title": project.name, "text": project.kurztext}
    values["facts"] = lines(
        [
            f"Federführung: {project.federfuehrung}",
            f"Förderung: {project.foerderung}",
            f"Volumen: {grouped(project.volumen_euro)} Euro",
            f"Laufzeit: {in_words(project.laufzeit.beginn)} bis {in_words(project.laufzeit.ende)}",
            f"Auftakt: {in_words(project.kickoff)}",
            f"Ausrollung: {project.ausrollung}",
            f"Projektpartner: mindestens {project.projektpartner_mindestens}",
            f"Richtwert: {project.richtwert}",
        ]
    )
    yield register.entry(OutcomeDetail, "folgeprojekt", project, values)

    values = about(content, register, "leerstandsregister", 3)
    values |= {"slug": "befragung-leerstandserfassung", "title": "Befragung zur Leerstandserfassung"}
    values["facts"] = lines(
        [
            f"Kommunen ohne systematische Erfassung: {survey.ohne_systematische_erfassung_prozent} Prozent",
            f"Kommunen, denen das Thema wichtig ist: {survey.thema_wichtig_prozent} Prozent",
        ]
    )
    yield register.entry(OutcomeDetail, "befragung", survey, values)

    values = about(content, register, "leerstandsregister", 4)
    values |= {"slug": "register-und-lean", "title": "Ist LeAn das angekündigte Register?", "text": caveat.text}
    yield register.entry(OutcomeDetail, "zuordnung_hinweis", caveat, values)


def study_details(content, register):
    """The studies that are probably meant by an outcome."""
    for outcome in content.ergebnisse:
        if study := outcome.wahrscheinlich:
            values = about(content, register, outcome.id, 1)
            values |= {"slug": f"{outcome.id}-wahrscheinlich", "title": f"Wahrscheinlich gemeint: „{study.titel}“"}
            values["facts"] = lines(
                [
                    f"Auftrag: {study.auftraggeber}",
                    f"Durchführung: {study.durchfuehrung}",
                    f"Erschienen: {study.erschienen}",
                    f"Beispielkommunen: {study.beispielkommunen}",
                    f"Interviews: mindestens {grouped(study.interviews_mindestens)}",
                ]
            )
            yield register.entry(OutcomeDetail, outcome.id, study, values)


def guide_details(content, register):
    """The guide on the workshop results, and how it relates to the announced compendium."""
    guide, caveat = content.leitfaden, content.leitfaden.verhaeltnis_zum_wissenskompendium
    values = about(content, register, "leitfaden", 1)
    values |= {"slug": "handelsstandorte-beleben", "title": guide.titel, "text": guide.kurztext}
    values["facts"] = lines(
        [
            f"Herausgeber: {guide.herausgeber}",
            f"Erschienen: {guide.erschienen}",
            *([f"Zum Erscheinen: {guide.erschienen_hinweis}"] if guide.erschienen_hinweis else []),
            *(f"Phase {phase.nr}, {phase.name}: {phase.beschreibung}" for phase in guide.phasen),
            f"Bewertet nach: {', '.join(guide.bewertung)}",
        ]
    )
    yield register.entry(OutcomeDetail, "leitfaden", guide, values)

    values = about(content, register, "leitfaden", 2)
    values |= {"slug": "leitfaden-und-kompendium", "title": "Ist der Leitfaden das Wissenskompendium?"}
    values |= {"text": caveat.text}
    yield register.entry(OutcomeDetail, "verhaeltnis_zum_wissenskompendium", caveat, values)


def about(content, register, outcome, position):
    """The values all details share: the outcome they belong to, and no text or facts yet."""
    if outcome not in {entry.id for entry in content.ergebnisse}:
        message = "this outcome is missing, but another section tells more about it"
        register.problem(EVENT_FILE, "ergebnisse", outcome, message)
    return {"outcome": outcome, "position": position, "text": "", "facts": ""}
