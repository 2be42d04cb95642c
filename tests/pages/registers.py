"""A hearing in which registers were asked: one has answered, one is late, and one answered about somebody else."""

from datetime import UTC, datetime

from domain.events.agenda import ItemAdded, ItemFilled, ItemOpened
from domain.events.criminal_records import (
    CriminalRecordAnswered,
    CriminalRecordOverdue,
    CriminalRecordRequested,
    CriminalRecordUnfit,
    CriminalRecordWritten,
)
from domain.events.people import RoomOpened
from domain.ids import AccountId, ItemId, ParticipantId
from domain.procedure.documents import CaseDocument
from domain.procedure.people import Participant
from domain.rules.criminal_records import request_of
from domain.types.vocabulary import DocumentCharacter
from tests.templates.samples import CLERK_ACCOUNT, ELENA, Act, document_ref

POINT = ItemId("i99")
ASKED_AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
VALUES = {
    "person": "p1",
    "purpose": "other_by_law",
    "legal_basis": "LEC art. 377.1.5.º",
    "surnames": "Castro Mosquera",
    "first_names": "Iria",
    "birth_date": "1981-04-09",
    "birth_town": "Braga",
    "birth_country": "PT",
    "nationalities": "FR, PT, DE",
}


def about_to_ask() -> Act:
    """The item is open and kept; nobody has been asked yet."""
    people = (
        Participant(id=ELENA, role="clerk", name="Elena Souto Rial", account=CLERK_ACCOUNT),
        Participant(id=ParticipantId("p1"), role="witness", name="Iria Castro Mosquera", document_number="X0043210M"),
        Participant(id=ParticipantId("p2"), role="judge", name="Teresa Nieto Gil", account=AccountId("acc_judge")),
    )
    act = Act("oral_hearing_witness", people, office="lira", number="114/2025")
    act.arrive(ParticipantId("p1"), "vilar").then(RoomOpened(room="r1", host=ELENA)).admit(ParticipantId("p1"))
    opened = (ItemAdded(item=POINT, code="A47"), ItemOpened(item=POINT))
    return act.then(*opened, ItemFilled(item=POINT, values=dict(VALUES)))


def asking_registers() -> Act:
    act = about_to_ask()
    request = request_of(act.procedure, act.procedure.item(POINT), ASKED_AT)
    es, fr, pt, _ = (one.id for one in request.messages)
    kept, report = document_ref("answer"), document_ref("report")
    document = CaseDocument(
        id="d1",
        code="criminal_record",
        title="Documento de acceso reservado",
        character=DocumentCharacter.ORIGINAL,
        original=report,
        current=report,
        item=POINT,
        readers=("judge", "clerk", "prosecutor"),
    )
    about_another = "record_reply_about_another_person"
    return act.then(
        CriminalRecordRequested(request=request),
        CriminalRecordAnswered(request="cr1", message=es, sha256=kept.sha256, kept=kept),
        CriminalRecordOverdue(request="cr1", message=fr),
        CriminalRecordUnfit(request="cr1", message=pt, trouble=about_another, sha256=kept.sha256),
        CriminalRecordWritten(request="cr1", document=document, answers=1),
    )
