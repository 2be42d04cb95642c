"""The report tells a judge who, how, what and when, what the law asks of it, and what is not proven."""

import json
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from evidence.account import Answer
from evidence.findings import Report, Verdict
from evidence.report import render_json, render_text
from evidence.texts import LANGUAGES, load_texts
from evidence.verifier import verify_bytes
from tests.evidence.forge import insider
from tests.evidence.forged.forgery import both, told
from tests.evidence.forged.people import before
from tests.evidence.forged.places import SECURE, checked
from tests.evidence.held import TYPE, Script, Told, hold
from tests.evidence.sample import Sample

ARTICLES = {
    *("60.1", "60.2", "60.3", "60.4", "60.5", "60.6", "60.7", "60.7.a", "60.7.b"),
    *("61.2.identification", "61.2.signature"),
}


def reported(sample: Sample, **changes: Any) -> Report:
    return verify_bytes(insider(sample, hold(Script(sample.pki, **changes))), sample.trust)


def waived(event: Told) -> Told:
    """The second citizen is excused from identifying themselves."""
    if event.type != "identity_confirmed" or event.data["participant"] != "par_2":
        return event
    return Told("identity_waived", "acc_laj", event.at, (), {"participant": "par_2", "reason": "known"})


def late(event: Told) -> Told:
    """A point of the agenda is done between the second citizen's coming and their identification."""
    if event.type != "participant_joined" or event.data["participant"] != "par_2":
        return event
    return Told("item_done", "acc_laj", event.at, (), {"item": "i1", "values": {}})


def answers(report: Report) -> dict[str, set[Answer]]:
    found: dict[str, set[Answer]] = {}
    for one in report.requirements:
        found.setdefault(one.article, set()).add(one.answer)
    return found


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "es",
            [
                "Anxo Ruiz Seoane",
                "***0432**",
                "La confirmó: Iria Outeiro Barral",
                "Nivel: sustancial",
                "Volvió a identificarse para firmar este documento",
                "aceptó las advertencias",
                "no consintió la grabación",
                "no cuenta ninguna grabación que se guardara",
                "Acuerdo",
                "art. 60.7.a",
                "PROBADO",
                "art. 61.1",
                "Lo que esta evidencia no prueba",
            ],
        ),
        ("en", ["Marta Lago Prieto", "Level: substantial", "PROVEN", "art. 60.4", "What this evidence does not prove"]),
    ],
)
def test_a_judge_finds_who_and_how_and_when(language: str, words: list[str], held: Sample) -> None:
    said = render_text(verify_bytes(held.bundle, held.trust), language)
    assert [word for word in words if word not in said] == []
    assert " UTC)" in said
    assert " CET " in said or " CEST " in said
    assert "99104321N" not in said


def test_the_report_for_programs_has_the_same(held: Sample) -> None:
    said = json.loads(render_json(verify_bytes(held.bundle, held.trust), "en"))
    assert [one["name"] for one in said["people"]] == ["Anxo Ruiz Seoane", "Marta Lago Prieto", "Iria Outeiro Barral"]
    assert said["people"][0]["identifications"][0]["assurance"] == "substantial"
    assert {one["article"] for one in said["requirements"]} == {
        "60.1",
        "60.2",
        "60.3",
        "60.4",
        "60.5",
        "60.6",
        "60.7",
        "60.7.a",
        "60.7.b",
        "61.2.identification",
        "61.2.signature",
    }
    assert len(said["sections"]["signed"]) > 8
    assert said["not_proven"]


def test_each_requirement_is_proven_or_said_why_not(held: Sample) -> None:
    report = verify_bytes(held.bundle, held.trust)
    assert answers(report)["60.7.a"] == answers(report)["60.7.b"] == {Answer.PROVEN}
    assert answers(report)["60.4"] == {Answer.PROVEN}
    assert answers(report)["60.5"] == {Answer.NOT_PROVABLE}


@pytest.mark.parametrize(
    ("article", "lie", "answer"),
    [
        ("60.1", told("identity_confirmed", "par_2", gone=True), Answer.NOT_PROVABLE),
        ("60.4", told("identity_confirmed", "par_2", document_number=None), Answer.NOT_PROVABLE),
        ("60.1", told("identity_confirmed", "par_1", gone=True), Answer.NOT_PROVABLE),
        ("60.3", waived, Answer.NOT_PROVABLE),
        ("61.2.signature", told("document_page_read", "par_1", gone=True), Answer.CONTRADICTED),
        ("61.2.identification", told("identity_confirmed", "par_2", document_number=None), Answer.NOT_PROVABLE),
        ("60.7.a", told("document_page_read", "par_1", gone=True), Answer.CONTRADICTED),
        ("60.7.b", told("document_signed", "par_1", actor="acc_laj"), Answer.CONTRADICTED),
    ],
)
def test_what_is_not_so_is_not_called_proven(
    article: str, lie: Callable[[Told], Told | None], answer: Answer, held: Sample
) -> None:
    assert answer in answers(reported(held, lie=lie))[article]


def test_whoever_is_identified_after_the_act_began_is_named(held: Sample) -> None:
    report = reported(held, lie=late)
    assert ("identified_late", "Marta Lago Prieto") in {(one.why, one.whom) for one in report.requirements}
    assert "después de tratado algún punto" in render_text(report, "es")
    held_report = verify_bytes(held.bundle, held.trust)
    assert "identified_late" not in {one.why for one in held_report.requirements}


