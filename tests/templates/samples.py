"""Acts that were held, folded from real events with a real hash chain. Persons are invented."""

import hashlib
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from domain.base import Texts
from domain.events import Event, fold
from domain.events.agenda import ItemAdded, ItemDone, ItemOpened, ItemSkipped
from domain.events.documents import DocumentDeposited, DocumentWritten
from domain.events.identity import IdentityConfirmed, IdentityLapsed
from domain.events.interruptions import ProcedureInterrupted, ProcedureResumed
from domain.events.minutes import SessionClosed
from domain.events.people import (
    AutonomyAttested,
    ConnectionLost,
    ConsentGiven,
    ParticipantAdmitted,
    ParticipantCheckedIn,
    ParticipantJoined,
    RoomOpened,
    WarningsAcknowledged,
)
from domain.events.signing import DocumentSigned
from domain.events.summons import ProcedureRequested, SummonsIssued
from domain.ids import AccountId, AdministrationId, ItemId, OfficeId, ParticipantId, ProcedureId, Sha256
from domain.journal.chain import ChainHead, JournalEntry, Stamp, advance, entry
from domain.procedure.documents import CaseDocument, DocumentRef
from domain.procedure.people import Participant
from domain.procedure.state import Procedure
from domain.types.procedure_type import ResolvedType
from domain.types.territory import Administration, Body, Office, Theme
from domain.types.vocabulary import Assurance, DocumentCharacter, IdentityMethod, InterruptionCause, SignatureMethod
from tests.shipped import shipped_types

SEED = bytes(range(32))
FIRST = datetime(2026, 11, 22, 9, 20, 0, tzinfo=UTC)
"""10:20 in Madrid."""

ANXO, MARTA, ELENA = ParticipantId("p1"), ParticipantId("p2"), ParticipantId("p3")
CLERK_ACCOUNT = AccountId("acc_elena")

ADMINISTRATION = Administration(
    id=AdministrationId("atlantia"),
    names=Texts({"es": "Administración de Justicia de Atlantia", "en": "Justice Administration of Atlantia"}),
    languages=("es", "en"),
    theme=Theme(
        brand="#0b4f6c", on_brand="#ffffff", link="#0b4f6c", focus="#ffbf47", accent="#b3541e", logo="logo.svg"
    ),
    contact=Texts(
        {
            "es": "Ayuda y quejas: en su oficina o en el teléfono 900 000 000.",
            "en": "Help and complaints: at your office or on 900 000 000.",
        }
    ),
    data_protection=Texts(
        {
            "es": "El órgano que celebra el acto es responsable del tratamiento de sus datos.",
            "en": "The body that holds the act is the controller of your data.",
        }
    ),
    offices=(
        Office(id=OfficeId("lira"), name="Oficina de Justicia de Lira", municipality="Lira", kind="municipal"),
        Office(id=OfficeId("vilar"), name="Oficina de Justicia de Vilar", municipality="Vilar", kind="municipal"),
        Office(id=OfficeId("oav"), name="Oficina 14", municipality="Lira", kind="victim_office"),
    ),
    bodies=(
        Body(
            id="lira-peace",
            names=Texts({"es": "Juzgado de Paz de Lira", "en": "Justice of the Peace of Lira"}),
            municipality="Lira",
            seal="seal-lira",
            acts_certificate="acts-lira",
        ),
    ),
    enabled=(),
)

LOGO = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48"><rect width="48" height="48" rx="8" fill="#0b4f6c"/>'
    b'<path d="M12 34 L24 12 L36 34 Z" fill="#ffffff"/></svg>'
)


class Act:
    """Writes the events of one act, a few seconds apart, and gives its state and its journal."""

    def __init__(self, type_id: str, participants: Iterable[Participant], *, office: str, number: str) -> None:
        self.at = FIRST
        self.events: list[tuple[Event, Stamp]] = []
        self._host = CLERK_ACCOUNT
        request = ProcedureRequested(
            id=ProcedureId("prc_018f0000000070008000000000000001"),
            resolved_type=resolved(type_id),
            administration=ADMINISTRATION.id,
            body="lira-peace",
            office=OfficeId(office),
            case_number=number,
            nig="15036 41 2 2026 0000310",
            scheduled_at=FIRST,
            participants=tuple(participants),
        )
        self.then(request, SummonsIssued(scheduled_at=FIRST))

    def then(self, *events: Event, actor: str = CLERK_ACCOUNT, role: str = "clerk", after: float = 7) -> "Act":
        for event in events:
            self.at += timedelta(seconds=after)
            self.events.append((event, Stamp(actor=actor, role=role, at=self.at)))
        return self

    def until(self, clock: str) -> "Act":
        """The next event happens at this time of the day, in UTC."""
        hour, minute, second = map(int, clock.split(":"))
        self.at = self.at.replace(hour=hour, minute=minute, second=second) - timedelta(seconds=7)
        return self

    def hold(self, item: str, values: dict[str, object]) -> "Act":
        """Open an item and finish it with `values`."""
        return self.then(ItemOpened(item=ItemId(item)), ItemDone(item=ItemId(item), values=values))

    def arrive(self, participant: ParticipantId, office: str | None, place: str = "office") -> "Act":
        arrival = ParticipantCheckedIn(
            participant=participant, office=OfficeId(office) if office else None, place=place, device="d1"
        )
        return self.then(arrival, actor=participant, role="citizen")

    def admit(self, participant: ParticipantId) -> "Act":
        return self.then(ParticipantAdmitted(participant=participant), ParticipantJoined(participant=participant))

    def identify(self, participant: ParticipantId, *methods: IdentityMethod, number: str | None = None) -> "Act":
        for method in methods:
            seen = number if method is IdentityMethod.ID_DOCUMENT_FRAME else None
            confirmed = IdentityConfirmed(
                participant=participant, method=method, assurance=Assurance.SUBSTANTIAL, document_number=seen
            )
            self.then(confirmed)
        return self

    @property
    def procedure(self) -> Procedure:
        return fold(self.events)

    @property
    def journal(self) -> list[JournalEntry]:
        head, lines = ChainHead(), []
        for event, stamp in self.events:
            line = entry(
                head,
                procedure=self.events[0][0].id,  # type: ignore[attr-defined]
                seed=SEED,
                stamp=stamp,
                type=event.type,
                content=event.content(),
                subjects=event.subjects(),
                build="test",
            )
            lines.append(line)
            head = advance(head, line)
        return lines


