"""Table: who may ask registers for a criminal record, from which item, about whom, and for what."""

from collections.abc import Callable
from functools import partial
from typing import Any

from domain.commands import AskCriminalRecord, PresentDocument
from domain.events.agenda import ItemAdded, ItemFilled, ItemOpened, ItemSuspended
from domain.events.criminal_records import CriminalRecordRequested, CriminalRecordWritten
from domain.events.interruptions import ProcedureInterrupted
from domain.ids import ItemId
from domain.procedure.documents import CaseDocument
from domain.procedure.state import Procedure
from domain.rules import criminal_records, signing
from domain.rules.criminal_records import request_of
from domain.types.vocabulary import DocumentCharacter, InterruptionCause
from tests.domain.cases import AS_APPLICANT, AS_CLERK, AS_STRANGER, PERMITTED, Case, asking
from tests.domain.samples import START, in_session, then
from tests.templates.samples import document_ref

ASK, SHOW = criminal_records.may_ask_criminal_record, signing.may_present_document
POINT = ItemId("i99")
ABOUT: dict[str, Any] = {
    "person": "p3",
    "purpose": "other_by_law",
    "legal_basis": "LEC art. 377.1.5.º",
    "surnames": "Bouzas Otero",
    "first_names": "Lucía",
    "birth_date": "1981-04-09",
    "birth_town": "Braga",
    "birth_country": "PT",
    "nationalities": "ES, PT",
}
AS_JUDGE = AS_CLERK.but(participant="p1")
AS_WITNESS = AS_APPLICANT.but(participant="p3")


def noted(**about: str | None) -> Procedure:
    values = {name: value for name, value in {**ABOUT, **about}.items() if value is not None}
    opened = (ItemAdded(item=POINT, code="A47"), ItemOpened(item=POINT))
    return then(in_session("oral_hearing_witness"), *opened, ItemFilled(item=POINT, values=values))


def asked() -> Procedure:
    procedure = noted()
    return then(procedure, CriminalRecordRequested(request=request_of(procedure, procedure.item(POINT), START)))


def reported() -> Procedure:
    kept = document_ref("record")
    document = CaseDocument(
        id="d1",
        code="criminal_record",
        title="Documento de acceso reservado",
        character=DocumentCharacter.ORIGINAL,
        original=kept,
        current=kept,
        item=POINT,
        readers=("judge", "clerk", "prosecutor"),
    )
    return then(asked(), CriminalRecordWritten(request="cr1", document=document, answers=1))


def left_for_later() -> Procedure:
    return then(noted(), ItemSuspended(item=POINT, reason="Se sigue con la testigo."))


def in_recess() -> Procedure:
    return then(noted(), ProcedureInterrupted(cause=InterruptionCause.RECESS, note="", must_act="judge"))


def about(**changes: str | None) -> Callable[[], Procedure]:
    return partial(noted, **changes)


BY_JUDGE = asking(AskCriminalRecord, AS_JUDGE, item=POINT)

REGISTERS = [
    Case("the judge asks", noted, ASK, BY_JUDGE, PERMITTED),
    Case(
        "the clerk asks", noted, ASK, asking(AskCriminalRecord, AS_JUDGE.but(participant="p2"), item=POINT), PERMITTED
    ),
    Case("the witness asks", noted, ASK, asking(AskCriminalRecord, AS_WITNESS, item=POINT), "host_only"),
    Case(
        "somebody of no procedure",
        noted,
        ASK,
        asking(AskCriminalRecord, AS_STRANGER, item=POINT),
        "unknown_participant",
    ),
    Case("from another item", noted, ASK, asking(AskCriminalRecord, AS_JUDGE, item="i1"), "record_not_asked_here"),
    Case("from an item left for later", left_for_later, ASK, BY_JUDGE, "item_not_open"),
    Case("in a recess", in_recess, ASK, BY_JUDGE, "interrupted"),
    Case("twice", asked, ASK, BY_JUDGE, "record_already_asked"),
    Case("for no purpose", about(purpose=None), ASK, BY_JUDGE, "record_data_missing"),
    Case("by no law", about(legal_basis=None), ASK, BY_JUDGE, "record_data_missing"),
    Case("about nobody", about(person=None), ASK, BY_JUDGE, "record_data_missing"),
    Case("a country by its name", about(nationalities="Portugal"), ASK, BY_JUDGE, "record_country_unknown"),
    Case("no nationality", about(nationalities=","), ASK, BY_JUDGE, "record_country_unknown"),
    Case("born nowhere", about(birth_country="P1"), ASK, BY_JUDGE, "record_country_unknown"),
    Case("not born yet", about(birth_date="2099-01-01"), ASK, BY_JUDGE, "record_birth_in_future"),
    Case(
        "of no Member State, for what only national law names",
        about(nationalities="MA"),
        ASK,
        BY_JUDGE,
        "record_purpose_not_for_central",
    ),
    Case(
        "of no Member State, in criminal proceedings",
        about(nationalities="MA", purpose="criminal_proceedings"),
        ASK,
        BY_JUDGE,
        PERMITTED,
    ),
    Case(
        "shown to the witness",
        reported,
        SHOW,
        asking(PresentDocument, AS_JUDGE, document="d1", to=("p3",)),
        "document_reserved",
    ),
    Case("shown to the clerk", reported, SHOW, asking(PresentDocument, AS_JUDGE, document="d1", to=("p2",)), PERMITTED),
]
