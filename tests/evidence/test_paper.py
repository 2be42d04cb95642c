"""The report for a judge, as HTML and PDF: who, how, what, when; nothing in it is markup, and nothing has no end."""

import subprocess
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from evidence.findings import Report, Verdict
from evidence.paper import MAX_ROWS, Bullets, Heading, Paper, Rows, Text, few
from evidence.paper_html import render_html
from evidence.paper_making import lay_out
from evidence.paper_pdf import SHOWN, render_pdf
from evidence.texts import LANGUAGES
from evidence.verifier import verify_bytes
from tests.evidence.forge import insider
from tests.evidence.forged.forgery import first_event
from tests.evidence.forged.forgery import told as strange
from tests.evidence.held import PEOPLE, TYPE, Script, hold
from tests.evidence.sample import Sample

HOSTILE = "<script>alert(1)</script> &lt; #emph[x] $1$ \N{GRINNING FACE} \u5c71 \u202e"
WANTED = {
    "es": ["Anxo Ruiz Seoane", "***0432**", "sustancial", "Iria Outeiro Barral", "1 a 2", "60.7.b", "PROBADO", "61.2"],
    "en": [
        "Marta Lago Prieto",
        "substantial",
        "Pages 1 to 2",
        "NOT PROVABLE",
        "TOTAL-PASSED",
        "What this evidence does",
    ],
}


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: set[str] = set()
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.add(tag)
        self.addresses += [value or "" for name, value in attrs if name in ("href", "src", "action")]


def written(pdf: bytes, folder: Path) -> str:
    """Its text, with the spaces as they come."""
    (folder / "report.pdf").write_bytes(pdf)
    command = ["pdftotext", "-layout", str(folder / "report.pdf"), "-"]
    return subprocess.run(command, check=True, capture_output=True, text=True, timeout=60).stdout


def told(sample: Sample, **changes: Any) -> Report:
    return verify_bytes(insider(sample, hold(Script(sample.pki, **changes))), sample.trust)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_judge_reads_who_and_how_and_what_on_paper_and_screen(language: str, held: Sample, tmp_path: Path) -> None:
    paper = lay_out(verify_bytes(held.bundle, held.trust), language)
    page, text = render_html(paper), written(render_pdf(paper), tmp_path)
    assert [words for words in WANTED[language] if words not in page] == []
    assert [words for words in WANTED[language] if words not in text] == []
    assert "99104321N" not in page + text


def test_the_same_report_is_the_same_file(held: Sample) -> None:
    report = verify_bytes(held.bundle, held.trust)
    assert render_pdf(lay_out(report, "es")) == render_pdf(lay_out(report, "es"))


def test_whatever_a_name_says_it_stays_text(held: Sample, tmp_path: Path) -> None:
    people = [{**one, "name": f"{HOSTILE} {one['name']}"} for one in PEOPLE]
    paper = lay_out(told(held, lie=first_event(participants=people)), "es")
    tags = Tags()
    tags.feed(render_html(paper))
    assert "script" not in tags.seen
    assert tags.addresses == []
    text = written(render_pdf(paper), tmp_path)
    assert "#emph[x] $1$" in text
    assert "<U+1F600>" in text
    assert "<U+202E>" in text


def test_a_place_that_nobody_knows_is_no_form_of_words(held: Sample) -> None:
    """Whatever the journal calls it: a brace in it once would have ended the report."""
    for place in ("{x}", "office}", ""):
        paper = lay_out(told(held, lie=strange("participant_checked_in", place=place)), "en")
        assert "From a place that the journal does not tell." in render_html(paper)


def test_a_name_that_is_kept_is_on_no_paper(held: Sample) -> None:
    kept = {**TYPE, "procedure": {**TYPE["procedure"], "privacy": "protected"}}
    for language in LANGUAGES:
        page = render_html(lay_out(told(held, type=kept), language))
        assert "Anxo" not in page
        assert "par_1" in page


def test_a_failed_bundle_says_so_first_and_supports_nothing(held: Sample) -> None:
    changed = bytearray(held.bundle)
    changed[held.bundle.index(b"/Title (minutes)") + 9] ^= 1
    paper = lay_out(verify_bytes(bytes(changed), held.trust), "es")
    assert (paper.verdict, paper.word) == (Verdict.FAILED, "No es fiable")
    assert "En qué se apoya" not in [block.text for block in paper.blocks if isinstance(block, Heading)]
    assert ">PROBADO<" not in render_html(paper)


def test_what_is_no_bundle_has_a_report_too() -> None:
    for content in (b"", b"%PDF-1.7", b"PK\x03\x04"):
        paper = lay_out(verify_bytes(content), "en")
        assert paper.verdict == Verdict.FAILED
        assert render_pdf(paper).startswith(b"%PDF")


def test_a_table_has_an_end() -> None:
    rows = few([[str(number), ""] for number in range(MAX_ROWS + 7)], "{more} more")
    assert len(rows) == MAX_ROWS + 1
    assert rows[-1] == ("7 more", "")


def test_every_sign_that_is_printed_as_it_is_has_a_glyph() -> None:
    """PDF/A refuses a sign that no typeface has: then there would be no report at all."""
    signs = "".join(chr(code) for first, last in SHOWN for code in range(first, last + 1))
    blocks = (Heading(signs), Text(signs), Bullets((signs,)), Rows((signs,), ((signs,), (signs,)), (100,)))
    paper = Paper("es", signs, signs, "PASSED", signs, signs, "{number} {pages}", "", blocks)
    assert render_pdf(paper).startswith(b"%PDF")