def resolved(type_id: str) -> ResolvedType:
    return shipped_types()[type_id]


def document_ref(words: str, pages: int = 2) -> DocumentRef:
    digest = Sha256(hashlib.sha256(words.encode()).hexdigest())
    return DocumentRef(
        key=f"k/{digest}", version_id="v1", sha256=digest, size=10, media_type="application/pdf", pages=pages
    )


def case_document(
    id: str, code: str, title: str, character: DocumentCharacter, depositor: str | None = None
) -> CaseDocument:
    ref = document_ref(title)
    return CaseDocument(
        id=id,
        code=code,
        title=title,
        character=character,
        original=ref,
        current=ref,
        depositor=ParticipantId(depositor) if depositor else None,
    )


def _parties() -> tuple[Participant, ...]:
    return (
        Participant(id=ANXO, role="applicant", name="Anxo Ruiz Seoane", email="anxo@example.org", mobile="+34600000001",
                    document_number="00043210X"),
        Participant(id=MARTA, role="respondent", name="Marta Lago Prieto", email="marta@example.org",
                    mobile="+34600000002", document_number="00087650T", language="en"),
        Participant(id=ELENA, role="clerk", name="Elena Souto Rial", account=CLERK_ACCOUNT),
    )  # fmt: skip


CLAUSES: list[dict[str, object]] = [
    {"text": "Marta Lago Prieto abonará la cantidad debida por las obras.", "obligor": "p2", "amount": "1200.00",
     "due_on": "2027-01-15"},
    {"text": "Anxo Ruiz Seoane retirará los materiales del patio.", "obligor": "p1", "due_on": "2026-12-20"},
]  # fmt: skip


def conciliation(case_number: str = "31/2026") -> Act:
    """With agreement; the respondent's line was cut for 1 min 48 s and she was identified again."""
    frame, pin = IdentityMethod.ID_DOCUMENT_FRAME, IdentityMethod.PIN_TO_MOBILE
    act = Act("conciliation", _parties(), office="lira", number=case_number)
    act.arrive(ANXO, "vilar").then(AutonomyAttested(participant=ANXO)).arrive(MARTA, "lira")
    for person in (ANXO, MARTA):
        act.then(WarningsAcknowledged(participant=person, text_version="1"), actor=person)
    act.until("09:24:11").then(RoomOpened(room="r1", host=ELENA)).admit(ANXO).admit(MARTA)
    act.identify(ANXO, frame, pin, number="00043210X").identify(MARTA, frame, pin, number="00087650T")
    act.hold("i1", {"presiding": "p3", "publicity": "public"})
    act.hold("i3", {"text_version": "1"})
    act.hold("i4", {"speaker": "p1", "summary": "Hizo unas obras en el patio común.\nNo se las han pagado.",
                    "petition": "El pago de 1.500 euros."})  # fmt: skip
    act.then(ConnectionLost(participant=ANXO), ParticipantJoined(participant=ANXO), after=3)
    act.then(ItemOpened(item=ItemId("i5"))).until("09:37:02").then(ConnectionLost(participant=MARTA))
    act.then(IdentityLapsed(participant=MARTA, cause="connection_lost"), after=30)
    act.then(ProcedureInterrupted(cause=InterruptionCause.CONNECTION_LOST, note="", must_act="respondent",
                                  repeats=(MARTA,), item=ItemId("i5")), after=1)  # fmt: skip
    act.until("09:38:50").then(ParticipantJoined(participant=MARTA)).until("09:39:23").identify(MARTA, pin)
    act.until("09:39:30").identify(MARTA, frame, number="00087650T").then(ProcedureResumed())
    act.then(ItemDone(item=ItemId("i5"), values={"speaker": "p2", "summary": "Reconoce las obras, no el precio."}))
    exhibit = case_document("d1", "exhibit", "Factura de las obras", DocumentCharacter.DIGITISED_COPY, "p1")
    act.then(DocumentDeposited(document=exhibit)).hold("i6", {"document": "d1", "shown_to": "p2"})
    act.then(ItemSkipped(item=ItemId("i8"), reason="Nadie la pidió"))
    act.hold("i10", {"scope": "total", "clauses": CLAUSES})
    agreement = case_document("d2", "agreement", "Acuerdo de conciliación", DocumentCharacter.ORIGINAL)
    agreement = agreement.but(item=ItemId("i10"))
    act.then(DocumentWritten(document=agreement))
    for person in (ANXO, MARTA):
        act.then(_signed(agreement, person), actor=person)
    act.hold("i12", {"approved": True})
    return act.until("09:55:03").then(SessionClosed(outcome="agreement"))


