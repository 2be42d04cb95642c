"""Who may show, read, authenticate for, sign or refuse which document. Law: RDL 6/2023 art. 60.7."""

from domain.commands import (
    DepositDocument,
    PresentDocument,
    ReadPage,
    RecordMissingSignature,
    RefuseSignature,
    SignDocument,
    SignWithCertificate,
    UnderstandDocument,
)
from domain.errors import Refusal
from domain.procedure.documents import CaseDocument
from domain.procedure.people import Participant, Presence
from domain.procedure.state import Procedure
from domain.refusals.access import STAFF_ONLY
from domain.refusals.documents import (
    DOCUMENT_CHANGED,
    DOCUMENT_NOT_EXPECTED,
    DOCUMENT_NOT_READ,
    DOCUMENT_NOT_SHOWN,
    DOCUMENT_NOT_UNDERSTOOD,
    DOCUMENT_RESERVED,
    DOCUMENT_REWRITTEN,
    DOCUMENT_WITHOUT_COPY,
    NO_SUCH_PAGE,
)
from domain.refusals.handwriting import HANDWRITING_WANTED
from domain.refusals.minutes import APPROVER_ONLY
from domain.refusals.people import NOT_ARRIVED, NOT_IN_ROOM
from domain.refusals.pins import PIN_EXHAUSTED, PIN_OTHER_PURPOSE, PIN_UNKNOWN
from domain.refusals.signing import (
    ALREADY_REFUSED,
    ALREADY_SIGNED,
    SIGNATURE_NOT_PLANNED,
    SIGNATURE_OUT_OF_TURN,
    WILL_NOT_EXPLICIT,
)
from domain.refusals.validity import SAID_APART
from domain.rules.common import as_authority, as_host, as_oneself, at_stage, identified, oneself_or_staff, same_person
from domain.rules.places import acts_freely
from domain.rules.validity import separating
from domain.types.vocabulary import DocumentSource, Side, SignatureMethod, Stage

OFFICE_PLACE = "office"
WHILE_DOCUMENTS_MOVE = (Stage.IN_SESSION, Stage.PREPARATION, Stage.APPROVAL, Stage.SIGNING)


def may_deposit_document(procedure: Procedure, command: DepositDocument) -> None:
    person = oneself_or_staff(procedure, command, command.depositor)
    at_stage(procedure, Stage.CHECKED_IN, Stage.IN_SESSION, Stage.PREPARATION)
    if command.author.participant == person.id:
        same_person(person)
    plan = procedure.type.procedure.document(command.code)
    known = [d.code for d in procedure.type.procedure.documents if d.source is DocumentSource.DEPOSITED]
    if plan is None or plan.source is not DocumentSource.DEPOSITED:
        raise Refusal(DOCUMENT_NOT_EXPECTED, document=command.code, known=known)
    if person.presence is Presence.EXPECTED and procedure.stage is not Stage.PREPARATION:
        raise Refusal(NOT_ARRIVED, participant=person.id)
    if command.item is not None:
        procedure.item(command.item)


def may_present_document(procedure: Procedure, command: PresentDocument) -> None:
    as_host(procedure, command)
    at_stage(procedure, *WHILE_DOCUMENTS_MOVE)
    document = procedure.document(command.document)
    if not document.has_copy:
        raise Refusal(DOCUMENT_WITHOUT_COPY)
    for participant in command.to:
        person = procedure.participant(participant)
        if document.readers and person.role not in document.readers:
            raise Refusal(DOCUMENT_RESERVED, participant=participant)
        _not_told_to_those_apart(procedure, document, person)


def _not_told_to_those_apart(procedure: Procedure, document: CaseDocument, reader: Participant) -> None:
    """What somebody said apart is theirs to read and sign. Raises `Refusal('said_apart')`."""
    plan = procedure.type.procedure
    own = any(line.document == document.code and line.each_their_own for line in plan.signatures)
    whose = procedure.person_of(document) if own else None
    for rule in separating(procedure) if whose and whose != reader.id else ():
        if reader.role in rule.roles:
            said = procedure.participant(str(whose)).name
            raise Refusal(SAID_APART, participant=reader.id, said=said, law=rule.legal_basis)


