from datetime import UTC, datetime

import pytest

from domain.base import Texts
from domain.events.agenda import ItemAdded, ItemCorrected
from domain.events.minutes import SessionClosed
from domain.events.people import ConnectionLost, ParticipantJoined, ParticipantLeft
from domain.ids import ItemId
from domain.procedure.minutes import Correction, Paragraph, Table, WrittenDocument
from domain.procedure.state import Procedure
from domain.types.vocabulary import InMinutes
from templates.minutes import draft_minutes, final_minutes
from tests.templates import samples
from tests.templates.samples import ADMINISTRATION, ANXO, MARTA, Act

ISLANDS = ADMINISTRATION.but(
    offices=tuple(office.but(time_zone="Atlantic/Canary") for office in ADMINISTRATION.offices)
)

HELD = {
    "conciliation": samples.conciliation,
    "hearing": samples.hearing,
    "life_certificate": samples.life_certificate,
    "victim_appointment": samples.victim_appointment,
}


def draft(act: Act, language: str = "es") -> WrittenDocument:
    return draft_minutes(act.procedure, ADMINISTRATION, act.journal, language)


def paragraph(document: WrittenDocument, id: str) -> Paragraph:
    return next(block for block in document.blocks if isinstance(block, Paragraph) and block.id == id)


def table(document: WrittenDocument, id: str) -> Table:
    return next(block for block in document.blocks if isinstance(block, Table) and block.id == id)


def pairs(table: Table) -> dict[str, str]:
    return {row[0]: row[1] for row in table.rows}


def everything(document: WrittenDocument) -> str:
    return document.model_dump_json()


@pytest.mark.parametrize("name", HELD)
@pytest.mark.parametrize("language", ["es", "en"])
def test_every_kind_of_minutes_is_written_whole_in_both_languages(name: str, language: str) -> None:
    document = draft(HELD[name](), language)
    ids = [block.id for block in document.blocks]
    assert document.language == language
    assert len(ids) == len(set(ids))
    assert {"facts", "outcome", "signatures", "data-protection", "annex", "annex-proofs"} <= set(ids)
    assert not [mark for mark in ("{{", "{%", "Undefined", " .", " ,", "..") if mark in everything(document)]


def test_a_conciliation_tells_who_came_how_they_were_identified_and_from_where() -> None:
    document = draft(samples.conciliation())
    assert document.title == "Acta de conciliación"
    assert document.reference == "Acto de conciliación 31/2026"
    anxo = paragraph(document, "person-1")
    assert "Anxo Ruiz Seoane" in anxo.text
    assert "***4321**" in anxo.text
    assert "exhibición del documento de identidad ante la cámara y código de un solo uso" in anxo.text
    assert "Oficina de Justicia de Vilar, lugar seguro" in anxo.text
    assert "00043210X" not in everything(document)


def test_a_judge_who_only_listened_was_there_and_one_who_never_came_was_not() -> None:
    act = samples.hearing()
    act.events[-1] = (act.events[-1][0], act.events[-1][1].but(actor=samples.CLERK_ACCOUNT))
    assert "Teresa Nieto Gil" in paragraph(draft(act), "absent").text
    end = act.events.pop()
    act.then(ParticipantJoined(participant=MARTA))
    act.events.append(end)
    act.then(ParticipantLeft(participant=MARTA))
    assert "Teresa Nieto Gil" in paragraph(draft(act), "person-2").text


def test_times_and_duration_come_from_the_journal() -> None:
    document = draft(samples.conciliation())
    assert "siendo las 10:24:11, ante Elena Souto Rial" in paragraph(document, "opening").text
    assert "Siendo las 10:55:03" in paragraph(document, "approval-statement").text
    assert ("Inicio, fin y duración", "10:24:11 a 10:55:03 (30 min 52 s)") in table(document, "facts").rows


def test_a_cut_is_told_with_its_times_and_the_new_verification() -> None:
    told = paragraph(draft(samples.conciliation()), "incident-1")
    assert told.text == (
        "A las 10:37:02 se interrumpió la comunicación con Marta Lago Prieto durante 1 min 48 s. "
        "Restablecida, se verificó de nuevo su identidad a las 10:39:30."
    )


def test_a_gap_shorter_than_the_limit_is_counted_and_not_told() -> None:
    document = draft(samples.conciliation())
    assert "un corte de conexión de menos de 30 s" in paragraph(document, "short-gaps").text
    assert "10:25:52" not in everything(document)


def test_an_interruption_names_cause_item_and_resumption() -> None:
    told = paragraph(draft(samples.conciliation()), "incident-2").text
    assert "Causa: pérdida de conexión. Punto en curso: Alegaciones." in told
    assert "Se reanudó a las 10:39:37" in told


def test_who_leaves_and_does_not_come_back_is_an_incident_but_leaving_after_the_end_is_not() -> None:
    act = samples.hearing()
    end = act.events.pop()
    act.then(ParticipantLeft(participant=ANXO))
    act.events.append(end)
    assert "dejó la sala." in paragraph(draft(act), "incident-1").text
    calm = samples.hearing()
    calm.then(ConnectionLost(participant=ANXO))
    assert paragraph(draft(calm), "short-gaps").text == "No hubo incidencias."


