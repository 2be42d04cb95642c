"""Minutes of level B-LTA: a time-stamp over the whole document keeps its signatures, and is told with its end."""

import json
from datetime import timedelta

import pytest

from evidence.findings import Report, Result, Verdict
from evidence.paper_html import render_html
from evidence.paper_making import lay_out
from evidence.parts import DocumentKind
from evidence.pdf import read_pdf
from evidence.report import render_json, render_text
from evidence.verifier import verify_bytes
from tests.evidence.forge import insider
from tests.evidence.forged.archived import FIELD, archived
from tests.evidence.held import hold
from tests.evidence.papers import stamp_document
from tests.evidence.sample import Sample


@pytest.fixture(scope="module")
def parts(held: Sample) -> tuple[bytes, Report]:
    """The minutes, and what is found of the bundle that they are in."""
    made = hold(archived(held))
    minutes = next(one.content for one in made.documents if one.kind is DocumentKind.MINUTES)
    return minutes, verify_bytes(insider(held, made), held.trust)


def found(report: Report) -> set[tuple[str, str]]:
    return {(one.object.partition("#")[2], one.code) for one in report.findings}


def test_an_act_whose_minutes_are_stamped_as_a_whole_is_passed(parts: tuple[bytes, Report]) -> None:
    report = parts[1]
    assert [one for one in report.findings if one.result is not Result.PASS] == []
    assert report.verdict is Verdict.PASSED
    assert {(FIELD, "DOCUMENT_TIMESTAMP_INTACT"), (FIELD, "TIMESTAMP_CERTIFICATE_TRUSTED")} <= found(report)


def test_the_report_says_until_when_the_time_stamp_keeps_them(parts: tuple[bytes, Report]) -> None:
    _, report = parts
    (told,) = [one for one in json.loads(render_json(report, "es"))["documents"] if one["archived_at"]]
    assert told["kind"] == "minutes"
    assert told["archived_at"] < told["renew_before"]
    for language, words in (("es", "Hay que renovarlo antes de"), ("en", "To be renewed before")):
        assert words in render_text(report, language)
        assert words in render_html(lay_out(report, language))
    assert {"object": f"documents/{told['sha256']}.pdf#{FIELD}", "main": "TOTAL-PASSED", "sub": ""} in json.loads(
        render_json(report, "en")
    )["indications"]


def test_the_minutes_alone_are_read_with_it_too(parts: tuple[bytes, Report], held: Sample) -> None:
    report = verify_bytes(parts[0], held.trust)
    assert (FIELD, "DOCUMENT_TIMESTAMP_INTACT") in found(report)
    assert [one for one in report.findings if one.check in ("CHK-05", "CHK-06") and one.result is not Result.PASS] == []
    assert "Sello de tiempo del documento entero" in render_text(report, "es")


def test_a_further_time_stamp_in_time_renews_it(parts: tuple[bytes, Report], held: Sample) -> None:
    """That of an authority that lasts longer, and whose own lists the verifier holds."""
    renewed = stamp_document(parts[0], "timestamp-2", held.pki.stamper("lasting-tsa", timedelta(days=20)))
    report = verify_bytes(renewed, held.trust)
    assert {(FIELD, "DOCUMENT_TIMESTAMP_INTACT"), ("timestamp-2", "DOCUMENT_TIMESTAMP_INTACT")} <= found(report)
    assert [one for one in report.findings if one.check == "CHK-05" and one.result is not Result.PASS] == []
    assert read_pdf(renewed).signatures[-1].covers_file


def test_a_further_time_stamp_after_the_end_renews_nothing(parts: tuple[bytes, Report], held: Sample) -> None:
    late = stamp_document(parts[0], "timestamp-2", held.pki.stamper("lasting-tsa", timedelta(days=500)))
    report = verify_bytes(late, held.trust)
    assert report.verdict is not Verdict.PASSED
    assert ("timestamp-2", "DOCUMENT_TIMESTAMP_TOO_LATE") in found(report)