def may_read_page(procedure: Procedure, command: ReadPage) -> None:
    document = _shown(procedure, command, command.document, command.participant, command.sha256)
    if command.page > (document.original.pages or 1):
        raise Refusal(NO_SUCH_PAGE, page=command.page, pages=document.original.pages)


def may_understand_document(procedure: Procedure, command: UnderstandDocument) -> None:
    document = _shown(procedure, command, command.document, command.participant, command.sha256)
    if not document.read_whole(command.participant):
        raise Refusal(DOCUMENT_NOT_READ, missing=missing_pages(document, command.participant))


def may_ask_signature_pin(procedure: Procedure, person: Participant, document_id: str) -> None:
    document = procedure.document(document_id)
    to_sign(procedure, document, person, SignatureMethod.AUTHENTICATED_ACT)


def may_sign_document(procedure: Procedure, command: SignDocument) -> None:
    """Shown, read page by page, understood, authenticated for this document, explicit: all five, in this
    order (RDL 6/2023 art. 60.7)."""
    person = as_oneself(procedure, command, command.participant)
    document = procedure.document(command.document)
    if document.original.sha256 != command.sha256:
        raise Refusal(DOCUMENT_CHANGED)
    to_sign(procedure, document, person, SignatureMethod.AUTHENTICATED_ACT)
    if not command.explicit:
        raise Refusal(WILL_NOT_EXPLICIT)
    challenge = person.challenge
    if challenge is None or challenge.id != command.challenge:
        raise Refusal(PIN_UNKNOWN)
    if challenge.purpose != document.id:
        raise Refusal(PIN_OTHER_PURPOSE)
    if challenge.closed:
        raise Refusal(PIN_EXHAUSTED)


def may_sign_with_certificate(procedure: Procedure, command: SignWithCertificate) -> None:
    person = as_oneself(procedure, command, command.participant)
    if command.author.account is None:
        raise Refusal(STAFF_ONLY)
    document = procedure.document(command.document)
    to_sign(procedure, document, person, SignatureMethod.OWN_CERTIFICATE)


def may_refuse_signature(procedure: Procedure, command: RefuseSignature) -> None:
    person = as_oneself(procedure, command, command.participant)
    at_stage(procedure, *WHILE_DOCUMENTS_MOVE)
    same_person(person)
    document = procedure.document(command.document)
    _planned(procedure, document, person)
    not_signed_yet(document, person.id)
    if person.id in document.refusals:
        raise Refusal(ALREADY_REFUSED, document=document.title)


def may_record_missing_signature(procedure: Procedure, command: RecordMissingSignature) -> None:
    """Law: LEC art. 145.1.2, LOPJ art. 453; of what people do not sign, whoever attests the act says why."""
    author = as_authority(procedure, command)
    at_stage(procedure, *WHILE_DOCUMENTS_MOVE)
    if author.role != procedure.type.procedure.minutes.approver:
        raise Refusal(APPROVER_ONLY, role=procedure.type.procedure.minutes.approver)
    document, person = procedure.document(command.document), procedure.participant(command.participant)
    _planned(procedure, document, person, SignatureMethod.AUTHENTICATED_ACT)
    not_signed_yet(document, person.id)
    if person.id in document.refusals:
        raise Refusal(ALREADY_REFUSED, document=document.title)