def test_points_stand_in_the_order_in_which_they_were_dealt_with() -> None:
    act = Act("conciliation", samples.conciliation().procedure.participants, office="lira", number="1/2026")
    act.hold("i5", {"speaker": "p2", "summary": "Primero."}).hold("i4", {"speaker": "p1", "summary": "Después."})
    told = [block.id for block in draft(act).blocks if block.id in ("item-i4", "item-i5")]
    assert told == ["item-i5", "item-i4"]


def test_the_words_of_an_item_are_the_words_of_its_type_with_the_values_in() -> None:
    document = draft(samples.conciliation())
    settled = paragraph(document, "item-i10").text
    assert "1.200,00 euros" in settled
    assert "15 de enero de 2027" in settled
    assert table(document, "terms-1").rows[0][1:] == ("Marta Lago Prieto", "1.200,00 euros", "15 de enero de 2027")


def test_line_breaks_that_a_person_typed_stay_and_nothing_typed_becomes_layout() -> None:
    assert "patio común.\nNo se las han pagado." in paragraph(draft(samples.conciliation()), "item-i4").text
    act = Act("conciliation", samples.conciliation().procedure.participants, office="lira", number="1/2026")
    act.hold("i4", {"speaker": "p1", "summary": "{{ 7*7 }} {% raw %} # Título | a | b |"})
    assert "{{ 7*7 }} {% raw %} # Título | a | b |" in paragraph(draft(act), "item-i4").text


def test_a_skipped_point_says_why_and_a_correction_is_an_incident() -> None:
    act = samples.conciliation()
    act.then(ItemCorrected(item=ItemId("i4"), values={"speaker": "p1", "summary": "Otra cosa."}, reason="Errata"))
    document = draft(act)
    assert "no se trató. Motivo: Nadie la pidió." in paragraph(document, "item-i8").text
    assert "se corrigió lo anotado en «Alegaciones». Motivo: Errata." in everything(document)


def test_every_paragraph_of_fact_leads_back_to_its_events() -> None:
    act = samples.conciliation()
    journal = {entry.seq: entry.type for entry in act.journal}
    document = draft(act)
    types = {
        id: {journal[seq] for seq in paragraph(document, id).events} for id in ("person-2", "item-i5", "incident-1")
    }
    assert {"participant_checked_in", "identity_confirmed"} <= types["person-2"]
    assert types["item-i5"] == {"item_opened", "item_done", "procedure_interrupted"}
    assert types["incident-1"] == {"connection_lost", "participant_joined", "identity_lapsed", "identity_confirmed"}
    facts = [
        block
        for block in document.blocks
        if isinstance(block, Paragraph) and block.id.startswith(("item-", "incident-"))
    ]
    assert facts
    assert all(block.events for block in facts)


def test_documents_are_listed_with_character_pages_depositor_and_hash() -> None:
    document = draft(samples.conciliation())
    first = table(document, "documents-table").rows[0]
    assert first[1:5] == ("Factura de las obras", "Copia digitalizada", "2", "Anxo Ruiz Seoane")
    whole = samples.document_ref("Factura de las obras").sha256
    assert table(document, "annex-hashes").rows[0][2].replace(" ", "") == whole


def test_the_minutes_say_that_nothing_was_recorded_and_why_they_are_written() -> None:
    written = paragraph(draft(samples.hearing()), "recording-statement").text
    assert written.startswith("El acto no se ha grabado.")
    assert "artículo 146.2" in written
    assert paragraph(draft(samples.life_certificate()), "recording-statement").text.endswith("no se ha grabado.")


def test_a_hearing_without_recording_has_every_content_that_the_law_lists() -> None:
    rows = pairs(table(draft(samples.hearing()), "contents-table"))
    assert list(rows) == [
        "Número y clase de procedimiento",
        "Lugar y fecha",
        "Tiempo de duración",
        "Asistentes",
        "Peticiones y propuestas",
        "Medios de prueba, declaración de su pertinencia y orden",
        "Resoluciones",
        "Circunstancias e incidencias",
    ]
    assert rows["Asistentes"] == "Iria Castro Mosquera; Teresa Nieto Gil; Elena Souto Rial"
    assert rows["Peticiones y propuestas"] == "No se formularon"
    assert all(rows.values())


def test_only_a_court_clerk_attests() -> None:
    assert "doy fe" in paragraph(draft(samples.hearing()), "approval-statement").text
    procedure = samples.hearing().procedure
    judge = procedure.type.procedure.minutes.but(approver="judge")
    other = _with_type(procedure, minutes=judge)
    told = draft_minutes(other, ADMINISTRATION, samples.hearing().journal, "es")
    assert "doy fe" not in paragraph(told, "approval-statement").text


def test_the_annex_promises_no_more_than_the_law_gives() -> None:
    proofs = pairs(table(draft(samples.conciliation()), "annex-proofs"))
    assert "Ni firma ni identifica a nadie" in proofs["Anclaje en cadena de bloques"]
    assert "No es una firma con certificado de la persona" in proofs["Firma sin certificado propio"]
    assert "Firma sin certificado propio" not in everything(draft(samples.hearing()))


