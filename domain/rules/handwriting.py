"""Who may sign by hand on the screen as well, and who does without. Law: RDL 6/2023 art. 29.3, GDPR art. 9."""

from domain.commands import DeclineHandwriting, HandwriteSignature
from domain.errors import Refusal
from domain.procedure.documents import CaseDocument
from domain.procedure.people import Participant
from domain.procedure.state import Procedure
from domain.refusals.documents import DOCUMENT_CHANGED, DOCUMENT_NOT_SHOWN, DOCUMENT_NOT_UNDERSTOOD
from domain.refusals.handwriting import HANDWRITING_DONE, HANDWRITING_NOT_HERE, HANDWRITING_NOT_PLANNED
from domain.rules.common import as_oneself, at_stage, identified
from domain.rules.places import acts_freely
from domain.rules.signing import OFFICE_PLACE, WHILE_DOCUMENTS_MOVE, asks_handwriting, not_signed_yet


def may_handwrite_signature(procedure: Procedure, command: HandwriteSignature) -> None:
    document, person = _asked(procedure, command)
    done = document.handwriting_by(person.id)
    if done is not None and done.content is not None:
        raise Refusal(HANDWRITING_DONE, document=document.title)


def may_decline_handwriting(procedure: Procedure, command: DeclineHandwriting) -> None:
    document, person = _asked(procedure, command)
    if document.handwriting_by(person.id) is not None:
        raise Refusal(HANDWRITING_DONE, document=document.title)


def _asked(procedure: Procedure, command: HandwriteSignature | DeclineHandwriting) -> tuple[CaseDocument, Participant]:
    """The document was shown, read whole and understood by somebody identified, who is asked to sign it by hand."""
    person = as_oneself(procedure, command, command.participant)
    at_stage(procedure, *WHILE_DOCUMENTS_MOVE)
    document = procedure.document(command.document)
    if document.original.sha256 != command.sha256:
        raise Refusal(DOCUMENT_CHANGED)
    if not asks_handwriting(procedure, document, person):
        plan = procedure.type.procedure.signature(document.code, person.role)
        if plan is not None and plan.handwriting and person.place != OFFICE_PLACE:
            raise Refusal(HANDWRITING_NOT_HERE)
        raise Refusal(HANDWRITING_NOT_PLANNED, document=document.title)
    not_signed_yet(document, person.id)
    identified(procedure, person)
    acts_freely(person)
    if person.id not in document.presented_to:
        raise Refusal(DOCUMENT_NOT_SHOWN)
    reading = document.reading_by(person.id)
    if reading is None or reading.accepted_at is None:
        raise Refusal(DOCUMENT_NOT_UNDERSTOOD)
    return document, person
