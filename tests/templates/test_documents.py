from datetime import UTC, datetime

import pytest

from domain.procedure.documents import BroughtFile, CopyLosses, LargePage, Remark
from domain.procedure.minutes import Heading, Paragraph, Table, WrittenDocument
from domain.types.vocabulary import MalwareScan
from templates.documents import write_document, write_receipt
from templates.texts import text
from tests.domain.held_types import ended
from tests.templates import samples
from tests.templates.samples import ADMINISTRATION, Act

AT = datetime(2026, 11, 22, 9, 45, 0, tzinfo=UTC)


def written(act: Act, code: str, item: str, language: str = "es", **plan: object) -> WrittenDocument:
    procedure = act.procedure
    known = procedure.type.procedure.document(code)
    assert known is not None
    return write_document(known.but(**plan), procedure, ADMINISTRATION, procedure.item(item), AT, language)


def texts(document: WrittenDocument) -> str:
    return "\n".join(block.text for block in document.blocks if isinstance(block, Paragraph))


def table(document: WrittenDocument, id: str) -> Table:
    return next(block for block in document.blocks if isinstance(block, Table) and block.id == id)


def test_an_agreement_has_its_clauses_in_a_table_and_names_who_signs() -> None:
    document = written(samples.conciliation(), "agreement", "i10")
    assert document.title == "Acuerdo de conciliación"
    assert [row[1] for row in table(document, "field-clauses").rows] == ["Marta Lago Prieto", "Anxo Ruiz Seoane"]
    assert table(document, "field-clauses").rows[0][2] == "1.200,00 euros"
    assert "Anxo Ruiz Seoane. Solicitante. Documento de identidad 00043210X." in texts(document)
    assert "Puede negarse a firmarlo." in texts(document)
    assert "Elena Souto" not in document.model_dump_json()


@pytest.mark.parametrize(
    ("type_id", "code", "ruling", "title"),
    [
        ("conciliation", "decree", "decree", "Decreto que pone fin al acto"),
        ("conciliation", "decree", "court_order", "Auto que pone fin al acto"),
        ("voluntary_jurisdiction_hearing", "ruling", "court_order", "Auto que resuelve el expediente"),
        ("voluntary_jurisdiction_hearing", "ruling", "decree", "Decreto que resuelve el expediente"),
    ],
)
def test_a_ruling_is_called_what_it_is(type_id: str, code: str, ruling: str, title: str) -> None:
    held = ended(type_id, A26=True)
    item = next(one for one in held.agenda if one.code == "A26")
    item = item.but(values={"ruling": ruling, "operative_part": "Se acuerda."})
    plan = held.type.procedure.document(code)
    assert plan is not None
    document = write_document(plan, held.with_item(item), ADMINISTRATION, item, AT, "es")
    assert document.title == title


@pytest.mark.parametrize(
    ("ruling", "language", "told", "left_out"),
    [
        (
            "court_order",
            "es",
            "recurso de apelación, que se interpone ante la Audiencia Provincial",
            "revisión",
        ),
        ("decree", "es", "recurso de revisión ante la jueza o el juez competente, en cinco días", "apelación"),
        ("court_order", "en", "appealed against before the Provincial Court within twenty days", "reviewed"),
    ],
)
def test_what_decides_a_case_has_its_facts_its_grounds_and_its_remedy(
    ruling: str, language: str, told: str, left_out: str
) -> None:
    held = ended("voluntary_jurisdiction_hearing", A26=True)
    item = next(one for one in held.agenda if one.code == "A26")
    said = {
        "ruling": ruling,
        "grounds": "Concurren los requisitos.\nNadie se opone.",
        "operative_part": "Se acuerda.",
    }
    item = item.but(values=said)
    plan = held.type.procedure.document("ruling")
    assert plan is not None
    document = write_document(plan, held.with_item(item), ADMINISTRATION, item, AT, language)
    headings = [block.id for block in document.blocks if isinstance(block, Heading)]
    assert headings[:4] == ["facts-found", "law", "operative-part", "remedies"]
    assert "2. Concurren los requisitos.\n3. Nadie se opone." in texts(document)
    assert told in texts(document) and left_out not in texts(document)
    numbered = [line for line in texts(document).splitlines() if line[:2] in ("1.", "2.", "3.")]
    assert len(numbered) >= 5


def test_a_procedural_ruling_says_what_it_orders_and_no_more() -> None:
    held = ended("voluntary_jurisdiction_hearing", A26=True)
    item = next(one for one in held.agenda if one.code == "A26")
    item = item.but(values={"ruling": "procedural", "operative_part": "Únase el informe."})
    plan = held.type.procedure.document("ruling")
    assert plan is not None
    document = write_document(plan, held.with_item(item), ADMINISTRATION, item, AT, "es")
    assert next(block.id for block in document.blocks if isinstance(block, Heading)) == "operative-part"
    assert "reposición" in texts(document)


def test_a_ruling_of_an_earlier_type_is_called_by_its_kind() -> None:
    held = ended("conciliation", A26=True)
    item = next(one for one in held.agenda if one.code == "A26")
    item = item.but(values={"ruling": "decree", "operative_part": "Se acuerda."})
    plan = held.type.procedure.document("decree")
    assert plan is not None
    earlier = plan.but(titles_when={})
    assert write_document(earlier, held.with_item(item), ADMINISTRATION, item, AT, "es").title == "Decreto"


