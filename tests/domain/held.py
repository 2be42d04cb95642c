"""Sample procedures whose agenda has been held, up to a point or to its end."""

from domain.events.agenda import ItemDone, ItemOpened
from domain.events.documents import DocumentWritten
from domain.procedure.documents import CaseDocument
from domain.procedure.people import Presence
from domain.procedure.state import Procedure
from domain.types.vocabulary import DocumentCharacter, ItemState
from rehearsal.plausible import plausible_values
from tests.domain.samples import (
    APPLICANT,
    CLERK,
    RESPONDENT,
    agenda_done,
    approved,
    in_session,
    ready_to_sign,
    ref,
    signature,
    signed,
    signed_with_certificate,
    then,
)


def with_done(procedure: Procedure, *codes: str, **words: object) -> Procedure:
    """Every item of `codes` is done, filled in with plausible words and `words`."""
    for item in procedure.agenda:
        if item.code in codes and item.state is not ItemState.DONE:
            kind = procedure.type.item(item.code)
            values = plausible_values(kind, procedure, item) | {k: v for k, v in words.items() if kind.field(k)}
            procedure = then(procedure, ItemOpened(item=item.id), ItemDone(item=item.id, values=values))
    return procedure


def under_way() -> Procedure:
    """Opened, everybody identified in the act and warned."""
    return with_done(in_session(), "A01", "A02", "A04")


def not_agreed() -> Procedure:
    """Everything is done, and there is no agreement."""
    return decreed(with_done(agenda_done(), "A24", result="no_agreement"))


def agreed() -> Procedure:
    """Everything is done, and everybody has signed the agreement."""
    procedure = then(signed(), *signature("d1", RESPONDENT))
    return decreed(with_done(procedure, "A01", "A02", "A04", "A11", "A39", "A40"))


def decreed(procedure: Procedure) -> Procedure:
    """The decree that ends a conciliation is written, and signed by whoever gives it."""
    procedure = with_done(procedure, "A39", "A26")
    written = CaseDocument(
        id="d9",
        code="decree",
        title="Decreto",
        character=DocumentCharacter.ORIGINAL,
        original=ref("9"),
        current=ref("9"),
        item=next(item.id for item in procedure.agenda if item.code == "A26"),
    )
    return then(procedure, DocumentWritten(document=written), signed_with_certificate("d9", CLERK, "9"))


def brought() -> Procedure:
    """A paper that the applicant brought; nobody is to sign it."""
    procedure = ready_to_sign()
    return procedure.with_document(procedure.document("d1").but(code="exhibit"))


def signed_by_parties() -> Procedure:
    procedure = then(approved(), *signature("d1", APPLICANT, "c"))
    return then(procedure, *signature("d1", RESPONDENT, "c"))


def absent_party() -> Procedure:
    """The applicant has signed; the respondent never came."""
    procedure = then(approved(), *signature("d1", APPLICANT, "c"))
    absent = procedure.participant(RESPONDENT).but(presence=Presence.EXPECTED, admitted_at=None)
    return procedure.with_participant(absent)
