"""Whose act it was: the seal of one body is no other's, and bodies and offices have the names that were signed."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from evidence.findings import Report, Result, Verdict
from evidence.paper_html import render_html
from evidence.paper_making import lay_out
from evidence.report import render_text
from evidence.trust import Trust, TrustUnreadable, load_trust
from evidence.verifier import verify_bytes
from tests.evidence.forge import insider
from tests.evidence.forged.forgery import first_event, told
from tests.evidence.held import Script, hold
from tests.evidence.sample import ADMINISTRATION, BODY, COURT, Sample

NAME, OTHER = "Juzgado de Paz de Lira", "Tribunal de Instancia de Ponte Nova"


def told_otherwise(held: Sample, **changes: Any) -> bytes:
    return insider(held, hold(Script(held.pki, **changes)))


def as_before(trust: Trust) -> Trust:
    """One seal for all bodies of the Administration, and nobody says what they are called."""
    return replace(trust, permitted=tuple(replace(one, bodies=frozenset()) for one in trust.permitted), body_names={})


def codes(report: Report, result: Result) -> set[str]:
    return {one.code for one in report.findings if one.result is result}


@pytest.mark.parametrize(
    ("forged", "code"),
    [
        ({"lie": first_event(body=COURT), "body_name": OTHER}, "NOT_THE_SEAL_OF_THE_BODY"),
        ({"body_name": OTHER}, "MINUTES_NAME_ANOTHER_BODY"),
        ({"body_name": f" {OTHER.upper()}"}, "MINUTES_NAME_ANOTHER_BODY"),
    ],
    ids=["the act of another body", "minutes in another body's name", "the same in capitals"],
)
def test_only_a_seal_of_its_own_and_its_names_tell_one_body_from_another(
    forged: dict[str, Any], code: str, held: Sample
) -> None:
    bundle = told_otherwise(held, **forged)
    assert verify_bytes(bundle, as_before(held.trust)).verdict is Verdict.PASSED
    report = verify_bytes(bundle, held.trust)
    assert report.verdict is Verdict.FAILED
    assert code in codes(report, Result.FAIL)


def test_a_name_that_the_verifier_does_not_know_is_told_and_decides_nothing(held: Sample) -> None:
    report = verify_bytes(told_otherwise(held, body_name="Juzgado de Lira"), held.trust)
    assert report.verdict is Verdict.PASSED
    assert codes(report, Result.WARNING) == {"BODY_NAME_NOT_KNOWN"}


def test_the_report_says_whose_word_the_name_is(held: Sample) -> None:
    known, unknown = (verify_bytes(held.bundle, trust) for trust in (held.trust, as_before(held.trust)))
    assert f"Órgano: {NAME} (código en el registro: {BODY})." in render_text(known, "es")
    assert f"Órgano: {NAME}, que es como lo llama el acta firmada (código" in render_text(unknown, "es")
    assert f"Body: {NAME}, as the signed minutes call it (code" in render_text(unknown, "en")
    assert f": {NAME}, sello del órgano" in render_text(known, "es")
    nameless = verify_bytes(told_otherwise(held, body_name=""), held.trust)
    assert f"Órgano: solo consta su código en el registro: {BODY}." in render_text(nameless, "es")


def test_the_report_calls_the_administration_by_the_name_in_the_minutes(held: Sample) -> None:
    report = verify_bytes(held.bundle, held.trust)
    said = (
        "Administración: Comunidad de Atlantia, que es como la llama el acta firmada (código en el registro: atlantia)."
    )
    assert said in render_text(report, "es")
    assert "Comunidad de Atlantia, as the signed minutes call it (code in the journal: atlantia)" in render_html(
        lay_out(report, "en")
    )
    nameless = verify_bytes(told_otherwise(held, administration_name=""), held.trust)
    assert "Administration: only its code is in the journal: atlantia." in render_text(nameless, "en")


def test_an_office_is_called_as_the_journal_calls_it(held: Sample) -> None:
    office: dict[str, Any] = {
        "office": "ojm-vilar",
        "office_names": {"es": "Oficina de Vilar", "en": "Office of Vilar"},
    }
    named = verify_bytes(told_otherwise(held, lie=told("participant_checked_in", **office)), held.trust)
    assert named.verdict is Verdict.PASSED
    assert "Desde un equipo dado de alta en: Oficina de Vilar." in render_text(named, "es")
    assert "From an enrolled computer at: Office of Vilar." in render_text(named, "en")
    coded = verify_bytes(told_otherwise(held, lie=told("participant_checked_in", office="ojm-vilar")), held.trust)
    assert "municipio (solo consta su código: ojm-vilar)." in render_text(coded, "es")


def test_a_trust_folder_says_it_or_leaves_it_out(held: Sample, tmp_path: Path) -> None:
    folder = held.write_trust(tmp_path)
    file = folder / "bodies.json"
    whole = json.loads(file.read_text())
    assert load_trust(folder).body_names == held.trust.body_names
    file.write_text(json.dumps({"certificates": whole["certificates"]}))
    assert (load_trust(folder).permitted, load_trust(folder).body_names) == (held.trust.permitted, {})
    wrongs: list[Any] = [1, {ADMINISTRATION: 1}, {ADMINISTRATION: {BODY: []}}, {ADMINISTRATION: {BODY: NAME}}]
    for wrong in wrongs:
        file.write_text(json.dumps({**whole, "names": wrong}))
        with pytest.raises(TrustUnreadable):
            load_trust(folder)