def hearing() -> Act:
    """A witness is heard from a municipal office; the recording that the law orders does not exist."""
    people = (
        Participant(id=ParticipantId("p1"), role="witness", name="Iria Castro Mosquera", document_number="X0043210M"),
        Participant(id=ParticipantId("p2"), role="judge", name="Teresa Nieto Gil", account=AccountId("acc_judge")),
        Participant(id=ELENA, role="clerk", name="Elena Souto Rial", account=CLERK_ACCOUNT),
    )
    act = Act("oral_hearing_witness", people, office="lira", number="114/2025")
    act.arrive(ParticipantId("p1"), "vilar").then(RoomOpened(room="r1", host=ELENA)).admit(ParticipantId("p1"))
    act.identify(ParticipantId("p1"), IdentityMethod.PIN_TO_MOBILE)
    codes = {item.code: item.id for item in act.procedure.agenda}
    act.hold(codes["A01"], {"presiding": "p2", "publicity": "public"})
    act.hold(codes["A13"], {"examined": "p1", "summary": "Vio el choque desde su ventana."})
    return act.then(SessionClosed(outcome="witness_heard"), actor="acc_judge")


def life_certificate() -> Act:
    people = (
        Participant(id=ParticipantId("p1"), role="person", name="Sabela Pena Louro", document_number="00043210X"),
        Participant(id=ParticipantId("p2"), role="registrar", name="Uxía Rei Vila", account=CLERK_ACCOUNT),
    )
    act = Act("life_certificate", people, office="lira", number="7/2026")
    act.arrive(ParticipantId("p1"), "vilar").then(RoomOpened(room="r1", host=ParticipantId("p2")))
    act.admit(ParticipantId("p1"))
    act.then(ConsentGiven(participant=ParticipantId("p1"), scope="audio_video", given=False))
    act.identify(ParticipantId("p1"), IdentityMethod.ID_DOCUMENT_FRAME, number="00043210X")
    codes = {item.code: item.id for item in act.procedure.agenda}
    act.hold(codes["A27"], {"declarant": "p1", "content": "Vive en Vilar y sigue viuda.", "civil_status": "widowed"})
    return act.then(SessionClosed(outcome="certified"))


VICTIM_SECRETS = ("Noa", "Barreiro", "Caamaño", "Caamano", "00087650", "600000009", "noa@example.org", "Vilar")
"""What must never be read in anything written about the appointment: names, numbers, address, whereabouts."""


def victim_appointment() -> Act:
    """Somebody typed the real name into a field, as people do."""
    people = (
        Participant(id=ParticipantId("p1"), role="victim", name="Noa Barreiro Caamaño", document_number="00087650T",
                    mobile="+34600000009", email="noa@example.org", office=OfficeId("vilar")),
        Participant(id=ParticipantId("p2"), role="jurist", name="Carme Otero Sanz", account=CLERK_ACCOUNT),
    )  # fmt: skip
    act = Act("victim_appointment", people, office="oav", number="14/2026")
    act.arrive(ParticipantId("p1"), "vilar").then(RoomOpened(room="r1", host=ParticipantId("p2")))
    act.admit(ParticipantId("p1")).identify(ParticipantId("p1"), IdentityMethod.PIN_TO_MOBILE)
    codes = {item.code: item.id for item in act.procedure.agenda}
    act.then(ItemAdded(item=ItemId("i99"), code="A32"))
    act.hold(codes["A06"], {"person": "p1", "rights": "victim", "understood": True})
    act.hold(
        "i99",
        {"kind": "technical", "description": "NOA BARREIRO (DNI 00.087.650-T) oye mal; la señora Caamano repite."},
    )
    act.then(ConnectionLost(participant=ParticipantId("p1")))
    act.then(ParticipantJoined(participant=ParticipantId("p1")), after=300)
    return act.then(SessionClosed(outcome="information_given"))


def _signed(document: CaseDocument, person: ParticipantId) -> DocumentSigned:
    signed = document_ref(f"{document.title} {person}")
    return DocumentSigned(
        document=document.id,
        original_sha256=document.original.sha256,
        signed_sha256=signed.sha256,
        signed=signed,
        participant=person,
        means=SignatureMethod.AUTHENTICATED_ACT,
        level="B-T",
    )
