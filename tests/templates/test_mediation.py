"""What is written of a mediation: who came and about what, what binds, and never what was said."""

import pytest

from domain.events.minutes import SessionClosed
from domain.events.people import RoomOpened
from domain.ids import ParticipantId
from domain.procedure.minutes import Paragraph, WrittenDocument
from domain.procedure.people import Participant
from domain.types.item_type import FieldKind
from domain.types.vocabulary import IdentityMethod, ItemState
from templates.documents import write_document
from templates.minutes import draft_minutes
from tests.templates.samples import ADMINISTRATION, ANXO, CLERK_ACCOUNT, MARTA, Act

MEDIATOR = ParticipantId("p3")
CLAUSE = "Marta paga la reparación de la bajante."


def mediation(outcome: str = "agreement") -> Act:
    people = (
        Participant(id=ANXO, role="applicant", name="Anxo Ruiz Seoane", document_number="00004321H"),
        Participant(id=MARTA, role="respondent", name="Marta Lago Prieto", document_number="00008765C"),
        Participant(id=MEDIATOR, role="mediator", name="Elena Souto Rial", account=CLERK_ACCOUNT),
    )
    act = Act("mediation", people, office="lira", number="9/2026")
    act.arrive(ANXO, "vilar").arrive(MARTA, "lira").then(RoomOpened(room="r1", host=MEDIATOR))
    for person in (ANXO, MARTA):
        act.admit(person).identify(person, IdentityMethod.PIN_TO_MOBILE)
    codes = {item.code: item.id for item in act.procedure.agenda}
    act.hold(
        codes["A42"],
        {
            "mediator": MEDIATOR,
            "qualification": "Psicóloga, registro 12",
            "impartiality": "nothing_known",
            "subject": "Humedades en una cocina",
            "programme": "Dos reuniones.",
            "longest": "un mes",
            "fees": "sin coste",
            "place": "videoconferencia",
            "language": "castellano",
            "acceptance": "accepted" if outcome == "agreement" else "not_accepted",
        },
    )
    if outcome == "agreement":
        act.hold(codes["A43"], {"manner": "separate"})
        parties = [{"party": ANXO, "address": "Rúa Nova 1, Vilar"}, {"party": MARTA, "address": "Rúa Nova 3, Vilar"}]
        clauses = [{"text": CLAUSE, "obligor": MARTA, "amount": "300.00"}]
        act.hold(codes["A44"], {"scope": "total", "parties": parties, "mediator": MEDIATOR, "clauses": clauses})
    return act.then(SessionClosed(outcome=outcome))


def texts(document: WrittenDocument) -> str:
    return "\n".join(block.text for block in document.blocks if isinstance(block, Paragraph))


def minutes(act: Act, language: str = "es") -> WrittenDocument:
    return draft_minutes(act.procedure, ADMINISTRATION, act.journal, language)


def document(act: Act, code: str, item: str, language: str = "es") -> WrittenDocument:
    procedure = act.procedure
    plan = procedure.type.procedure.document(code)
    point = next(one for one in procedure.agenda if one.code == item)
    assert plan is not None
    return write_document(plan, procedure, ADMINISTRATION, point, act.at, language)


@pytest.mark.parametrize("language", ["es", "en"])
def test_the_minutes_tell_that_they_agreed_and_not_what(language: str) -> None:
    written = minutes(mediation(), language).model_dump_json()
    assert "Humedades en una cocina" in written and "Marta Lago Prieto" in written
    assert "bajante" not in written and "300" not in written


def test_the_minutes_say_that_it_is_confidential_and_was_not_recorded() -> None:
    drafted = minutes(mediation())
    assert drafted.title == "Acta de la sesión de mediación"
    assert "No recoge lo que las partes dijeron ni propusieron." in texts(drafted)
    assert "La sesión no se ha grabado." in texts(drafted)
    assert "intentado sin efecto" not in texts(drafted)
    assert "intentado sin efecto" in texts(minutes(mediation("attempted")))


@pytest.mark.parametrize("language", ["es", "en"])
def test_the_agreement_says_who_mediated_where_the_parties_live_and_that_it_binds(language: str) -> None:
    written = document(mediation(), "agreement", "A44", language).model_dump_json()
    for said in (CLAUSE, "Elena Souto Rial", "Rúa Nova 3, Vilar", "5/2012"):
        assert said in written


def test_the_record_of_the_opening_session_has_what_the_law_orders() -> None:
    written = document(mediation(), "constitutive_record", "A42").model_dump_json()
    for said in (
        "Psicóloga, registro 12",
        "Dos reuniones.",
        "un mes",
        "sin coste",
        "castellano",
        "Aceptan la mediación",
    ):
        assert said in written


@pytest.mark.parametrize("language", ["es", "en"])
def test_the_certificate_tells_who_and_about_what_and_nothing_that_was_said(language: str) -> None:
    """Law: LO 1/2025 arts. 9 and 10.3."""
    act = mediation()
    record = next(item for item in act.procedure.agenda if item.code == "A45")
    fields = act.procedure.type.item("A45").fields
    lines = {field.name: f"<{field.name}>" for field in fields if field.kind is FieldKind.LINE}
    said = lines | {"mediator": MEDIATOR, "ending": "irreconcilable", "good_faith": True, "papers_returned": True}
    assert {field.name for field in fields} == set(said), "every field is filled in"
    plan = act.procedure.type.procedure.document("certificate")
    assert plan is not None
    item = record.but(values=said, state=ItemState.DONE)
    document = write_document(plan, act.procedure.with_item(item), ADMINISTRATION, item, act.at, language)
    written = document.model_dump_json()
    assert "<subject>" in written and "<meetings>" in written and "Elena Souto Rial" in written
    assert "Anxo Ruiz Seoane" in written and "Marta Lago Prieto" in written
    for field in fields:
        if field.name not in plan.only:
            assert field.titles.in_language(language) not in written
    for secret in (CLAUSE, "300,00", "300.00", "irreconcil", "reconciled", "Dos reuniones"):
        assert secret not in written
