"""What is slipped into signed minutes between the clerk's signature and the seal, and pictures where none may stand."""

from collections.abc import Callable
from typing import Any

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name, pdf_string
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigFieldSpec, append_signature_field

from tests.evidence.broken.minutes import changed_before_the_seal, drawing, sealed, signed_by_the_clerk
from tests.evidence.broken.signatures import with_minutes
from tests.evidence.forge import defect
from tests.evidence.papers import blank_pdf, sign, update
from tests.evidence.sample import Sample

AFTER = "CONTENT_CHANGED_AFTER_SIGNATURE"
WITH = "CONTENT_CHANGED_WITH_SIGNATURE"


def _dictionary(**entries: Any) -> generic.DictionaryObject:
    return generic.DictionaryObject({pdf_name(f"/{key}"): value for key, value in entries.items()})  # type: ignore[no-untyped-call, unused-ignore]


def _box(*edges: float) -> generic.ArrayObject:
    return generic.ArrayObject(map(generic.FloatObject, edges))


def _paint(writer: IncrementalPdfFileWriter, field: Any) -> None:
    """The field gets a picture on the page."""
    picture = drawing(writer)
    for key, value in (("Type", "XObject"), ("Subtype", "Form")):
        picture[pdf_name(f"/{key}")] = pdf_name(f"/{value}")
    picture[pdf_name("/BBox")] = _box(0, 0, 100, 100)
    field[pdf_name("/AP")] = _dictionary(N=writer.add_object(picture))


def _empty_field(writer: IncrementalPdfFileWriter, box: tuple[int, int, int, int]) -> None:
    append_signature_field(writer, SigFieldSpec("empty", on_page=0, box=box))
    field = writer.root["/AcroForm"]["/Fields"][-1].get_object()
    _paint(writer, field)
    writer.update_container(field)


@defect("documents/", AFTER)
def empty_signature_field_that_paints_an_amount(sample: Sample) -> bytes:
    return changed_before_the_seal(sample, lambda writer: _empty_field(writer, (100, 400, 300, 450)))


@defect("documents/", AFTER)
def empty_signature_field_at_the_foot(sample: Sample) -> bytes:
    return changed_before_the_seal(sample, lambda writer: _empty_field(writer, (400, 100, 550, 140)))


@defect("documents/", WITH)
def empty_signature_field_in_the_revision_of_the_seal(sample: Sample) -> bytes:
    def change(writer: IncrementalPdfFileWriter) -> None:
        _empty_field(writer, (100, 400, 300, 450))

    return with_minutes(sample, lambda _: sealed(sample, signed_by_the_clerk(sample), change=change))


def _with_text_field(sample: Sample) -> bytes:
    """Minutes with a form field in them, and a clerk's signature over it."""

    def add(writer: IncrementalPdfFileWriter) -> None:
        field = _dictionary(
            FT=pdf_name("/Tx"), T=pdf_string("amount"), V=pdf_string("1.200,00"), Subtype=pdf_name("/Widget"),
            Rect=_box(100, 400, 300, 450), Type=pdf_name("/Annot"),
        )  # fmt: skip
        _paint(writer, field)
        reference = writer.add_object(field)
        page = writer.root["/Pages"]["/Kids"][0].get_object()
        page[pdf_name("/Annots")] = generic.ArrayObject([reference])
        writer.update_container(page)
        writer.root[pdf_name("/AcroForm")] = _dictionary(Fields=generic.ArrayObject([reference]))
        writer.update_root()

    form = update(blank_pdf("minutes"), add)
    return sign(form, "certificate-laj", sample.pki.signer("clerk"), sample.pki.stamper())


def _fill(writer: IncrementalPdfFileWriter) -> None:
    field = writer.root["/AcroForm"]["/Fields"][0].get_object()
    field[pdf_name("/V")] = pdf_string("9.999,00")
    writer.update_container(field)


@defect("documents/", AFTER)
def form_field_filled_in_after_the_clerk_signed(sample: Sample) -> bytes:
    return with_minutes(sample, lambda _: sealed(sample, update(_with_text_field(sample), _fill)))


