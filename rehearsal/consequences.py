"""What each act of scripted people comes to in a rehearsal: the events that a workflow would write."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, Protocol

from domain.commands import (
    AcknowledgeWarnings,
    AdmitParticipant,
    ApproveMinutes,
    BeginIdentification,
    CheckIn,
    CloseSession,
    Command,
    CompleteIdentification,
    DeclineHandwriting,
    DepositDocument,
    DismissParticipant,
    FillItem,
    GiveConsent,
    OpenItem,
    OpenRoom,
    PresentDocument,
    ReadPage,
    SendPin,
    SignDocument,
    SignWithCertificate,
    SkipItem,
    UnderstandDocument,
)
from domain.events import Event
from domain.events.agenda import ItemDone, ItemOpened, ItemSkipped
from domain.events.documents import (
    DocumentDeposited,
    DocumentPageRead,
    DocumentPresented,
    DocumentUnderstood,
    DocumentWritten,
)
from domain.events.handwriting import HandwritingDeclined
from domain.events.identity import IdentificationBegun, IdentityConfirmed, PinSent
from domain.events.minutes import MinutesApproved, SessionClosed
from domain.events.people import (
    ConsentGiven,
    ParticipantAdmitted,
    ParticipantCheckedIn,
    ParticipantDismissed,
    RoomOpened,
    WarningsAcknowledged,
)
from domain.events.signing import DocumentSigned, SignatureAuthenticated
from domain.ids import ItemId
from domain.procedure.documents import CaseDocument, DocumentRef
from domain.procedure.state import Procedure
from domain.types.document_plan import WrittenWhen
from domain.types.item_values import checked_values
from domain.types.procedure_type import MINUTES
from domain.types.vocabulary import DocumentCharacter, SignatureMethod

Came = tuple[tuple[Event, ...], dict[str, Any]]
"""Events, and the detail of the receipt."""


class Desk(Protocol):
    """Where documents come from in a rehearsal."""

    def written(self, name: str) -> DocumentRef: ...


Consequence = Callable[[Procedure, Any, Desk], Came]


def _check_in(_: Procedure, command: CheckIn, __: Desk) -> Came:
    said = command.model_dump(include={"participant", "office", "office_names", "place", "device"})
    return (ParticipantCheckedIn(**said, session=command.author.session),), {}


def _acknowledge(_: Procedure, command: AcknowledgeWarnings, __: Desk) -> Came:
    return (WarningsAcknowledged(participant=command.participant, text_version=command.text_version),), {}


def _consent(_: Procedure, command: GiveConsent, __: Desk) -> Came:
    return (ConsentGiven(participant=command.participant, scope=command.scope, given=command.given),), {}


def _open_room(procedure: Procedure, command: OpenRoom, __: Desk) -> Came:
    assert command.author.participant is not None
    return (RoomOpened(room=procedure.id, host=command.author.participant),), {}


def _admit_or_dismiss(_: Procedure, command: AdmitParticipant | DismissParticipant, __: Desk) -> Came:
    if isinstance(command, DismissParticipant):
        return (ParticipantDismissed(participant=command.participant, reason=command.reason),), {}
    return (ParticipantAdmitted(participant=command.participant),), {}


def _begin_identification(procedure: Procedure, command: BeginIdentification, desk: Desk) -> Came:
    declared = procedure.type.mechanism(command.mechanism)
    reference = f"idn_{command.id}"
    begun = IdentificationBegun(
        participant=command.participant,
        mechanism=command.mechanism,
        reference=reference,
        still=desk.written("still") if declared.still else None,
        consented=declared.consent,
    )
    return (begun,), {"reference": reference}


def _complete_identification(procedure: Procedure, command: CompleteIdentification, __: Desk) -> Came:
    declared = procedure.type.mechanism(command.mechanism)
    confirmed = IdentityConfirmed(
        participant=command.participant,
        method=command.mechanism,
        assurance=declared.assurance,
        document_number=procedure.participant(command.participant).document_number,
        evidence=procedure.participant(command.participant).identity.still if declared.still else None,
        reference=command.reference,
    )
    return (confirmed,), {}


def _open_item(procedure: Procedure, command: OpenItem, desk: Desk) -> Came:
    return (ItemOpened(item=command.item), *_papers(procedure, command.item, WrittenWhen.OPENED, desk)), {}


def _fill_item(procedure: Procedure, command: FillItem, desk: Desk) -> Came:
    kind = procedure.type.item(procedure.item(command.item).code)
    values = checked_values(kind, command.values, complete=True)
    done = ItemDone(item=command.item, values=values)
    return (done, *_papers(procedure, command.item, WrittenWhen.DONE, desk)), {}


def _skip_item(_: Procedure, command: SkipItem, __: Desk) -> Came:
    return (ItemSkipped(item=command.item, reason=command.reason),), {}


def _papers(procedure: Procedure, item: ItemId, when: WrittenWhen, desk: Desk) -> tuple[DocumentWritten, ...]:
    """What is written of the item then."""
    plans = procedure.type.procedure.written(when, procedure.item(item).code)
    return tuple(
        DocumentWritten(
            document=_paper(
                procedure, number, desk.written(plan.code), item=item, code=plan.code,
                title=plan.titles.in_language(procedure.language), character=plan.character,
            )
        )
        for number, plan in enumerate(plans, start=1)
    )  # fmt: skip


def _paper(procedure: Procedure, number: int, ref: DocumentRef, **words: Any) -> CaseDocument:
    return CaseDocument(id=f"d{len(procedure.documents) + number}", original=ref, current=ref, **words)


def _deposit(procedure: Procedure, command: DepositDocument, desk: Desk) -> Came:
    plan = procedure.type.procedure.document(command.code)
    document = _paper(
        procedure, 1, desk.written(command.code), code=command.code, title=command.title, item=command.item,
        depositor=command.depositor, character=plan.character if plan else DocumentCharacter.DIGITISED_COPY,
    )  # fmt: skip
    return (DocumentDeposited(document=document),), {"document": document.id}


def _present(procedure: Procedure, command: PresentDocument, __: Desk) -> Came:
    sha256 = procedure.document(command.document).original.sha256
    return (DocumentPresented(document=command.document, sha256=sha256, to=command.to),), {}


def _read_page(_: Procedure, command: ReadPage, __: Desk) -> Came:
    bound = command.model_dump(include={"document", "participant", "page"})
    return (DocumentPageRead(**bound, document_sha256=command.sha256),), {}


def _understand(_: Procedure, command: UnderstandDocument, __: Desk) -> Came:
    return (DocumentUnderstood(**command.model_dump(include={"document", "sha256", "participant"})),), {}


def _decline(_: Procedure, command: DeclineHandwriting, __: Desk) -> Came:
    bound = command.model_dump(include={"document", "participant"})
    return (HandwritingDeclined(**bound, document_sha256=command.sha256),), {}


def _send_pin(procedure: Procedure, command: SendPin, __: Desk) -> Came:
    challenge = f"pin_{command.id}"
    assert procedure.changed_at is not None
    sent = PinSent(
        participant=command.participant,
        challenge=challenge,
        purpose=command.purpose,
        expires_at=procedure.changed_at + timedelta(minutes=5),
    )
    return (sent,), {"challenge": challenge}


def _sign(procedure: Procedure, command: SignDocument, desk: Desk) -> Came:
    authenticated = SignatureAuthenticated(
        document=command.document,
        document_sha256=command.sha256,
        participant=command.participant,
        mechanism="pin_to_mobile",
        reference=command.challenge,
    )
    return (authenticated, _signed(procedure, command, SignatureMethod.AUTHENTICATED_ACT, desk)), {}


def _sign_with_certificate(procedure: Procedure, command: SignWithCertificate, desk: Desk) -> Came:
    return (_signed(procedure, command, SignatureMethod.OWN_CERTIFICATE, desk),), {}


def _signed(
    procedure: Procedure, command: SignDocument | SignWithCertificate, means: SignatureMethod, desk: Desk
) -> DocumentSigned:
    document, signed = procedure.document(command.document), desk.written(f"signed {command.document}")
    return DocumentSigned(
        document=document.id,
        original_sha256=document.original.sha256,
        signed_sha256=signed.sha256,
        signed=signed,
        participant=command.participant,
        means=means,
        level="B-LT",
    )


def _close(_: Procedure, command: CloseSession, __: Desk) -> Came:
    return (SessionClosed(outcome=command.outcome, despite=command.despite),), {}


def _approve(procedure: Procedure, _: ApproveMinutes, desk: Desk) -> Came:
    document = _paper(
        procedure, 1, desk.written(MINUTES), code=MINUTES, title=MINUTES, character=DocumentCharacter.ORIGINAL
    )
    return (MinutesApproved(document=document),), {}


CONSEQUENCES: dict[type[Command], Consequence] = {
    CheckIn: _check_in,
    AcknowledgeWarnings: _acknowledge,
    GiveConsent: _consent,
    OpenRoom: _open_room,
    AdmitParticipant: _admit_or_dismiss,
    DismissParticipant: _admit_or_dismiss,
    BeginIdentification: _begin_identification,
    CompleteIdentification: _complete_identification,
    OpenItem: _open_item,
    FillItem: _fill_item,
    SkipItem: _skip_item,
    DepositDocument: _deposit,
    PresentDocument: _present,
    ReadPage: _read_page,
    UnderstandDocument: _understand,
    DeclineHandwriting: _decline,
    SendPin: _send_pin,
    SignDocument: _sign,
    SignWithCertificate: _sign_with_certificate,
    CloseSession: _close,
    ApproveMinutes: _approve,
}
"""By the command of `rehearsal/acting.py`."""
