"""More than validation data where there should be nothing else: in `/DSS`, with the seal or slipped in before it."""

from collections.abc import Callable

from asn1crypto import core, crl, x509
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from tests.evidence.broken.minutes import changed_before_the_seal, sealed, signed_by_the_clerk
from tests.evidence.broken.signatures import with_minutes
from tests.evidence.forge import defect
from tests.evidence.papers import Change, carrying, update
from tests.evidence.sample import Sample

AFTER, WITH, OTHERS = "CONTENT_CHANGED_AFTER_SIGNATURE", "CONTENT_CHANGED_WITH_SIGNATURE", "VALIDATION_DATA_OF_OTHERS"
LETTER = b"In truth nothing was agreed."


def true_data(sample: Sample) -> Change:
    """What the product puts there."""
    pki = sample.pki
    certificates = [pki.certificate(name) for name in ("clerk", "seal", "issuing", "tsa")]
    return carrying(certificates, [crl.CertificateList.load(one) for one in pki.revocation_lists])


def _with_more(sample: Sample, more: Callable[[IncrementalPdfFileWriter, generic.DictionaryObject], None]) -> Change:
    def change(writer: IncrementalPdfFileWriter) -> None:
        true_data(sample)(writer)
        more(writer, writer.root["/DSS"])

    return change


def _stream(
    name: str, data: bytes, **entries: generic.PdfObject
) -> Callable[[IncrementalPdfFileWriter, generic.DictionaryObject], None]:
    def more(writer: IncrementalPdfFileWriter, store: generic.DictionaryObject) -> None:
        named = {pdf_name(f"/{key}"): value for key, value in entries.items()}
        store[name].append(writer.add_object(generic.StreamObject(named, stream_data=data)))

    return more


def _noted(writer: IncrementalPdfFileWriter, store: generic.DictionaryObject) -> None:
    store[pdf_name("/VRI")] = generic.DictionaryObject({pdf_name("/" + "A" * 40): generic.DictionaryObject()})


@defect("documents/", OTHERS)
def validation_data_that_are_a_letter_in_der(sample: Sample) -> bytes:
    letter = core.Sequence(contents=core.UTF8String(LETTER.decode()).dump()).dump()
    change = _with_more(sample, _stream("/CRLs", letter))
    return with_minutes(sample, lambda _: sealed(sample, signed_by_the_clerk(sample), change=change))


@defect("documents/", "PDF_UNREADABLE")
def validation_data_that_are_a_letter(sample: Sample) -> bytes:
    change = _with_more(sample, _stream("/CRLs", LETTER))
    return with_minutes(sample, lambda _: sealed(sample, signed_by_the_clerk(sample), change=change))


@defect("documents/", AFTER)
def bytes_behind_a_list_before_the_seal(sample: Sample) -> bytes:
    return changed_before_the_seal(
        sample, _with_more(sample, _stream("/CRLs", sample.pki.revocation_lists[0] + LETTER))
    )


@defect("documents/", WITH)
def bytes_behind_a_certificate(sample: Sample) -> bytes:
    change = _with_more(sample, _stream("/Certs", sample.pki.certificate("foreign-root").dump() + LETTER))
    return with_minutes(sample, lambda _: sealed(sample, signed_by_the_clerk(sample), change=change))


@defect("documents/", WITH)
def entries_in_the_stream_of_a_certificate(sample: Sample) -> bytes:
    certificate = sample.pki.certificate("official").dump()
    change = _with_more(sample, _stream("/Certs", certificate, Desc=generic.pdf_string(LETTER.decode())))
    return with_minutes(sample, lambda _: sealed(sample, signed_by_the_clerk(sample), change=change))


@defect("documents/", WITH)
def lists_by_signature_that_nobody_planned(sample: Sample) -> bytes:
    change = _with_more(sample, _noted)
    return with_minutes(sample, lambda _: sealed(sample, signed_by_the_clerk(sample), change=change))


@defect("documents/", WITH)
def validation_data_taken_out_again(sample: Sample) -> bytes:
    def emptied(writer: IncrementalPdfFileWriter) -> None:
        writer.root["/DSS"][pdf_name("/CRLs")] = generic.ArrayObject()
        writer.update_container(writer.root["/DSS"])

    before = update(signed_by_the_clerk(sample), true_data(sample))
    return with_minutes(sample, lambda _: sealed(sample, before, change=emptied))


def _carrying_too(sample: Sample, certificate: x509.Certificate) -> bytes:
    change = _with_more(sample, _stream("/Certs", certificate.dump()))
    return with_minutes(sample, lambda _: sealed(sample, signed_by_the_clerk(sample), change=change))


@defect("documents/", OTHERS)
def certificate_of_somebody_who_did_not_sign(sample: Sample) -> bytes:
    return _carrying_too(sample, sample.pki.certificate("citizen"))


@defect("documents/", OTHERS)
def certificate_that_its_authority_did_not_sign(sample: Sample) -> bytes:
    forged = sample.pki.certificate("issuing").copy()
    forged["signature_value"] = b"\0" * 70
    return _carrying_too(sample, x509.Certificate.load(forged.dump(force=True)))


@defect("documents/", OTHERS)
def list_that_its_authority_did_not_sign(sample: Sample) -> bytes:
    forged = crl.CertificateList.load(sample.pki.revocation_lists[1])
    forged["signature"] = b"\0" * 70
    change = _with_more(sample, _stream("/CRLs", forged.dump(force=True)))
    return with_minutes(sample, lambda _: sealed(sample, signed_by_the_clerk(sample), change=change))