@defect("documents/", AFTER)
def picture_of_a_form_field_changed_after_the_clerk_signed(sample: Sample) -> bytes:
    def change(writer: IncrementalPdfFileWriter) -> None:
        field = writer.root["/AcroForm"]["/Fields"][0].get_object()
        _paint(writer, field)
        _fill(writer)

    return with_minutes(sample, lambda _: sealed(sample, update(_with_text_field(sample), change)))


@defect("documents/", AFTER)
def title_changed_after_the_clerk_signed(sample: Sample) -> bytes:
    return changed_before_the_seal(sample, _telling("/Title", "Other minutes"))


@defect("documents/", AFTER)
def author_added_after_the_clerk_signed(sample: Sample) -> bytes:
    return changed_before_the_seal(sample, _telling("/Author", "Somebody"))


@defect("documents/", WITH)
def title_changed_in_the_revision_of_the_seal(sample: Sample) -> bytes:
    change = _telling("/Title", "Other minutes")
    return with_minutes(sample, lambda _: sealed(sample, signed_by_the_clerk(sample), change=change))


@defect("documents/", AFTER)
def xmp_changed_after_the_clerk_signed(sample: Sample) -> bytes:
    def change(pdf: bytes) -> bytes:
        def describe(writer: IncrementalPdfFileWriter) -> None:
            writer._meta.title = "Other minutes"
            writer.update_root()

        return update(pdf, describe)

    return with_minutes(sample, lambda _: sealed(sample, change(signed_by_the_clerk(sample))))


def _on_form(key: str, value: Any) -> Any:
    def change(writer: IncrementalPdfFileWriter) -> None:
        form = writer.root["/AcroForm"]
        form[pdf_name(key)] = value
        writer.update_container(form)

    return change


@defect("documents/", AFTER)
def readers_told_to_draw_the_form_anew(sample: Sample) -> bytes:
    return changed_before_the_seal(sample, _on_form("/NeedAppearances", generic.BooleanObject(True)))


@defect("documents/", AFTER)
def default_appearance_given_to_the_form(sample: Sample) -> bytes:
    return changed_before_the_seal(sample, _on_form("/DA", pdf_string("/Helv 0 Tf 0 g")))


@defect("documents/", AFTER)
def resources_given_to_the_form(sample: Sample) -> bytes:
    return changed_before_the_seal(sample, _on_form("/DR", _dictionary()))


@defect("documents/", AFTER)
def marks_of_structure_changed_after_the_clerk_signed(sample: Sample) -> bytes:
    def change(writer: IncrementalPdfFileWriter) -> None:
        writer.root[pdf_name("/MarkInfo")] = _dictionary(Marked=generic.BooleanObject(True))
        writer.update_root()

    return changed_before_the_seal(sample, change)


@defect("documents/", WITH)
def stamp_of_the_seal_laid_over_the_text(sample: Sample) -> bytes:
    box = (100, 400, 300, 450)
    return with_minutes(sample, lambda _: sealed(sample, signed_by_the_clerk(sample), box=box))


@defect("documents/", WITH)
def stamp_of_the_seal_laid_over_the_clerks(sample: Sample) -> bytes:
    box = (20, 10, 200, 50)
    return with_minutes(sample, lambda _: sealed(sample, signed_by_the_clerk(sample), box=box))


@defect("documents/", WITH)
def stamp_of_the_seal_on_an_earlier_page(sample: Sample) -> bytes:
    clerk = sample.pki.signer("clerk"), sample.pki.stamper()
    signed = sign(blank_pdf("minutes", 2), "certificate-laj", *clerk)
    return with_minutes(sample, lambda _: sealed(sample, signed, page=0))


def _telling(key: str, text: str) -> Callable[[IncrementalPdfFileWriter], None]:
    """The change that says so among the facts about the document."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        info = writer.trailer["/Info"]
        info[pdf_name(key)] = pdf_string(text)
        writer.update_container(info)

    return change
