"""A bundle made to hurt its reader: it is refused soon, in little memory, and shows nothing but a report."""

import json
import time
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any

import pikepdf
import pytest

from evidence.canonical import Malformed, canonical, parse_canonical
from evidence.container import pack, unpack
from evidence.findings import Report, Result, Verdict
from evidence.layout import EVENTS, HEADS, MANIFEST, OPENINGS, TYPE
from evidence.limits import MAX_FINDINGS, MAX_JSON_BYTES
from evidence.opened import OpenedBundle
from evidence.pdf import PdfUnreadable, read_pdf
from evidence.report import render_json, render_text
from evidence.signed_file import SignedFile
from evidence.texts import LANGUAGES
from evidence.validation_data import keeps_to_validation_data
from evidence.verifier import verify_bytes
from tests.evidence.forge import insider_member, members_of, relist
from tests.evidence.sample import Sample

SECONDS = 8.0
"""Each of these took minutes, or all the memory there is; a machine that is busy may be slow."""
RECORD = "signatures/rec-par_1.json"
ESCAPE = "\x1b[2J\x1b[HPASSED.\nAll is well \u202e\u2066\u200b\x9b"


@contextmanager
def soon() -> Iterator[None]:
    began = time.monotonic()
    yield
    assert time.monotonic() - began < SECONDS


def failed(report: Report) -> set[tuple[str, str]]:
    return {(one.object.partition("#")[0], one.code) for one in report.findings if one.result is Result.FAIL}


def test_a_record_of_more_pages_than_can_be_counted_is_refused(lean_sample: Sample) -> None:
    value = json.loads(lean_sample.core.files[RECORD])
    value["document_pages"] = 2**53 - 1
    with soon():
        report = verify_bytes(insider_member(lean_sample, RECORD, canonical(value)), lean_sample.trust)
    assert (RECORD, "FIELD_WRONG") in failed(report)


def test_a_record_that_nobody_would_read_is_refused(lean_sample: Sample) -> None:
    value = json.loads(lean_sample.core.files[RECORD])
    value["signer_name"] = "x" * 100_000
    report = verify_bytes(insider_member(lean_sample, RECORD, canonical(value)), lean_sample.trust)
    assert (RECORD, "JSON_TOO_LARGE") in failed(report)


@pytest.mark.parametrize("kids", [1, 20], ids=["one below the other", "each twenty times"])
def test_a_tree_of_names_that_leads_nowhere_is_left_soon(kids: int) -> None:
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        node = pdf.make_indirect(pikepdf.Dictionary(Names=pikepdf.Array()))
        for _ in range(8):
            node = pdf.make_indirect(pikepdf.Dictionary(Kids=pikepdf.Array([node] * kids)))
        pdf.Root.Names = pikepdf.Dictionary(EmbeddedFiles=node)
        out = BytesIO()
        pdf.save(out)
    with soon():
        if kids == 1:
            assert read_pdf(out.getvalue()).attachments == {}
        else:
            with pytest.raises(PdfUnreadable):
                read_pdf(out.getvalue())


@pytest.mark.parametrize("size", [1, 80], ids=["of one name, few", "of one name, more than may be"])
def test_attachments_are_inflated_up_to_a_sum(size: int) -> None:
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        stream = pdf.make_stream(b"\0" * 1024**2)
        stream.Type = pikepdf.Name.EmbeddedFile
        file = pikepdf.Dictionary(Type=pikepdf.Name.Filespec, UF="a", EF=pikepdf.Dictionary(F=stream))
        file = pdf.make_indirect(file)
        names = [entry for number in range(size) for entry in (str(number), file)]
        pdf.Root.Names = pikepdf.Dictionary(EmbeddedFiles=pikepdf.Dictionary(Names=pikepdf.Array(names)))
        out = BytesIO()
        pdf.save(out, compress_streams=True, recompress_flate=True)
    with soon():
        if size == 1:
            assert len(read_pdf(out.getvalue()).attachments["a"]) == 1
        else:
            with pytest.raises(PdfUnreadable):
                read_pdf(out.getvalue())


@pytest.mark.parametrize("lists", [1, 3], ids=["a list of an authority", "more in all than may be"])
def test_validation_data_are_inflated_up_to_a_sum(lists: int) -> None:
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        content = b"\x04\x83" + (16 * 1024**2 - 5).to_bytes(3, "big") + bytes(16 * 1024**2 - 5)  # DER, an OCTET STRING
        pdf.Root.DSS = pikepdf.Dictionary(CRLs=pikepdf.Array([pdf.make_stream(content) for _ in range(lists)]))
        out = BytesIO()
        pdf.save(out, compress_streams=True, recompress_flate=True)
    with soon():
        kept = keeps_to_validation_data({}, SignedFile(out.getvalue()))
    assert (kept is not None) == (lists == 1)