def to_sign(procedure: Procedure, document: CaseDocument, person: Participant, method: SignatureMethod) -> None:
    """Everything that must hold before `person` may sign `document` with `method`."""
    at_stage(procedure, *WHILE_DOCUMENTS_MOVE)
    not_signed_yet(document, person.id)
    _planned(procedure, document, person, method)
    identified(procedure, person)
    acts_freely(person)
    if method is SignatureMethod.AUTHENTICATED_ACT:
        if person.presence not in (Presence.ADMITTED, Presence.CONNECTED):
            raise Refusal(NOT_IN_ROOM, participant=person.id)
        if person.id not in document.presented_to:
            raise Refusal(DOCUMENT_NOT_SHOWN)
        if not document.read_whole(person.id):
            raise Refusal(DOCUMENT_NOT_READ, missing=missing_pages(document, person.id))
        reading = document.reading_by(person.id)
        if reading is None or reading.accepted_at is None:
            raise Refusal(DOCUMENT_NOT_UNDERSTOOD)
        if asks_handwriting(procedure, document, person) and document.handwriting_by(person.id) is None:
            raise Refusal(HANDWRITING_WANTED, document=document.title)
    _in_turn(procedure, document, person)


def asks_handwriting(procedure: Procedure, document: CaseDocument, person: Participant) -> bool:
    """Only on the screens of an office. Law: RDL 6/2023 art. 29.3, on devices that protect what is written there."""
    plan = procedure.type.procedure.signature(document.code, person.role)
    return plan is not None and plan.handwriting and person.place == OFFICE_PLACE


def not_signed_yet(document: CaseDocument, signer: str) -> None:
    """One accepted signature per document and signer (I3). Raises `Refusal('already_signed')`."""
    if document.signed_by(signer):
        raise Refusal(ALREADY_SIGNED, document=document.title)


def still_stands(procedure: Procedure, document: CaseDocument) -> None:
    """Raises `Refusal('document_rewritten')`: what was written anew is signed in its new words alone."""
    if procedure.was_rewritten(document):
        raise Refusal(DOCUMENT_REWRITTEN)


def missing_pages(document: CaseDocument, participant: str) -> list[int]:
    """Pages that the person has not had on screen yet."""
    reading = document.reading_by(participant)
    read = set(reading.pages) if reading else set()
    return [page for page in range(1, (document.original.pages or 1) + 1) if page not in read]


def _shown(procedure: Procedure, command: object, document_id: str, participant: str, sha256: str) -> CaseDocument:
    assert isinstance(command, ReadPage | UnderstandDocument)
    person = as_oneself(procedure, command, command.participant)
    at_stage(procedure, *WHILE_DOCUMENTS_MOVE)
    same_person(person)
    _is_there(procedure, person)
    document = procedure.document(document_id)
    if person.id not in document.presented_to:
        raise Refusal(DOCUMENT_NOT_SHOWN)
    if document.original.sha256 != sha256:
        raise Refusal(DOCUMENT_CHANGED)
    return document


def _is_there(procedure: Procedure, person: Participant) -> None:
    """Law: RDL 6/2023 art. 60.7.a; what a citizen reads while nobody sees them cannot be shown later."""
    citizen = procedure.role_of(person).side is not Side.AUTHORITY
    if citizen and person.presence not in (Presence.ADMITTED, Presence.CONNECTED, Presence.IN_PRIVATE):
        raise Refusal(NOT_IN_ROOM, participant=person.id)


def _planned(
    procedure: Procedure, document: CaseDocument, person: Participant, method: SignatureMethod | None = None
) -> None:
    for plan in procedure.type.procedure.signatures:
        wanted = plan.document == document.code and person.role in plan.signers and method in (None, plan.method)
        if wanted and person.id in procedure.signers_of(document):
            return
    raise Refusal(SIGNATURE_NOT_PLANNED, document=document.title)


def _in_turn(procedure: Procedure, document: CaseDocument, person: Participant) -> None:
    """Plan lines are ordered: a later line waits for the earlier ones; people of one line sign in any order."""
    for plan in procedure.type.procedure.signatures:
        if plan.document != document.code:
            continue
        if person.role in plan.signers:
            return
        asked = procedure.asked_to_sign(document)
        for other in procedure.participants:
            settled = document.signed_by(other.id) or other.id in document.refusals
            if other.role in plan.signers and other.id in asked and not settled:
                raise Refusal(SIGNATURE_OUT_OF_TURN, first=other.id)
