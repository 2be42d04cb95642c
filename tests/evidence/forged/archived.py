"""Minutes of level B-LTA whose time-stamp over the whole document is missing, or is not what it has to be."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from asn1crypto import cms, crl
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.timestamps import TimeStamper

from tests.evidence.authorities import Authorities
from tests.evidence.forge import insider
from tests.evidence.forged.forgery import FORGERIES, Forgery
from tests.evidence.held import TYPE, Script, hold
from tests.evidence.papers import Change, blank_pdf, carrying, stamp_document
from tests.evidence.sample import Sample

__all__ = ["archived", "validation_data"]

FIELD = "timestamp-1"
PLANNED = {"document": "minutes", "signers": ["body"], "method": "seal", "level": "B-LTA"}
PLANNING = {**TYPE, "procedure": {**TYPE["procedure"], "signatures": [PLANNED]}}
"""The type of an act whose minutes are time-stamped as a whole."""

Stamp = Callable[[Sample, bytes], bytes]


def validation_data(pki: Authorities) -> Change:
    """All that the signatures of the minutes and their time-stamps are validated with."""
    certificates = [pki.certificate(name) for name in ("clerk", "seal", "issuing", "tsa")]
    return carrying(certificates, [crl.CertificateList.load(one) for one in pki.revocation_lists])


def archived(sample: Sample, stamp: Stamp | None = None, **changes: Any) -> Script:
    """An act as the product holds it: announced in type and journal, and stamped by the true authority."""
    make = stamp or (lambda one, pdf: stamp_document(pdf, FIELD, one.pki.stamper()))
    told: dict[str, Any] = {"type": PLANNING, "level": "B-LTA", "sealed_with": validation_data(sample.pki)}
    return Script(sample.pki, **{**told, "after_seal": lambda pdf: make(sample, pdf), **changes})


def forged(name: str, code: str, stamp: Stamp, *, where: str = "documents/", open_: bool = False, **how: Any) -> None:
    def make(sample: Sample) -> bytes:
        return insider(sample, hold(archived(sample, stamp, **how)))

    FORGERIES.append(Forgery(name, make, where, code, open_))


def by(authority: str, ahead: timedelta = timedelta()) -> Stamp:
    return lambda sample, pdf: stamp_document(pdf, FIELD, sample.pki.stamper(authority, ahead))


def nothing(sample: Sample, pdf: bytes) -> bytes:
    return pdf


class OfAnother(TimeStamper):  # type: ignore[misc, unused-ignore]
    """Gives a true token, over other bytes than it is asked for."""

    def __init__(self, true: TimeStamper) -> None:
        super().__init__()  # type: ignore[no-untyped-call, unused-ignore]
        self._true = true

    async def async_timestamp(self, message_digest: bytes, md_algorithm: str) -> cms.ContentInfo:
        return await self._true.async_timestamp(bytes(32), md_algorithm)

    async def async_dummy_response(self, md_algorithm: str) -> cms.ContentInfo:
        return await self._true.async_dummy_response(md_algorithm)


def of_another_revision(sample: Sample, pdf: bytes) -> bytes:
    return stamp_document(pdf, FIELD, OfAnother(sample.pki.stamper()))


def with_a_drawing(sample: Sample, pdf: bytes) -> bytes:
    return stamp_document(pdf, FIELD, sample.pki.stamper(), _drawn_over)


def _drawn_over(writer: IncrementalPdfFileWriter) -> None:
    from tests.evidence.broken.minutes import draw_over_the_page

    draw_over_the_page(writer)


def of_other_minutes(sample: Sample, pdf: bytes) -> bytes:
    """The whole revision with the time-stamp, cut out of another document."""
    other = blank_pdf("other minutes")
    return pdf + stamp_document(other, FIELD, sample.pki.stamper())[len(other) :]


MISSING = "DOCUMENT_TIMESTAMP_MISSING"
forged("no time-stamp over the minutes, though announced", MISSING, nothing)
forged("no time-stamp over the minutes, and the journal announces none", MISSING, nothing, level="B-LT")
forged("no time-stamp over the minutes, and the journal is silent", MISSING, nothing, level=None)
forged("a time-stamp over the minutes announced by the journal alone", MISSING, nothing, type=TYPE)
forged("the token over the minutes is of another revision", "SIGNED_CONTENT_CHANGED", of_another_revision)
forged("the time-stamp over the minutes is that of others", "PDF_UNREADABLE", of_other_minutes)
forged("the minutes are stamped by an authority that nobody trusts", "CERTIFICATE_NOT_TRUSTED", by("foreign-tsa"))
forged("the minutes are stamped by a certificate that is for signing", "CERTIFICATE_WRONG_PURPOSE", by("false-tsa"))
forged("the minutes are stamped by an authority whose certificate had ended", "CERTIFICATE_EXPIRED", by("ended-tsa"))
forged(
    "the minutes are stamped before they were signed", "DOCUMENT_TIMESTAMP_TOO_EARLY", by("tsa", -timedelta(hours=1))
)
forged("the minutes are stamped after the seal on the bundle", "SIGNED_AFTER_THE_SEAL", by("tsa", timedelta(hours=1)))
forged(
    "the minutes are stamped when the first time-stamp had ended",
    "DOCUMENT_TIMESTAMP_TOO_LATE",
    by("lasting-tsa", timedelta(days=500)),
    open_=True,
)
forged("a drawing comes with the time-stamp over the minutes", "CONTENT_CHANGED_WITH_SIGNATURE", with_a_drawing)
forged(
    "the seal brings nothing to be validated with", "VALIDATION_DATA_MISSING", nothing, sealed_with=None, level="B-LT"
)
