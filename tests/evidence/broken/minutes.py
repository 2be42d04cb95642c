"""Minutes that the court clerk never signed, or signed otherwise: by who holds the keys of the body, not the clerk's.

Each is sealed, stamped and anchored anew by the true authorities; journal and lists fit as well as the forger can.
"""

from typing import Any

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigFieldSpec, append_signature_field

from evidence.layout import EVENTS
from evidence.pdf import read_pdf
from tests.evidence.broken.signatures import minutes_of, with_minutes
from tests.evidence.forge import defect, insider, retell
from tests.evidence.papers import Change, blank_pdf, sign, update
from tests.evidence.sample import Sample

CLERK_SIGNED, BODY_SEALED = 12, 13
"""Events of the sample."""


def drawing(writer: IncrementalPdfFileWriter) -> generic.StreamObject:
    return generic.StreamObject(stream_data=b"0 0 100 100 re f")


def draw_over_the_page(writer: IncrementalPdfFileWriter) -> None:
    page = writer.root["/Pages"]["/Kids"][0].get_object()
    page[pdf_name("/Contents")] = writer.add_object(drawing(writer))
    writer.update_container(page)


def draft_of(sample: Sample) -> bytes:
    return next(one.content for one in sample.parts.documents if one.title == "minutes")


def signed_by_the_clerk(sample: Sample) -> bytes:
    """The true revision with the true signature, which anybody can cut out of the minutes."""
    minutes = minutes_of(sample).content
    return minutes[: read_pdf(minutes).signatures[0].end]


def sealed(sample: Sample, paper: bytes, **how: Any) -> bytes:
    return sign(paper, "seal", sample.pki.signer("seal"), sample.pki.stamper(), **how)


def changed_before_the_seal(sample: Sample, change: Change) -> bytes:
    """A revision slipped in between the clerk's signature and the seal."""
    return with_minutes(sample, lambda _: sealed(sample, update(signed_by_the_clerk(sample), change)))


def told_otherwise(sample: Sample, seq: int, **data: Any) -> bytes:
    """The same papers; the journal says something else of one signing."""

    def tell(told: list[Any]) -> list[Any]:
        kind, subjects, before = told[seq]
        return [*told[:seq], (kind, subjects, {**before, **data}), *told[seq + 1 :]]

    return insider(sample, retell(sample.parts, tell))


@defect(f"{EVENTS}#{CLERK_SIGNED}", "SIGNED_REVISION_IS_NOWHERE")
def minutes_that_only_the_body_sealed(sample: Sample) -> bytes:
    return with_minutes(sample, lambda _: sealed(sample, draft_of(sample)))


@defect(f"{EVENTS}#{CLERK_SIGNED}", "SIGNED_REVISION_IS_NOWHERE")
def other_minutes_that_only_the_body_sealed(sample: Sample) -> bytes:
    return with_minutes(sample, lambda _: sealed(sample, blank_pdf("minutes with another amount")))


@defect("documents/", "CONTENT_CHANGED_BEFORE_SIGNATURE")
def minutes_drawn_over_before_the_seal_alone(sample: Sample) -> bytes:
    return with_minutes(sample, lambda _: sealed(sample, update(draft_of(sample), draw_over_the_page)))


@defect("documents/", "CONTENT_CHANGED_WITH_SIGNATURE")
def minutes_drawn_over_in_the_revision_of_the_seal(sample: Sample) -> bytes:
    return with_minutes(sample, lambda _: sealed(sample, signed_by_the_clerk(sample), change=draw_over_the_page))


@defect("documents/", "CONTENT_CHANGED_WITH_SIGNATURE")
def minutes_drawn_over_in_the_only_signed_revision(sample: Sample) -> bytes:
    """What was shown is the beginning of the file, and not what the reader sees."""
    return with_minutes(sample, lambda _: sealed(sample, draft_of(sample), change=draw_over_the_page))


def _drop_from_fields(writer: IncrementalPdfFileWriter) -> None:
    form = writer.root["/AcroForm"]
    form[pdf_name("/Fields")] = generic.ArrayObject()
    writer.update_container(form)


def _drop_field_and_stamp(writer: IncrementalPdfFileWriter) -> None:
    _drop_from_fields(writer)
    page = writer.root["/Pages"]["/Kids"][0].get_object()
    del page["/Annots"]
    draw_over_the_page(writer)


def _drop_value(writer: IncrementalPdfFileWriter) -> None:
    field = writer.root["/AcroForm"]["/Fields"][0].get_object()
    del field["/V"]
    writer.update_container(field)


def _drop_form(writer: IncrementalPdfFileWriter) -> None:
    del writer.root["/AcroForm"]
    writer.update_root()


@defect("documents/", "SIGNATURE_REMOVED")
def clerks_signature_dropped_and_the_page_drawn_over(sample: Sample) -> bytes:
    return changed_before_the_seal(sample, _drop_field_and_stamp)


