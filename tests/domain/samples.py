"""Sample procedures for the rules: invented people, shipped types, state made by folding events and nothing else."""

from datetime import UTC, datetime, timedelta
from functools import cache

from domain.events import Event, apply, begin
from domain.events.agenda import ItemDone, ItemOpened, ItemSkipped
from domain.events.documents import DocumentPageRead, DocumentPresented, DocumentUnderstood, DocumentWritten
from domain.events.identity import IdentityConfirmed, IdentityLapsed, PinSent, StillCaptured
from domain.events.minutes import MinutesApproved, MinutesDrafted, SessionClosed
from domain.events.people import (
    ParticipantAdmitted,
    ParticipantCheckedIn,
    ParticipantJoined,
    RoomOpened,
    SeatTakenOver,
    WarningsAcknowledged,
)
from domain.events.signing import DocumentSigned, SignatureAuthenticated
from domain.events.summons import SummonsIssued
from domain.ids import AdministrationId, ItemId, ParticipantId, Sha256
from domain.journal.chain import Stamp
from domain.procedure.documents import CaseDocument, DocumentRef
from domain.procedure.state import Procedure
from domain.types.procedure_type import MINUTES, ResolvedType
from domain.types.vocabulary import Assurance, DocumentCharacter, IdentityMethod, ItemState, SignatureMethod, Verb
from rehearsal.casting import request
from rehearsal.plausible import plausible_values
from tests.domain.placed import looked_at
from tests.shipped import shipped_administrations, shipped_types

START = datetime(2026, 11, 20, 9, tzinfo=UTC)
APPLICANT, RESPONDENT, CLERK = ParticipantId("p1"), ParticipantId("p2"), ParticipantId("p3")
PIN_CHALLENGE = "pin_sample"


def resolved(type_id: str) -> ResolvedType:
    return shipped_types()[type_id]


def ref(letter: str, pages: int = 2) -> DocumentRef:
    """A document of which only the name is there: 64 times the same digit."""
    digest = Sha256(letter * 64)
    return DocumentRef(key=digest, version_id="1", sha256=digest, size=9, media_type="application/pdf", pages=pages)


def stamp(minutes: int) -> Stamp:
    return Stamp(actor="acc_clerk", role="clerk", at=START + timedelta(minutes=minutes))


def then(procedure: Procedure, *events: Event) -> Procedure:
    """The procedure after `events`, a minute apart."""
    for event in events:
        assert procedure.changed_at is not None
        minute = round((procedure.changed_at - START).total_seconds() / 60) + 1
        procedure = apply(procedure, event, stamp(minute))
    return procedure


@cache
def requested(type_id: str = "conciliation", *besides: str) -> Procedure:
    """`besides`: roles of people who come although nobody has to."""
    administration = shipped_administrations()[AdministrationId("atlantia")]
    accounts = {"clerk": "acc_clerk", "registrar": "acc_registrar", "judge": "acc_judge", "jurist": "acc_jurist"}
    asked = request(
        resolved(type_id),
        administration,
        id=f"prc_{type_id}",
        scheduled_at=START + timedelta(days=1),
        accounts=accounts,
        besides=besides,
    )
    return begin(asked, stamp(0))


@cache
def summoned(type_id: str = "conciliation", *besides: str) -> Procedure:
    procedure = requested(type_id, *besides)
    return then(procedure, SummonsIssued(scheduled_at=procedure.scheduled_at))


@cache
def arrived(type_id: str = "conciliation", *besides: str) -> Procedure:
    """Every citizen sits in the office and has read the warnings."""
    procedure = summoned(type_id, *besides)
    for person in procedure.citizens:
        procedure = then(
            procedure,
            ParticipantCheckedIn(participant=person.id, office=person.office, place="office", device="desk-1"),
            WarningsAcknowledged(participant=person.id, text_version="2026-1"),
        )
        procedure = then(procedure, *looked_at(procedure, person))
    return procedure


@cache
def in_room(type_id: str = "conciliation", *besides: str) -> Procedure:
    """The room is open and everybody is in it; nobody is identified."""
    procedure = arrived(type_id, *besides)
    procedure = then(procedure, RoomOpened(room="r", host=procedure.hosts[0].id))
    procedure = then(procedure, *(ParticipantAdmitted(participant=person.id) for person in procedure.citizens))
    return then(procedure, *(ParticipantJoined(participant=person.id) for person in procedure.present()))


def taken_over() -> Procedure:
    """Everybody was identified; somebody has sat down elsewhere as the applicant since."""
    procedure = in_session()
    return then(
        procedure,
        SeatTakenOver(participant=APPLICANT, place="own_device"),
        IdentityLapsed(participant=APPLICANT, cause="seat_taken_over"),
        ParticipantCheckedIn(participant=APPLICANT, place="own_device", device="own", session="ses_elsewhere"),
    )


def with_still(type_id: str = "conciliation") -> Procedure:
    return then(in_room(type_id), StillCaptured(participant=APPLICANT, still=ref("5")))