def test_nothing_is_proven_by_a_bundle_that_fails_or_that_nobody_sealed(held: Sample) -> None:
    changed = bytearray(held.bundle)
    changed[held.bundle.index(b"PAdES") if b"PAdES" in held.bundle else held.bundle.index(b"README.txt") + 40] ^= 1
    for report in (verify_bytes(bytes(changed), held.trust), verify_bytes(held.bundle)):
        assert report.verdict is not Verdict.PASSED
        assert Answer.PROVEN not in {one.answer for one in report.requirements}


def test_a_name_that_is_kept_is_kept_in_the_report(held: Sample) -> None:
    kept = {**TYPE, "procedure": {**TYPE["procedure"], "privacy": "protected"}}
    report = reported(held, type=kept)
    for language in LANGUAGES:
        said = render_text(report, language) + render_json(report, language)
        assert "Anxo" not in said
        assert "0432" not in said
        assert "par_1" in said
        assert "Iria Outeiro Barral" in said


def test_no_digest_of_the_journal_writes_on_the_screen(held: Sample) -> None:
    """Sixteen signs of it are shown: enough to clear a screen and write another verdict there."""
    spoof = "\x1b[2J\x1b[HPASSED"
    report = reported(held, lie=told("document_signed", original_sha256=spoof))
    assert report.verdict is Verdict.FAILED
    for language in LANGUAGES:
        assert "\x1b" not in render_text(report, language)


def test_lost_connections_and_acts_without_somebody_are_told(held: Sample) -> None:
    def away(event: Told) -> Told:
        if event.type == "document_deposited":
            return Told("connection_lost", "system", event.at, (), {"participant": "par_1"})
        if event.type == "item_done":
            return Told("item_done", "acc_laj", event.at, (), {"item": "i9", "values": {"declarant": "par_1"}})
        return event

    said = render_text(reported(held, lie=away), "es")
    assert "Anxo Ruiz Seoane perdió la conexión" in said
    assert "El punto i9, que trata de Anxo Ruiz Seoane, se hizo mientras" in said


def test_whoever_came_back_is_told_of(held: Sample) -> None:
    def returns(event: Told) -> Told:
        if event.type in ("document_deposited", "item_done"):
            kind = "connection_lost" if event.type == "document_deposited" else "participant_joined"
            return Told(kind, "system", event.at, (), {"participant": "par_1"})
        return event

    report = reported(held, lie=returns)
    assert "Anxo Ruiz Seoane volvió a conectarse" in render_text(report, "es")
    assert "Anxo Ruiz Seoane connected again" in render_text(report, "en")
    assert "volvió a conectarse" not in render_text(verify_bytes(held.bundle, held.trust), "es")


def test_while_a_page_was_read_out_of_the_room_nothing_is_called_proven_of_who_signed(held: Sample) -> None:
    lie = both(
        told("participant_joined", "par_1", gone=True),
        told("participant_admitted", "par_1", gone=True),
        before("pin_sent", "par_1", "participant_joined"),
    )
    report = reported(held, lie=lie)
    assert report.verdict is Verdict.INDETERMINATE
    found = answers(report)
    assert found["60.7.a"] == found["60.7.b"] == found["60.4"] == {Answer.NOT_PROVABLE}


def test_whom_the_findings_call_by_a_code_is_found_among_the_people(held: Sample) -> None:
    report = verify_bytes(held.bundle, held.trust)
    assert "***0432** [en el registro: par_1]" in render_text(report, "es")
    assert "[in the journal: par_2]" in render_text(report, "en")


def test_nobody_is_called_a_signer_of_what_they_only_read(held: Sample) -> None:
    def shown(event: Told) -> Told:
        if event.type != "item_done":
            return event
        data = {"document_sha256": "0" * 64, "page": 1, "participant": "par_2"}
        return Told("document_page_read", "par_2", event.at, (), data)

    said = render_text(reported(held, lie=shown), "es")
    read = said.partition("Qué más se mostró y leyó")[2].partition("Advertencias")[0]
    assert "La página 1 estuvo en su pantalla." in read
    assert "quien firma" not in read


def test_both_languages_say_the_same() -> None:
    spanish, english = load_texts("es"), load_texts("en")
    kinds: list[Callable[[Any], Mapping[str, str]]] = [
        lambda one: one.account,
        lambda one: one.not_proven,
        lambda one: one.paper,
    ]
    for kind in kinds:
        assert set(kind(spanish)) == set(kind(english))
    for answer in Answer:
        assert f"answer_{answer.value}" in spanish.account


def test_what_the_office_saw_of_the_place_is_told_and_lets_a_person_in(held: Sample) -> None:
    report = reported(held, type=SECURE, lie=checked(company="accompanied", others="Rosa Lema, su hermana"))
    said = render_text(report, "en")

    assert report.verdict is Verdict.PASSED, report.findings
    assert "acted freely (art. 62.3.b)" in said
    assert "other people were in the room: Rosa Lema, su hermana" in said
    assert "could talk to their lawyer in private (art. 62.3.c)" in said


def test_why_an_identification_was_stopped_is_told(held: Sample) -> None:
    stopped = before("pin_sent", "par_2", "identity_rejected", cause="several_devices", reason="Otra voz")
    said = render_text(reported(held, lie=stopped), "en")

    assert "more than one device is transmitting; Otra voz" in said