def test_a_life_certificate_certifies_only_when_that_was_the_outcome() -> None:
    act = samples.life_certificate()
    assert draft(act).title == "Fe de vida"
    assert "que vive en esa fecha y hora" in paragraph(draft(act), "certified").text
    act.events[-1] = (SessionClosed(outcome="not_certified"), act.events[-1][1])
    assert draft(act).title == "Constancia de comparecencia"
    assert "vive en esa fecha" not in paragraph(draft(act), "certified").text


def test_a_type_with_an_unknown_template_is_served_by_the_general_one() -> None:
    act = samples.conciliation()
    plan = act.procedure.type.procedure.minutes.but(template="made_up_by_an_administration")
    document = draft_minutes(_with_type(act.procedure, minutes=plan), ADMINISTRATION, act.journal, "es")
    assert document.title == "Acta"
    assert paragraph(document, "item-i10")


def test_a_template_name_cannot_lead_out_of_its_folder() -> None:
    act = samples.conciliation()
    plan = act.procedure.type.procedure.minutes.but(template="../restricted_note/general")
    assert draft_minutes(_with_type(act.procedure, minutes=plan), ADMINISTRATION, act.journal, "es").title == "Acta"


@pytest.mark.parametrize(
    "sentence", ["{{ values.nobody.knows }}", "{{ ''.__class__.__mro__ }}", "{{ 1 / 0 }}", "{% if %}"]
)
def test_a_broken_sentence_of_a_type_lists_the_fields_and_stops_nobody(sentence: str) -> None:
    act = samples.conciliation()
    items = act.procedure.type.items
    broken = items["A11"].but(minutes=Texts({"es": sentence, "en": sentence}))
    procedure = act.procedure.but(type=act.procedure.type.but(items={**items, "A11": broken}))
    document = draft_minutes(procedure, ADMINISTRATION, act.journal, "es")
    assert "Reconoce las obras, no el precio" in paragraph(document, "item-i5").text


def test_an_item_that_is_only_mentioned_never_lists_its_fields() -> None:
    act = samples.conciliation()
    items = act.procedure.type.items
    mention = items["A11"].but(in_minutes=InMinutes.MENTION, minutes=None)
    procedure = act.procedure.but(type=act.procedure.type.but(items={**items, "A11": mention}))
    document = draft_minutes(procedure, ADMINISTRATION, act.journal, "es")
    assert paragraph(document, "item-i5").text == "10:26:02. Alegaciones. Se trató este punto."


def test_an_item_outside_the_minutes_leaves_no_trace() -> None:
    act = samples.conciliation()
    items = act.procedure.type.items
    silent = items["A11"].but(in_minutes=InMinutes.NONE)
    procedure = act.procedure.but(type=act.procedure.type.but(items={**items, "A11": silent}))
    assert "obras, no el precio" not in everything(draft_minutes(procedure, ADMINISTRATION, act.journal, "es"))


def test_an_opened_item_that_was_never_finished_says_so() -> None:
    act = samples.hearing()
    end = act.events.pop()
    act.then(ItemAdded(item=ItemId("i90"), code="A32")).hold("i90", {"kind": "technical", "description": "Eco."})
    act.events.append(end)
    assert "Eco." in paragraph(draft(act), "item-i90").text


def test_corrections_are_applied_and_stay_visible_before_the_annex() -> None:
    act = samples.conciliation()
    before = draft(act)
    old = paragraph(before, "opening").text
    at = datetime(2026, 11, 22, 10, 0, 5, tzinfo=UTC)
    made = Correction(block="opening", before=old, after="En Lira.", reason="Errata", by=samples.CLERK_ACCOUNT, at=at)
    final = final_minutes(before, (made,), act.procedure, ADMINISTRATION)
    assert paragraph(final, "opening").text == "En Lira."
    assert table(final, "corrections").rows == (("Elena Souto Rial, 11:00:05", old, "En Lira.", "Errata"),)
    on_the_islands = final_minutes(before, (made,), act.procedure, ISLANDS)
    assert table(on_the_islands, "corrections").rows[0][0] == "Elena Souto Rial, 10:00:05"
    ids = [block.id for block in final.blocks]
    assert ids.index("corrections") == ids.index("annex") - 1
    assert final_minutes(before, (), act.procedure, ADMINISTRATION) == before


def test_minutes_of_an_office_on_the_islands_use_its_time_and_say_so() -> None:
    act = samples.conciliation()
    document = draft_minutes(act.procedure, ISLANDS, act.journal, "es")
    assert "siendo las 09:24:11" in paragraph(document, "opening").text
    assert "Atlantic/Canary" in paragraph(document, "opening").text


def test_the_same_journal_gives_the_same_words() -> None:
    assert draft(samples.conciliation()) == draft(samples.conciliation())


def _with_type(procedure: Procedure, **changes: object) -> Procedure:
    return procedure.but(type=procedure.type.but(procedure=procedure.type.procedure.but(**changes)))