def shown_to_camera() -> Procedure:
    """The applicant's document is confirmed: the PIN is what remains."""
    return then(with_still(), _confirmed(APPLICANT, IdentityMethod.ID_DOCUMENT_FRAME))


def with_pin() -> Procedure:
    return then(shown_to_camera(), pin_sent("identity"))


def pin_sent(purpose: str, participant: ParticipantId = APPLICANT) -> PinSent:
    return PinSent(participant=participant, challenge=PIN_CHALLENGE, purpose=purpose, expires_at=START)


@cache
def in_session(type_id: str = "conciliation", *besides: str) -> Procedure:
    """Everybody is in the room and identified."""
    procedure = in_room(type_id, *besides)
    for person in procedure.citizens:
        procedure = then(procedure, *(_confirmed(person.id, m) for m in procedure.type.procedure.identity.methods))
    return procedure


def _confirmed(participant: ParticipantId, method: str) -> IdentityConfirmed:
    return IdentityConfirmed(participant=participant, method=method, assurance=Assurance.SUBSTANTIAL)


def item_of(procedure: Procedure, verb: Verb) -> ItemId:
    return next(item.id for item in procedure.agenda if procedure.type.item(item.code).verb is verb)


@cache
def with_agreement() -> Procedure:
    """The agreement `d1` is written; nobody has seen it."""
    procedure = in_session()
    item = procedure.item(item_of(procedure, Verb.SETTLE))
    values = plausible_values(procedure.type.item(item.code), procedure, item)
    document = CaseDocument(
        id="d1",
        code="agreement",
        title="Acuerdo",
        character=DocumentCharacter.ORIGINAL,
        original=ref("a"),
        current=ref("a"),
    )
    return then(
        procedure,
        ItemOpened(item=item.id),
        ItemDone(item=item.id, values=values),
        DocumentWritten(document=document),
    )


def shown() -> Procedure:
    everybody = (APPLICANT, RESPONDENT)
    return then(with_agreement(), DocumentPresented(document="d1", sha256=Sha256("a" * 64), to=everybody))


def read_whole() -> Procedure:
    return then(shown(), *(_page(page) for page in (1, 2)))


def _page(page: int) -> DocumentPageRead:
    return DocumentPageRead(document="d1", document_sha256=Sha256("a" * 64), participant=APPLICANT, page=page)


def understood() -> Procedure:
    return then(read_whole(), DocumentUnderstood(document="d1", sha256=Sha256("a" * 64), participant=APPLICANT))


def ready_to_sign() -> Procedure:
    return then(understood(), pin_sent("d1"))


def signed(participant: ParticipantId = APPLICANT) -> Procedure:
    return then(ready_to_sign(), *signature("d1", participant))


def signature(document: str, participant: str, mark: str = "a") -> tuple[Event, ...]:
    """Authentication for exactly that document, and the signature."""
    original = Sha256(mark * 64)
    return (
        SignatureAuthenticated(
            document=document,
            document_sha256=original,
            participant=ParticipantId(participant),
            mechanism="pin_to_mobile",
            reference=PIN_CHALLENGE,
        ),
        DocumentSigned(
            document=document,
            original_sha256=original,
            signed_sha256=Sha256("b" * 64),
            signed=ref("b"),
            participant=participant,
            means=SignatureMethod.AUTHENTICATED_ACT,
            level="B-T",
        ),
    )


def signed_with_certificate(document: str, participant: str, mark: str) -> DocumentSigned:
    return DocumentSigned(
        document=document,
        original_sha256=Sha256(mark * 64),
        signed_sha256=Sha256("b" * 64),
        signed=ref("b"),
        participant=participant,
        means=SignatureMethod.OWN_CERTIFICATE,
        level="B-T",
    )


@cache
def agenda_done(type_id: str = "conciliation") -> Procedure:
    """Every planned item is done, or skipped where that is allowed; nothing was written or brought."""
    procedure = in_session(type_id)
    for item, line in zip(procedure.agenda, procedure.type.procedure.agenda.planned, strict=True):
        if line.optional:
            procedure = then(procedure, ItemSkipped(item=item.id, reason="No procede"))
        elif item.state is not ItemState.DONE:
            values = plausible_values(procedure.type.item(item.code), procedure, item)
            procedure = then(procedure, ItemOpened(item=item.id), ItemDone(item=item.id, values=values))
    return procedure


def drafted() -> Procedure:
    outcome = next(iter(resolved("conciliation").procedure.outcomes))
    return then(agenda_done(), SessionClosed(outcome=outcome), MinutesDrafted(draft=ref("d"), csv="ES00"))


def approved() -> Procedure:
    minutes = CaseDocument(
        id="d1",
        code=MINUTES,
        title="Acta",
        character=DocumentCharacter.ORIGINAL,
        original=ref("c"),
        current=ref("c"),
    )
    return then(drafted(), MinutesApproved(document=minutes))
