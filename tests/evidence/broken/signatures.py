"""Broken signatures: documents changed after signing, signatures moved, signers whom nobody knows."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.signers import SimpleSigner

from evidence.layout import SEAL, SEAL_TOKEN
from evidence.parts import Document, DocumentKind
from tests.evidence.forge import defect, insider, retell, with_outer
from tests.evidence.papers import blank_pdf, seal_manifest, sign, stamp_time, update
from tests.evidence.sample import Sample, document

# The body itself puts these in: sealed, stamped and anchored anew, so that nothing but the signature betrays them.


def with_minutes(sample: Sample, change: Callable[[bytes], bytes]) -> bytes:
    """A bundle whose minutes are other bytes, and whose journal speaks of those."""
    old = minutes_of(sample)
    new = document(change(old.content), "minutes", DocumentKind.MINUTES)

    def renamed(value: Any) -> Any:
        return new.sha256 if value == old.sha256 else value

    parts = retell(
        sample.parts,
        lambda told: [
            (kind, [renamed(one) for one in subjects], {key: renamed(value) for key, value in data.items()})
            for kind, subjects, data in told
        ],
    )
    return insider(sample, replace(parts, documents=[new if one is old else one for one in parts.documents]))


def minutes_of(sample: Sample) -> Document:
    return next(one for one in sample.parts.documents if one.kind is DocumentKind.MINUTES)


@defect("documents/", "DOCUMENT_NOT_SIGNED")
def minutes_without_signature(sample: Sample) -> bytes:
    return with_minutes(sample, lambda _: blank_pdf("minutes that nobody signed"))


@defect("documents/", "SIGNED_CONTENT_CHANGED")
def byte_changed_inside_the_signed_minutes(sample: Sample) -> bytes:
    return with_minutes(sample, lambda pdf: pdf.replace(b"/Title (minutes)", b"/Title (minutos)", 1))


@defect("documents/", "CONTENT_AFTER_SIGNATURE")
def bytes_after_the_last_signature(sample: Sample) -> bytes:
    return with_minutes(sample, lambda pdf: pdf + b"\n% one more line\n")


@defect("documents/", "CONTENT_CHANGED_AFTER_SIGNATURE")
def page_replaced_after_signing(sample: Sample) -> bytes:
    """Incremental saving attack: the signed bytes stay, a later revision shows another page."""

    def replace_page(writer: IncrementalPdfFileWriter) -> None:
        page = writer.root["/Pages"]["/Kids"][0].get_object()
        page[pdf_name("/Contents")] = writer.add_object(generic.StreamObject(stream_data=b"0 0 100 100 re f"))
        writer.update_container(page)

    return with_minutes(sample, lambda pdf: update(pdf, replace_page))


@defect("documents/", "CONTENT_CHANGED_AFTER_SIGNATURE")
def annotation_laid_over_the_signed_page(sample: Sample) -> bytes:
    """Evil annotation attack (pdf-insecurity.org)."""

    def annotate(writer: IncrementalPdfFileWriter) -> None:
        page = writer.root["/Pages"]["/Kids"][0].get_object()
        box = generic.ArrayObject(map(generic.FloatObject, (0, 0, 500, 500)))
        kinds = {"/Type": "/Annot", "/Subtype": "/FreeText"}
        named = {pdf_name(key): pdf_name(value) for key, value in kinds.items()}
        note = generic.DictionaryObject(named)  # type: ignore[no-untyped-call, unused-ignore]
        note[pdf_name("/Rect")] = box
        note[pdf_name("/Contents")] = generic.pdf_string("Cantidad: 0")
        page["/Annots"].append(writer.add_object(note))
        writer.update_container(page["/Annots"])

    return with_minutes(sample, lambda pdf: update(pdf, annotate))


@defect("documents/", "SIGNED_CONTENT_CHANGED")
def signature_moved_from_another_document(sample: Sample) -> bytes:
    """A true signature of the same signer, cut out of one document and put into another of the same length."""
    pki = sample.pki
    donor, taker = (sign(blank_pdf(title), "s", pki.signer("seal"), pki.stamper()) for title in ("no ", "yes"))
    stolen = donor[donor.index(b"<30") + 1 : donor.index(b">", donor.index(b"<30"))].rstrip(b"0")
    begin = taker.index(b"<30") + 1
    end = taker.index(b">", begin)
    return with_minutes(sample, lambda _: taker[:begin] + stolen.ljust(end - begin, b"0") + taker[end:])


@defect("documents/", "SIGNATURE_DOES_NOT_COVER_REVISION")
def byte_range_with_a_gap(sample: Sample) -> bytes:
    """The range leaves out more than the signature: room for what nobody signed."""

    def widen(pdf: bytes) -> bytes:
        start = pdf.rindex(b"/ByteRange [") + len(b"/ByteRange [")
        end = pdf.index(b"]", start)
        first, length, resume, rest = map(int, pdf[start:end].split())
        wider = b"%d %d %d %d" % (first, length, resume + 64, rest - 64)
        pdf = pdf[:start] + wider.ljust(end - start) + pdf[end:]
        signing = sample.pki.signer("seal").async_sign_general_data(
            pdf[:length] + pdf[resume + 64 :], "sha256", detached=True, timestamper=sample.pki.stamper()
        )
        contents = bytes(asyncio.run(signing).dump()).hex().encode()
        return pdf[: length + 1] + contents.ljust(resume - length - 2, b"0") + pdf[resume - 1 :]

    return with_minutes(sample, widen)


@defect("documents/", "SIGNATURE_IS_NOT_PADES")
def signature_of_another_kind(sample: Sample) -> bytes:
    adobe = SigSeedSubFilter.ADOBE_PKCS7_DETACHED
    signer, stamper = sample.pki.signer("seal"), sample.pki.stamper()
    return with_minutes(sample, lambda _: sign(blank_pdf("minutes"), "s", signer, stamper, subfilter=adobe))


@defect("documents/", "CERTIFICATE_NOT_TRUSTED")
def minutes_signed_by_a_stranger(sample: Sample) -> bytes:
    signer, stamper = sample.pki.signer("stranger"), sample.pki.stamper()
    return with_minutes(sample, lambda _: sign(blank_pdf("minutes"), "s", signer, stamper))


@defect("documents/", "CERTIFICATE_NOT_TRUSTED")
def minutes_dated_by_an_unknown_authority(sample: Sample) -> bytes:
    signer, stamper = sample.pki.signer("seal"), sample.pki.stamper("foreign-tsa")
    return with_minutes(sample, lambda _: sign(blank_pdf("minutes"), "s", signer, stamper))


@defect("documents/", "CERTIFICATE_WRONG_PURPOSE")
def minutes_dated_by_a_certificate_that_is_no_authority(sample: Sample) -> bytes:
    """A root trusted for time-stamps does not make every certificate under it a time-stamping authority."""
    signer, stamper = sample.pki.signer("seal"), sample.pki.stamper("false-tsa")
    return with_minutes(sample, lambda _: sign(blank_pdf("minutes"), "s", signer, stamper))


@defect("documents/", "CERTIFICATE_REVOKED")
def minutes_signed_by_a_dismissed_clerk(sample: Sample) -> bytes:
    signer, stamper = sample.pki.signer("dismissed"), sample.pki.stamper()
    return with_minutes(sample, lambda _: sign(blank_pdf("minutes"), "s", signer, stamper))


@defect("documents/", "PDF_UNREADABLE")
def minutes_that_are_no_pdf(sample: Sample) -> bytes:
    return with_minutes(sample, lambda _: b"minutes, but not a PDF")


@defect("documents/", "SIGNED_IS_NOT_THE_SHOWN")
def clerk_signed_other_minutes_than_those_shown(sample: Sample) -> bytes:
    draft = next(one for one in sample.parts.documents if one.title == "minutes")
    other = sign(blank_pdf("other minutes"), "s", sample.pki.signer("clerk"), sample.pki.stamper())
    signed = document(other, "minutes", DocumentKind.MINUTES)
    data = {"original_sha256": draft.sha256, "signed_sha256": signed.sha256, "participant": "par_laj"}
    event = ("document_signed", [draft.sha256, signed.sha256], {**data, "means": "own_certificate"})
    parts = retell(sample.parts, lambda told: [*told, event])
    return insider(sample, replace(parts, documents=[*parts.documents, signed]))


@defect(SEAL, "CERTIFICATE_NOT_TRUSTED")
def seal_of_a_stranger(sample: Sample) -> bytes:
    seal = seal_manifest(sample.core.manifest, sample.pki.signer("stranger"))
    return with_outer(sample, seal=seal, seal_token=stamp_time(seal, sample.pki.stamper()))


@defect("manifest.json", "MANIFEST_IS_NOT_THE_SEALED_ONE")
def seal_of_another_manifest(sample: Sample) -> bytes:
    seal = seal_manifest(b"{}", sample.pki.signer("seal"))
    return with_outer(sample, seal=seal, seal_token=stamp_time(seal, sample.pki.stamper()))


@defect(SEAL, "CMS_UNREADABLE")
def seal_that_is_no_signature(sample: Sample) -> bytes:
    return with_outer(sample, seal=b"sealed, upon my word")


@defect(SEAL_TOKEN, "TIMESTAMP_OF_ANOTHER_OBJECT")
def time_stamp_of_another_seal(sample: Sample) -> bytes:
    return with_outer(sample, seal_token=stamp_time(b"another seal", sample.pki.stamper()))


@defect(SEAL, "SEAL_IS_NOT_THE_STAMPED_ONE")
def seal_made_again_after_its_time_stamp(sample: Sample) -> bytes:
    """Over the true manifest, by the true body: only the time-stamp tells that it is another."""
    return with_outer(sample, seal=seal_manifest(sample.core.manifest, sample.pki.signer("seal")))


@defect("documents/", "SIGNATURE_INVALID")
def minutes_signed_under_the_name_of_another(sample: Sample) -> bytes:
    """The clerk's certificate, but not the clerk's key."""
    pki = sample.pki
    impostor = SimpleSigner(
        signing_cert=pki.certificate("clerk"),
        signing_key=pki.signer("stranger").signing_key,
        cert_registry=pki.signer("clerk").cert_registry,
    )
    return with_minutes(sample, lambda _: sign(blank_pdf("minutes"), "s", impostor, pki.stamper()))


@defect("documents/", "CERTIFICATE_EXPIRED")
def minutes_signed_with_an_expired_certificate(sample: Sample) -> bytes:
    signer, stamper = sample.pki.signer("retired"), sample.pki.stamper()
    return with_minutes(sample, lambda _: sign(blank_pdf("minutes"), "s", signer, stamper))


@defect("documents/", "SIGNED_DOCUMENT_IS_NO_PDF")
def minutes_in_a_format_that_cannot_be_signed(sample: Sample) -> bytes:
    old = minutes_of(sample)
    documents = [replace(one, media_type="text/plain") if one is old else one for one in sample.parts.documents]
    return insider(sample, replace(sample.parts, documents=documents))


@defect("documents/", "NO_NEW_SIGNATURE")
def signing_that_added_no_signature(sample: Sample) -> bytes:
    """The journal tells of one more signature on the minutes; the paper has none more."""
    minutes = minutes_of(sample)
    data = {"original_sha256": minutes.sha256, "signed_sha256": minutes.sha256, "participant": "par_judge"}
    event = ("document_signed", [minutes.sha256], {**data, "means": "own_certificate"})
    return insider(sample, retell(sample.parts, lambda told: [*told, event]))
