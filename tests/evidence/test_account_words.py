"""Reports speak as people do: by names, of what is missing too, and without a table that holds nothing."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from evidence.findings import Verdict
from evidence.paper_html import render_html
from evidence.paper_making import lay_out
from evidence.parts import Reference, ReferenceReason
from evidence.report import render_text
from evidence.texts import LANGUAGES
from evidence.verifier import verify_bytes
from tests.evidence.forge import insider
from tests.evidence.forged.forgery import told
from tests.evidence.forged.identifications import read_by_zone
from tests.evidence.held import Script, Told, hold
from tests.evidence.sample import Sample
from tests.evidence.test_account import reported
from tests.evidence.test_lone import CLERK, Minutes


def test_what_is_not_in_the_bundle_is_told(held: Sample) -> None:
    paper = "ab" * 32

    def withheld(event: Told) -> Told:
        if event.type != "item_done":
            return event
        return Told("document_withheld", "acc_laj", event.at, (paper,), {"sha256s": [paper]})

    parts = hold(Script(held.pki, lie=withheld))
    parts = replace(parts, references=[*parts.references, Reference(paper, ReferenceReason.WITHHELD)])
    parts = replace(parts, openings=[one for one in parts.openings if one.seq != 6])
    report = verify_bytes(insider(held, parts), held.trust)
    said = render_text(report, "es").partition("Qué no está en este archivo")[2].partition("Requisitos")[0]
    assert "Se reserva un documento del que el registro habla entonces (huella abababababababab…)." in said
    assert "Actuaciones cuyos datos se reservan: 1." in said
    assert "porque está la posterior: 2." in said
    assert "What is not in this bundle" in render_html(lay_out(report, "en"))
    assert "No falta nada" not in said


def test_findings_call_people_and_papers_by_their_names(held: Sample) -> None:
    report = reported(held, lie=told("document_page_read", "par_1", gone=True))
    said = render_text(report, "es").partition("Qué no coincide")[2].partition("El acto")[0]
    assert "signatures/act-d2-par_1.json" in said
    report = reported(held, lie=told("identity_confirmed", "par_2", gone=True))
    said = render_text(report, "es").partition("Qué no coincide")[2].partition("El acto")[0]
    assert "Marta Lago Prieto [par_2] firmó sin haber sido identificado" in said
    assert "actuación " in said and "(log/events.jsonl#" in said
    assert "Acta (documents/" in render_text(verify_bytes(held.bundle, held.trust), "en")


def test_an_act_is_called_by_the_number_that_people_know(held: Sample) -> None:
    assert "del procedimiento 33010/2026 está completa" in render_text(verify_bytes(held.bundle, held.trust), "es")


def test_the_answer_for_staff_does_not_seem_to_contradict_that_for_the_others(held: Sample) -> None:
    report = verify_bytes(held.bundle, held.trust)
    for language in LANGUAGES:
        lines = [line for line in render_text(report, language).splitlines() if "art. 60.1." in line]
        titles = [line.partition(":")[0] for line in lines]
        assert len(set(titles)) == len(titles)


def test_minutes_that_carry_no_record_name_nobody_in_words(held: Sample) -> None:
    report = verify_bytes(Minutes(held.pki, records=0, named=(CLERK,)).pdf(), held.trust)
    assert report.account is not None and report.account.people == ()
    for language, words in (("es", "El documento no lleva evidencias"), ("en", "The document carries no record")):
        assert words in render_text(report, language)
        assert words in render_html(lay_out(report, language))


def advised(band: str) -> Callable[[Told], Told | list[Told] | None]:
    """The first citizen is identified by both sides of their document, and a program says what it made of them."""
    confirmed = read_by_zone("photograph", "zone")
    told_of = {"participant": "par_1", "mechanism": "id_document_read", "reference": "idn_par_1"}

    def lie(event: Told) -> Told | list[Told] | None:
        found = confirmed(event)
        if not isinstance(found, list):
            return found
        said = Told("identification_advised", "system", event.at, (), {**told_of, "advice": {"band": band}})
        return [*found[:-1], said, found[-1]]

    return lie


@pytest.mark.parametrize(
    ("band", "es", "en"),
    [
        ("unreadable", "no pudo leerlo", "could make nothing of it"),
        ("look_closely", "aconsejó mirar con atención", "advised to look closely"),
        ("\x1b[2J", "este informe no conoce", "this report does not know"),
        ("as_summoned", "", ""),
    ],
)
def test_what_a_program_advised_against_is_told(band: str, es: str, en: str, held: Sample) -> None:
    """Identified all the same: that is for a judge to weigh, and no fault of the bundle."""
    report = verify_bytes(insider(held, hold(Script(held.pki, lie=advised(band)))), held.trust)
    assert report.verdict is Verdict.PASSED
    for language, words in (("es", es), ("en", en)):
        said = render_text(report, language)
        assert (words in said) if words else ("El programa que miró" not in said and "The program that" not in said)
        assert "\x1b" not in said
