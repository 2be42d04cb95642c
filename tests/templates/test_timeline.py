from functools import partial

import pytest

from templates.timeline import timeline_sentence
from templates.words import Words
from tests.templates import samples

ES, EN = Words("es", "Europe/Madrid"), Words("en", "Europe/Madrid")


def told(words: Words) -> list[str]:
    act = samples.conciliation()
    return [timeline_sentence(entry.type, entry.content, act.procedure, words) for entry in act.journal]


@pytest.mark.parametrize("words", [ES, EN])
def test_every_event_of_an_act_reads_as_a_sentence(words: Words) -> None:
    for sentence in told(words):
        assert sentence
        assert not [mark for mark in ("{", "}", "p1", "p2", "i5", "None", "..") if mark in sentence]


def test_sentences_name_people_points_and_documents() -> None:
    said = told(ES)
    assert "Marta Lago Prieto pierde la conexión" in said
    assert "Se termina: Acuerdo (con avenencia)" in said
    assert "Se interrumpe el acto: pérdida de conexión" in said
    assert "Marta Lago Prieto debe identificarse otra vez: pérdida de conexión" in said
    assert "Anxo Ruiz Seoane firma «Acuerdo de conciliación»" in said
    assert "Termina el acto: Con avenencia" in said


def test_trouble_and_its_end_are_two_sentences() -> None:
    procedure = samples.conciliation().procedure
    assert timeline_sentence("trouble_reported", {"code": None}, procedure, ES) == "Los pasos automáticos siguen"
    assert "wait" in timeline_sentence("trouble_reported", {"code": "smtp"}, procedure, EN)


def test_what_a_rule_refused_is_told_in_words_and_what_a_person_typed_as_it_was_typed() -> None:
    procedure = samples.conciliation().procedure
    sentence = partial(timeline_sentence, procedure=procedure, words=ES)
    raw = {"key": "k", "version_id": "v", "sha256": "0" * 64, "size": 1, "media_type": "application/pdf"}
    assert sentence("document_refused", {"raw": raw, "reason": "file_encrypted"}) == (
        "No se admite un archivo: el archivo tiene contraseña"
    )
    assert sentence("document_refused", {"raw": raw, "reason": "file_too_large"}).endswith("es demasiado grande")
    assert sentence("trouble_reported", {"code": "mail_refused"}).endswith("ha rechazado el aviso")
    assert sentence("procedure_cancelled", {"reason": "file_encrypted"}).endswith("file_encrypted")


def test_the_seal_is_told_as_the_seal() -> None:
    content = {"document": "d2", "participant": "body"}
    procedure = samples.conciliation().procedure
    assert timeline_sentence("document_signed", content, procedure, EN).startswith("Electronic seal of the body signs")


def test_why_an_act_was_called_off_is_never_a_code() -> None:
    procedure = samples.conciliation().procedure
    told = timeline_sentence("procedure_cancelled", {"reason": "applicant_absent"}, procedure, ES)
    assert told == "Se anula el procedimiento: no vino quien había pedido el acto"
