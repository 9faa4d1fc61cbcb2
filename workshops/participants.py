"""What people may ask of us: their data, an end to being named, and to be forgotten.

A participant's name stands in one field and nowhere else: it is in no search index and no history, logs call the
record by its number, and tables waiting for import are dropped with it. What was printed or exported before is out
of our hands.
"""

import json

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import FieldDoesNotExist
from django.core.serializers.json import DjangoJSONEncoder
from django.core.signing import BadSignature, Signer
from django.db import transaction

from .changes import state_of
from .models import DoneImport, Participant, PendingImport

CONSENT = ["name", "consent_scope", "consent_proof", "consented_on"]  # what ends with a consent
SIGNER = Signer(salt="workshops.participants.mark")


def data_of(participant):
    """Everything kept about a participant, as plain values for JSON."""
    return {
        "number": participant.number,
        "name": participant.name,
        "organization": participant.organization,
        "sector": str(participant.sector) if participant.sector else "",
        "workshops": [workshop.title for workshop in participant.workshops.all()],
        "consent": {
            "given_on": participant.consented_on and participant.consented_on.isoformat(),
            "covers": participant.get_consent_scope_display(),
            "kept": participant.consent_proof,
        },
        "log": [
            {"at": entry.action_time.isoformat(), "by": str(entry.user), "what": entry.get_change_message()}
            for entry in log_of(participant).select_related("user").order_by("action_time")
        ],
    }


def mark(participant):
    """What is kept about a participant, signed for its form: to tell later whether it has changed, and where."""
    present = state_of(Participant.objects.get(pk=participant.pk))
    return SIGNER.sign(json.dumps(present, cls=DjangoJSONEncoder, sort_keys=True))


def marked(mark):
    """The state that a :func:`mark` holds; None if it is none, or from before a field was dropped."""
    try:
        kept = json.loads(SIGNER.unsign(mark))
        return {name: Participant._meta.get_field(name).to_python(kept[name]) for name in kept}
    except (BadSignature, FieldDoesNotExist):
        return None


def log_of(participant):
    """What the desk's log says about a participant."""
    kind = ContentType.objects.get_for_model(Participant)
    return LogEntry.objects.filter(content_type=kind, object_id=str(participant.pk))


@transaction.atomic
def withdraw(participant):
    """End the consent: the name and what is known of the consent go, here and wherever they were noted."""
    forget_traces(participant)  # first: who imports locks what waits for import before the participants, too
    participant.name = participant.consent_scope = participant.consent_proof = ""
    participant.consented_on = None
    participant.save(update_fields=CONSENT)


@transaction.atomic
def erase(participant):
    """Forget everything but that somebody with this number took part: the 72 stay 72."""
    withdraw(participant)
    participant.organization, participant.sector = "", None
    participant.save(update_fields=["organization", "sector"])
    participant.workshops.clear()
    log_of(participant).delete()
    for done in DoneImport.objects.filter(kind="participants"):
        if participant.number in done.numbers:
            done.numbers.remove(participant.number)
            done.save(update_fields=["numbers"])


def forget_traces(participant):
    """Drop the name from the log, which named records differently once, and tables that may hold it."""
    log_of(participant).update(object_repr=str(participant))
    PendingImport.objects.filter(kind="participants").delete()
