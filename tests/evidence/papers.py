"""Real PDFs and real signatures on them, as the procedure would make them."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import pikepdf
from asn1crypto import crl, x509
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.embed import EmbeddedFileObject, FileSpec
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, PdfTimeStamper, SimpleSigner
from pyhanko.sign.timestamps import TimeStamper
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.stamp import TextStamp, TextStampStyle

from evidence.cms import digest_of

NAMELESS: Mapping[str, Any] = {"description": "", "filename": "document.json", "creation_date": "", "mod_date": ""}
"""What a PDF may say of a file in it, always the same."""
Change = Callable[[IncrementalPdfFileWriter], None]


def update(pdf: bytes, change: Change) -> bytes:
    """One more revision, as any PDF editor appends it."""
    writer = IncrementalPdfFileWriter(BytesIO(pdf))
    change(writer)
    out = BytesIO()
    writer.write(out)  # type: ignore[no-untyped-call, unused-ignore]
    return out.getvalue()


def carrying(certificates: Sequence[x509.Certificate], lists: Sequence[crl.CertificateList]) -> Change:
    """What makes a signature one of level B-LT, in the revision in which it is made."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        DocumentSecurityStore.supply_dss_in_writer(writer, None, certs=certificates, crls=lists)

    return change


def blank_pdf(title: str, pages: int = 1, headings: int = 0) -> bytes:
    """A PDF of blank pages, the same bytes every time. `headings`: entries of its outline."""
    with pikepdf.new() as pdf:
        for _ in range(pages):
            pdf.add_blank_page()
        with pdf.open_outline() as outline:
            outline.root.extend(pikepdf.OutlineItem(f"Heading {number}", 0) for number in range(headings))
        pdf.docinfo["/Title"] = title
        out = BytesIO()
        pdf.save(out, static_id=True)
    return out.getvalue()


def with_words(pdf: bytes, words: bytes) -> bytes:
    """A PDF that carries its words beside its pages."""
    with pikepdf.open(BytesIO(pdf)) as opened:
        opened.attachments["document.json"] = pikepdf.AttachedFileSpec(
            opened, words, mime_type="application/json", **NAMELESS
        )
        out = BytesIO()
        opened.save(out, static_id=True)
    return out.getvalue()


@dataclass(frozen=True)
class RecordStampStyle(TextStampStyle):  # type: ignore[misc, unused-ignore]
    """A stamp that carries the evidence record as an associated file, as the product's does."""

    records: Sequence[tuple[str, bytes]] = ()
    drawing: bytes | None = None
    """One bit a pixel, 480 by 240."""

    def create_stamp(self, writer: Any, box: Any, text_params: Any) -> "RecordStamp":
        return RecordStamp(writer=writer, style=self, box=box, text_params=text_params)


class RecordStamp(TextStamp):  # type: ignore[misc, unused-ignore]
    def as_form_xobject(self) -> generic.StreamObject:
        stamp = super().as_form_xobject()
        assert self.writer is not None
        specifications = [
            FileSpec(name, name, EmbeddedFileObject.from_file_data(self.writer, content)).as_pdf_object()
            for name, content in self.style.records
        ]
        if specifications:
            stamp[pdf_name("/AF")] = generic.ArrayObject(map(self.writer.add_object, specifications))
        if self.style.drawing is not None:
            resources = stamp.setdefault(pdf_name("/Resources"), generic.DictionaryObject())
            pictures = resources.setdefault(pdf_name("/XObject"), generic.DictionaryObject())
            pictures[pdf_name("/Hand")] = self.writer.add_object(stencil(self.style.drawing))
        return stamp


def stencil(bitmap: bytes) -> generic.StreamObject:
    named = {"/Subtype": pdf_name("/Image"), "/ImageMask": generic.BooleanObject(True)}
    numbers = {"/Width": 480, "/Height": 240, "/BitsPerComponent": 1}
    entries = {**named, **{name: generic.NumberObject(value) for name, value in numbers.items()}}
    return generic.StreamObject({pdf_name(name): value for name, value in entries.items()}, stream_data=bitmap)


def sign(
    pdf: bytes,
    field: str,
    signer: SimpleSigner,
    stamper: TimeStamper | None,
    *records: tuple[str, bytes],
    subfilter: SigSeedSubFilter = SigSeedSubFilter.PADES,
    page: int = -1,
    box: tuple[int, int, int, int] | None = None,
    change: Change | None = None,
    drawing: bytes | None = None,
) -> bytes:
    """`pdf` with one more signature (PAdES B-T, or B-B without `stamper`), as an incremental update.

    `change`: made in the same revision.
    """
    writer = IncrementalPdfFileWriter(BytesIO(pdf))
    if change is not None:
        change(writer)
    row, column = divmod(pdf.count(b"/ByteRange"), 3)
    x, y = 20 + 190 * column, 10 + 45 * row
    spec = SigFieldSpec(field, on_page=page, box=box or (x, y, x + 180, y + 40))
    style = RecordStampStyle(stamp_text="Firmado", records=records, drawing=drawing)
    metadata = PdfSignatureMetadata(field_name=field, md_algorithm="sha256", subfilter=subfilter)
    made = PdfSigner(metadata, signer, timestamper=stamper, stamp_style=style, new_field_spec=spec)
    return bytes(asyncio.run(made.async_sign_pdf(writer)).getvalue())


def stamp_document(pdf: bytes, field: str, stamper: TimeStamper, change: Change | None = None) -> bytes:
    """`pdf` with a time-stamp over all of it: what follows a signature of level B-LTA."""
    writer = IncrementalPdfFileWriter(BytesIO(pdf))
    if change is not None:
        change(writer)
    return bytes(asyncio.run(PdfTimeStamper(stamper, field).async_timestamp_pdf(writer, "sha256")).getvalue())


def seal_manifest(manifest: bytes, signer: SimpleSigner) -> bytes:
    """The body's seal: a detached CMS signature, DER."""
    sealing = signer.async_sign_general_data(manifest, "sha256", detached=True, use_cades=True)
    return bytes(asyncio.run(sealing).dump())


def stamp_time(data: bytes, stamper: TimeStamper) -> bytes:
    """An RFC 3161 token over `data`, DER."""
    return bytes(asyncio.run(stamper.async_timestamp(digest_of(data)("sha256"), "sha256")).dump())
