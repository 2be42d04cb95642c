"""Whose signature it is: what cannot be known stays open, what may be seen otherwise is told, names are compared."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name, pdf_string
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from evidence.bodies import Office, Permitted, permits
from evidence.findings import Report, Result, Verdict, overall
from evidence.holders import is_of
from evidence.parts import DocumentKind, Reference, ReferenceReason
from evidence.pdf import read_pdf
from evidence.report import render_text
from evidence.verifier import verify_bytes
from tests.evidence.authorities import Authorities
from tests.evidence.forge import insider
from tests.evidence.forged.forgery import beside, event
from tests.evidence.held import Script, hold
from tests.evidence.papers import blank_pdf, sign, update
from tests.evidence.sample import ADMINISTRATION, BODY, PERMITTED, Sample

CLERK, SEAL = -2, -1
"""Places of the last signings of the act."""


def open_codes(report: Report) -> set[tuple[str, str]]:
    return {(one.object, one.code) for one in report.findings if one.result is Result.INDETERMINATE}


def signing(held: Sample, place: int) -> str:
    """Where the journal tells of a signing, counted from the first or, negative, from the last."""
    seqs = [event["seq"] for event in held.parts.events if event["type"] == "document_signed"]
    return f"log/events.jsonl#{seqs[place]}"


def left_out(held: Sample, kind: DocumentKind, reason: ReferenceReason) -> Report:
    """The bundle without the last document of a kind, which the index says is kept back; the journal speaks of it."""
    gone = [one for one in held.parts.documents if one.kind is kind][-1]
    kept = [one for one in held.parts.documents if one is not gone]
    references = [*held.parts.references, Reference(gone.sha256, reason)]
    return verify_bytes(insider(held, replace(held.parts, documents=kept, references=references)), held.trust)


def without_data_of(held: Sample, where: str) -> Report:
    seq = int(where.partition("#")[2])
    opened = [one for one in held.parts.openings if one.seq != seq]
    return verify_bytes(insider(held, replace(held.parts, openings=opened)), held.trust)


@pytest.mark.parametrize("reason", [ReferenceReason.WITHHELD, ReferenceReason.ERASED])
def test_a_signature_on_a_document_that_is_not_here_is_never_passed(held: Sample, reason: ReferenceReason) -> None:
    report = left_out(held, DocumentKind.MINUTES, reason)
    assert (signing(held, SEAL), "SIGNED_DOCUMENT_NOT_HERE") in open_codes(report)
    said = {(one.object, one.code) for one in report.findings if one.result is Result.PASS}
    assert (signing(held, CLERK), "SIGNED_BY_OWN_CERTIFICATE") not in said
    assert report.verdict is not Verdict.PASSED


def test_minutes_called_superseded_with_nothing_in_their_place_are_failed(held: Sample) -> None:
    report = left_out(held, DocumentKind.MINUTES, ReferenceReason.SUPERSEDED)
    failed = {(one.object, one.code) for one in report.findings if one.result is Result.FAIL}
    assert (signing(held, SEAL), "SIGNED_REVISION_IS_NOWHERE") in failed


def test_whether_the_signed_is_what_was_shown_stays_open_without_it(held: Sample) -> None:
    report = left_out(held, DocumentKind.GENERATED, ReferenceReason.WITHHELD)
    assert (signing(held, CLERK), "SHOWN_DOCUMENT_NOT_HERE") in open_codes(report)
    assert report.verdict is not Verdict.PASSED


def test_without_the_names_nobodys_own_certificate_is_known(held: Sample) -> None:
    report = without_data_of(held, "log/events.jsonl#0")
    assert (signing(held, CLERK), "SIGNER_NAME_WITHHELD") in open_codes(report)
    assert ("manifest.p7s", "BODIES_NOT_GIVEN") in open_codes(report), "the seal is good for one body, unknown here"
    assert report.verdict is not Verdict.PASSED


def test_a_signature_whose_event_is_withheld_is_left_open(held: Sample) -> None:
    report = without_data_of(held, signing(held, SEAL))
    assert "SIGNATURE_NOT_TOLD" in {code for _, code in open_codes(report)}
    assert report.verdict is not Verdict.PASSED


def test_a_true_act_says_whose_each_signature_is(held: Sample) -> None:
    said = {
        (one.object, one.code, one.parameters.get("holder")) for one in verify_bytes(held.bundle, held.trust).findings
    }
    assert (signing(held, CLERK), "SIGNED_BY_OWN_CERTIFICATE", "Iria Outeiro Barral") in said
    assert (signing(held, SEAL), "SIGNED_BY_SEAL", "seal de pruebas") in said


def test_the_seal_of_another_body_of_the_administration_is_failed(held: Sample) -> None:
    lines = tuple(replace(one, bodies=frozenset({"another"})) if one.bodies else one for one in PERMITTED)
    report = verify_bytes(held.bundle, replace(held.trust, permitted=lines))
    failed = {(one.object, one.code) for one in report.findings if one.result is Result.FAIL}
    assert ("manifest.p7s", "NOT_THE_SEAL_OF_THE_BODY") in failed


def test_a_certificate_named_by_its_digest_is_enough(pki: Authorities) -> None:
    seal = pki.certificate("seal")
    line = Permitted(Office.SEAL, ADMINISTRATION, frozenset(), seal.sha256.hex(), {})
    assert permits([line], Office.SEAL, seal, ADMINISTRATION, None)
    assert permits([line], Office.SEAL, pki.certificate("acts"), ADMINISTRATION, BODY) is False
    assert permits([line], Office.ACTS, seal, ADMINISTRATION, BODY) is None


@pytest.mark.parametrize(
    ("holder", "name", "number", "same"),
    [
        ("clerk", "Iria Outeiro Barral", None, True),
        ("clerk", "outeiro barral, IRÍA (LAJ)", None, True),
        ("clerk", "Iria Outeiro", None, False),
        ("clerk", "Iria Outeiro Barral Castro", None, False),
        ("clerk", "", None, False),
        ("citizen", "Anxo Ruiz Seoane", "99104321N", True),
        ("citizen", "Anxo Ruiz Seoane", None, True),
        ("citizen", "Anxo Ruiz Seoane", "99104321n", True),
        ("citizen", "Anxo Ruiz Seoane", "99218765P", False),
        ("citizen", "Marta Lago Prieto", "99104321N", False),
        ("citizen", "Anxo Ruiz Seoane", "not_stated", True),
    ],
)
def test_a_certificate_is_somebodys_by_name_and_number(
    pki: Authorities, holder: str, name: str, number: str | None, same: bool
) -> None:
    assert is_of(pki.certificate(holder), name, number) is same


def named(**entries: Any) -> generic.DictionaryObject:
    return generic.DictionaryObject({pdf_name(f"/{key}"): value for key, value in entries.items()})  # type: ignore[no-untyped-call, unused-ignore]


def script(writer: IncrementalPdfFileWriter) -> None:
    action = named(S=pdf_name("/JavaScript"), JS=pdf_string("app.alert(1)"))
    writer.root[pdf_name("/OpenAction")] = writer.add_object(action)
    writer.update_root()


def layers(writer: IncrementalPdfFileWriter) -> None:
    writer.root[pdf_name("/OCProperties")] = named(OCGs=generic.ArrayObject(), D=named())
    writer.update_root()


def note(writer: IncrementalPdfFileWriter) -> None:
    page = writer.root["/Pages"]["/Kids"][0].get_object()
    text = named(Type=pdf_name("/Annot"), Subtype=pdf_name("/FreeText"), Contents=pdf_string("0 euros"))
    page[pdf_name("/Annots")] = generic.ArrayObject([writer.add_object(text)])
    writer.update_container(page)


def form(writer: IncrementalPdfFileWriter) -> None:
    field = writer.add_object(named(FT=pdf_name("/Tx"), T=pdf_string("amount")))
    writer.root[pdf_name("/AcroForm")] = named(Fields=generic.ArrayObject([field]))
    writer.update_root()


def empty(writer: IncrementalPdfFileWriter) -> None:
    field = writer.add_object(named(FT=pdf_name("/Sig"), T=pdf_string("later")))
    writer.root[pdf_name("/AcroForm")] = named(Fields=generic.ArrayObject([field]))
    writer.update_root()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (script, "DOCUMENT_HAS_SCRIPTS"),
        (layers, "DOCUMENT_HAS_LAYERS"),
        (note, "DOCUMENT_HAS_NOTES"),
        (form, "DOCUMENT_HAS_FORM"),
        (empty, "DOCUMENT_HAS_EMPTY_SIGNATURE"),
    ],
    ids=lambda value: getattr(value, "__name__", value),
)
def test_what_paper_cannot_hold_is_told_of_what_was_signed(
    pki: Authorities, change: Callable[[IncrementalPdfFileWriter], None], code: str
) -> None:
    signed = sign(update(blank_pdf("minutes"), change), "s", pki.signer("clerk"), pki.stamper())
    read = read_pdf(signed)
    assert read.warnings == (code,)
    assert [(one.alone, one.unchanged) for one in read.signatures] == [(True, True)]


def test_a_warning_stands_in_the_report_and_changes_no_verdict(held: Sample) -> None:
    report = verify_bytes(held.bundle, held.trust)
    told = replace(report.findings[0], result=Result.WARNING, code="DOCUMENT_HAS_SCRIPTS", parameters={})
    findings = (*report.findings, told)
    assert overall(findings) is report.verdict is Verdict.PASSED
    text = render_text(replace(report, findings=findings), "es")
    assert "Qué conviene saber" in text


def test_pages_are_counted_in_the_document() -> None:
    assert read_pdf(blank_pdf("long", 7)).pages == 7


def test_a_file_of_a_party_that_could_not_be_taken_in_is_no_act_of_an_official(held: Sample) -> None:
    """The platform tells the refusal as an effect of what the party asked, in their name."""
    refused = beside("item_done", None, event("document_refused", "par_1", reason="malware"), ahead=True)
    report = verify_bytes(insider(held, hold(Script(held.pki, lie=refused))), held.trust)
    assert report.verdict is Verdict.PASSED