@defect("documents/", "SIGNATURE_REMOVED")
def clerks_signature_dropped_from_the_fields(sample: Sample) -> bytes:
    return changed_before_the_seal(sample, _drop_from_fields)


@defect("documents/", "SIGNATURE_REMOVED")
def value_of_the_clerks_signature_removed(sample: Sample) -> bytes:
    return changed_before_the_seal(sample, _drop_value)


@defect("documents/", "SIGNATURE_REMOVED")
def whole_form_removed(sample: Sample) -> bytes:
    return changed_before_the_seal(sample, _drop_form)


@defect("documents/", "SIGNATURE_HIDDEN")
def signature_of_a_kind_that_nobody_knows(sample: Sample) -> bytes:
    """Its field is filled, and every reader passes it over."""

    def fill(writer: IncrementalPdfFileWriter) -> None:
        append_signature_field(writer, SigFieldSpec("unknown"))
        field = writer.root["/AcroForm"]["/Fields"][-1].get_object()
        named = {pdf_name("/Type"): pdf_name("/Sig"), pdf_name("/SubFilter"): pdf_name("/Own")}
        value = generic.DictionaryObject(named)  # type: ignore[no-untyped-call, unused-ignore]
        value[pdf_name("/Contents")] = generic.ByteStringObject(b"0")
        value[pdf_name("/ByteRange")] = generic.ArrayObject(map(generic.NumberObject, (0, 1, 2, 3)))
        field[pdf_name("/V")] = writer.add_object(value)

    return changed_before_the_seal(sample, fill)


@defect("documents/", "NOT_THE_SEAL_OF_THE_BODY")
def seal_cut_off_the_minutes(sample: Sample) -> bytes:
    return with_minutes(sample, lambda _: signed_by_the_clerk(sample))


@defect(f"{EVENTS}#{BODY_SEALED}", "SIGNATURE_TOLD_TWICE")
def one_signature_told_as_signature_and_as_seal(sample: Sample) -> bytes:
    return with_minutes(sample, lambda _: signed_by_the_clerk(sample))


@defect("documents/", "CERTIFICATE_OF_ANOTHER")
def clerks_signature_told_of_the_applicant(sample: Sample) -> bytes:
    return told_otherwise(sample, CLERK_SIGNED, participant="par_1")


@defect("documents/", "CERTIFICATE_OF_ANOTHER")
def seal_told_as_the_respondents_own_certificate(sample: Sample) -> bytes:
    return told_otherwise(sample, BODY_SEALED, participant="par_2", means="own_certificate")


@defect("documents/", "CERTIFICATE_OF_ANOTHER")
def authenticated_act_told_as_own_certificate(sample: Sample) -> bytes:
    return told_otherwise(sample, 7, means="own_certificate")


@defect("documents/", "NOT_THE_SEAL_OF_THE_BODY")
def authenticated_act_told_as_a_seal(sample: Sample) -> bytes:
    return told_otherwise(sample, 7, means="seal", participant="body")


@defect("documents/", "NOT_THE_SEAL_OF_THE_BODY")
def clerks_signature_told_as_a_seal(sample: Sample) -> bytes:
    return told_otherwise(sample, CLERK_SIGNED, means="seal", participant="body")


@defect(f"{EVENTS}#{BODY_SEALED}", "SEAL_IS_NOBODY_ELSES")
def seal_told_of_the_applicant(sample: Sample) -> bytes:
    return told_otherwise(sample, BODY_SEALED, participant="par_1")


@defect(f"{EVENTS}#{CLERK_SIGNED}", "SIGNER_UNKNOWN")
def signature_of_nobody_who_took_part(sample: Sample) -> bytes:
    return told_otherwise(sample, CLERK_SIGNED, participant="par_9")


@defect(f"{EVENTS}#{BODY_SEALED}", "SIGNER_UNKNOWN")
def body_told_as_a_person_with_a_certificate(sample: Sample) -> bytes:
    return told_otherwise(sample, BODY_SEALED, means="own_certificate")


def _without(sample: Sample, seq: int) -> bytes:
    return insider(sample, retell(sample.parts, lambda told: [*told[:seq], *told[seq + 1 :]]))


@defect("documents/", "SIGNATURE_NOT_IN_JOURNAL")
def clerks_signing_left_out_of_the_journal(sample: Sample) -> bytes:
    return _without(sample, CLERK_SIGNED)


@defect("documents/", "SIGNATURE_NOT_IN_JOURNAL")
def citizens_signing_left_out_of_the_journal(sample: Sample) -> bytes:
    return _without(sample, 7)


@defect("documents/", "SIGNATURE_NOT_IN_JOURNAL")
def one_more_signature_that_nobody_planned(sample: Sample) -> bytes:
    again = sample.pki.signer("acts"), sample.pki.stamper()
    return with_minutes(sample, lambda _: sealed(sample, sign(signed_by_the_clerk(sample), "more", *again)))