@pytest.mark.parametrize("content", [b"null", b"7", b"true", b'"x"', b"{}", b"[null]", b"[7]"])
@pytest.mark.parametrize("path", [HEADS, TYPE, EVENTS, OPENINGS, "index/documents.json", "anchor/merkle.json", RECORD])
def test_a_member_of_another_type_is_named_and_no_error_escapes(path: str, content: bytes, lean_sample: Sample) -> None:
    lines = content + b"\n" if path.endswith(".jsonl") else content
    members = {**members_of(lean_sample.bundle), path: lines}
    report = verify_bytes(relist(members), lean_sample.trust)
    assert report.verdict is Verdict.FAILED
    assert path in {one.object.partition("#")[0] for one in report.findings if one.result is Result.FAIL}
    assert "CHECK_BROKE_DOWN" not in {one.code for one in report.findings}


def test_the_data_of_many_events_are_read_in_linear_time() -> None:
    opening = {"nonce": "0" * 64, "data": {}}
    lines = b"".join(canonical({**opening, "seq": seq}) + b"\n" for seq in range(60_000))
    with soon():
        assert len(OpenedBundle(unpack(pack({OPENINGS: lines}))).openings) == 60_000


@pytest.mark.parametrize("piece", [b"[],", b"{},", b"0,", b'"",'])
def test_a_text_of_nothing_but_values_is_refused_unread(piece: bytes) -> None:
    text = b"[" + piece * ((MAX_JSON_BYTES - 10) // len(piece)) + b"0]"
    with soon(), pytest.raises(Malformed, match="JSON_TOO_MANY_VALUES"):
        parse_canonical(text, TYPE)


def test_lines_that_are_too_many_are_refused_unread() -> None:
    with soon(), pytest.raises(Malformed, match="TOO_MANY_EVENTS"):
        _ = OpenedBundle(unpack(pack({EVENTS: b"0\n" * 200_000}))).events


def test_a_report_of_a_hundred_thousand_findings_is_cut_and_still_failed(lean_sample: Sample) -> None:
    manifest = json.loads(lean_sample.core.manifest)
    listed = {**manifest["files"][0], "class": "document"}
    manifest["files"] = [{**listed, "path": f"documents/{number:064x}.pdf"} for number in range(9000)]
    report = verify_bytes(pack({**members_of(lean_sample.bundle), MANIFEST: canonical(manifest)}), lean_sample.trust)
    assert report.verdict is Verdict.FAILED
    assert len(report.findings) < 4 * MAX_FINDINGS
    assert "MORE_FINDINGS" in {one.code for one in report.findings}


def _member_name(sample: Sample) -> bytes:
    """The name of the first member is other bytes of the same length."""
    name, other = b"README.txt", b"\x1b[2J\nPASSE"
    return sample.bundle.replace(name, other)


def _key(sample: Sample) -> bytes:
    index = json.loads(sample.core.files["index/documents.json"])
    return insider_member(sample, "index/documents.json", canonical({**index, ESCAPE: 1}))


def _listed(sample: Sample) -> bytes:
    manifest = json.loads(sample.core.manifest)
    manifest["files"].append({**manifest["files"][-1], "path": ESCAPE})
    return pack({**members_of(sample.bundle), MANIFEST: canonical(manifest)})


def _procedure(sample: Sample) -> bytes:
    manifest = json.loads(sample.core.manifest)
    manifest["procedure"] |= {"id": ESCAPE * 999, "administration": ESCAPE}
    return pack({**members_of(sample.bundle), MANIFEST: canonical(manifest)})


def _record(sample: Sample) -> bytes:
    value = json.loads(sample.core.files[RECORD])
    return insider_member(sample, RECORD, canonical({**value, "mechanism": ESCAPE, "id": ESCAPE, "procedure": ESCAPE}))


def _milestone(sample: Sample) -> bytes:
    return insider_member(sample, HEADS, canonical([{"milestone": ESCAPE, "seq": 0, "hash": "0" * 64}]))


INJECTIONS: list[Callable[[Sample], bytes]] = [_member_name, _key, _listed, _procedure, _record, _milestone]


@pytest.mark.parametrize("inject", INJECTIONS, ids=lambda inject: inject.__name__.strip("_"))
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_name_that_moves_the_cursor_is_shown_as_what_it_is(
    inject: Callable[[Sample], bytes], language: str, lean_sample: Sample
) -> None:
    report = verify_bytes(inject(lean_sample), lean_sample.trust)
    text = render_text(report, language)
    assert report.verdict is Verdict.FAILED
    assert unseen(text.replace("\n", "")) == set()
    assert not any(line.strip().startswith("PASSED") for line in text.splitlines())
    assert max(map(len, text.splitlines())) < 2500
    assert unseen("".join(_strings(json.loads(render_json(report, language))))) == set()


def test_what_was_escaped_can_be_seen(lean_sample: Sample) -> None:
    assert "<U+001B>[2J" in render_text(verify_bytes(_key(lean_sample), lean_sample.trust), "en")


def unseen(text: str) -> set[str]:
    return {one for one in text if unicodedata.category(one) in ("Cc", "Cf", "Zl", "Zp", "Cs")}


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from (key, *_strings(inner))
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner)