def test_a_statement_is_about_the_witness_alone() -> None:
    act = samples.hearing()
    item = next(one.id for one in act.procedure.agenda if one.code == "A13")
    document = written(act, "statement", item)
    assert "Vio el choque desde su ventana." in texts(document)
    assert [block.id for block in document.blocks if block.id.startswith("person-")] == ["person-1"]


def test_a_declaration_says_what_was_declared_in_the_language_of_the_record() -> None:
    act = samples.life_certificate()
    item = next(one.id for one in act.procedure.agenda if one.code == "A27")
    document = written(act, "declaration", item, "en")
    assert "The following person declares" in texts(document)
    assert "Vive en Vilar y sigue viuda." in texts(document)


def test_an_attendance_slip_says_who_and_when_and_never_about_what() -> None:
    act = samples.hearing()
    item = next(one.id for one in act.procedure.agenda if one.code == "A13")
    slip = written(act, "attendance_slip", item)
    assert "Iria Castro Mosquera ha asistido a un acto por videoconferencia" in texts(slip)
    assert "desde las 10:20:28 hasta las 10:45:00" in texts(slip)
    assert slip.reference == "N.º 114/2025"
    assert [word for word in ("choque", "estigo", "Vista") if word in slip.model_dump_json()] == []


def test_a_document_with_a_template_of_its_own_name_is_served_by_the_general_one() -> None:
    document = written(samples.conciliation(), "agreement", "i10", template="whatever_comes")
    assert table(document, "field-clauses").rows
    assert "queda escrito lo siguiente" in texts(document)


@pytest.mark.parametrize(("language", "character"), [("es", "Copia digitalizada"), ("en", "Scanned copy")])
def test_a_receipt_has_hash_pages_time_and_depositor(language: str, character: str) -> None:
    procedure = samples.conciliation().procedure
    deposited = procedure.documents[0]
    receipt = write_receipt(deposited, procedure, ADMINISTRATION, AT, language)
    cells = [row[1] for row in table(receipt, "facts").rows]
    assert {"Factura de las obras", character, "2", "Anxo Ruiz Seoane"} <= set(cells)
    assert deposited.original.sha256 in [cell.replace(" ", "") for cell in cells]
    assert any("10:45:00" in cell for cell in cells)


@pytest.mark.parametrize(("language", "not_checked"), [("es", "no se ha comprobado"), ("en", "not checked")])
def test_a_receipt_says_what_can_be_compared_at_home(language: str, not_checked: str) -> None:
    procedure = samples.conciliation().procedure
    deposited = procedure.documents[0]
    files = [deposited.original.but(sha256="ab" * 32, size=1234), deposited.original.but(sha256="cd" * 32, size=99)]
    brought = (BroughtFile(content=files[0], signatures=2), BroughtFile(content=files[1], scan=MalwareScan.NO_ANSWER))
    receipt = write_receipt(deposited.but(brought=brought), procedure, ADMINISTRATION, AT, language)
    first, second = ([row[1] for row in table(receipt, f"brought-{number}").rows] for number in (1, 2))
    assert [cell.replace(" ", "") for cell in first] == ["PDF", "1234", "ab" * 32, "2"]
    assert [cell.replace(" ", "") for cell in second[:3]] == ["PDF", "99", "cd" * 32]
    assert second[3:] == [text("vocabulary.malware_scan.no_answer", language)]
    assert not_checked in texts(receipt)


@pytest.mark.parametrize(
    ("language", "kept", "more"), [("es", "escala 1:1", "Y otras 8"), ("en", "scale 1:1", "And 8 more")]
)
def test_a_receipt_tells_what_the_copy_does_not_show(language: str, kept: str, more: str) -> None:
    procedure = samples.conciliation().procedure
    deposited = procedure.documents[0]
    losses = CopyLosses(
        remarks=(Remark(page=3, words="Falta <b>{{ 1 }}</b>"), Remark(page=4)), remark_count=10,
        large_pages=(LargePage(page=1, width_mm=841, height_mm=1189, dpi=152),), large_page_count=1,
    )  # fmt: skip
    brought = (BroughtFile(content=deposited.original), BroughtFile(content=deposited.original, losses=losses))
    receipt = write_receipt(deposited.but(brought=brought), procedure, ADMINISTRATION, AT, language)
    assert table(receipt, "remarks-2").rows == (
        ("3", "Falta <b>{{ 1 }}</b>"), ("4", text("documents.receipt.drawing", language)),
    )  # fmt: skip
    assert table(receipt, "large-2").rows == (("1", "841 × 1189 mm", "152"),)
    assert kept in texts(receipt) and more in texts(receipt) and "10" in texts(receipt)


@pytest.mark.parametrize("language", ["es", "en"])
@pytest.mark.parametrize("template", ["agreement", "statement", "declaration", "consent", "attendance_slip", "general"])
def test_every_template_writes_every_item_in_both_languages(template: str, language: str) -> None:
    for act in (samples.conciliation(), samples.hearing(), samples.life_certificate(), samples.victim_appointment()):
        plan = act.procedure.type.procedure.documents[0].but(template=template)
        for item in (*act.procedure.agenda, None):
            document = write_document(plan, act.procedure, ADMINISTRATION, item, AT, language)
            assert document.title
            assert not [
                mark
                for mark in ("{{", "{%", "None", "Undefined")
                if mark in document.model_dump_json(exclude_none=True)
            ]
