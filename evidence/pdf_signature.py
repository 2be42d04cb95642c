"""One signature or document time-stamp of a PDF: what it covers, how it is written, and whether anything came with it
or after it."""

import re
from dataclasses import dataclass
from typing import Final

from asn1crypto.cms import ContentInfo
from pyhanko.sign.fields import MDPPerm
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import SignatureCoverageLevel

from evidence.cms import CmsSignature, CmsUnreadable, TimeToken, read_cms, read_token
from evidence.revisions import History
from evidence.strict_cms import is_strict

__all__ = ["PdfSignature", "PdfUnreadable", "byte_range", "read_signature"]

PADES_SUBFILTERS: Final = ("/ETSI.CAdES.detached", "/ETSI.RFC3161")
"""ETSI EN 319 142-1: the only encodings of a PAdES signature and of a document time-stamp."""
DIGITS: Final = re.compile(rb"[0-9a-f]*|[0-9A-F]*")
"""Of one case, and without the spaces that a reader of PDF would pass over."""


class PdfUnreadable(Exception):
    """The bytes are not a PDF whose signatures can be read."""


@dataclass(frozen=True, slots=True)
class PdfSignature:
    """One signature or document time-stamp of a PDF."""

    field: str
    begin: int
    """Offset of the signature itself: the bytes before it were there when it was made."""
    end: int
    """Offset at which the revision that it signs ends."""
    revision: int
    """Of the file, from 0, in which it was added."""
    pades: bool
    strict: bool
    """Written in the one way that there is, with nothing around it."""
    covers_revision: bool
    """Its ByteRange is the whole revision but for the signature itself: nothing hides in a gap."""
    covers_file: bool
    alone: bool
    """The revision that brought it brought nothing else."""
    unchanged: bool
    """What was appended later, if anything, is only more signatures and validation data."""
    cms: CmsSignature | None
    """The signature; `None` for a document time-stamp."""
    token: TimeToken | None
    """The signature's time-stamp, or the document time-stamp itself."""


def byte_range(signature: EmbeddedPdfSignature) -> tuple[int, int, int, int]:
    first, length, resume, rest = map(int, signature.byte_range)
    return first, length, resume, rest


def read_signature(signature: EmbeddedPdfSignature, history: History, content: bytes) -> PdfSignature:
    signature.compute_integrity_info(skip_diff=True)  # type: ignore[no-untyped-call, unused-ignore]
    later = set(range(signature.signed_revision + 1, history.revisions))
    forbidden = bool(later) and signature.docmdp_level == MDPPerm.NO_CHANGES
    is_token = signature.sig_object_type == "/DocTimeStamp"
    try:
        cms = None if is_token else read_cms(signature.signed_data, signature.compute_digest)
        token = read_token(signature.signed_data, signature.compute_digest) if cms is None else cms.token
    except CmsUnreadable as error:
        raise PdfUnreadable(f"{signature.field_name}: {error}") from error
    _, length, resume, rest = byte_range(signature)
    return PdfSignature(
        field=str(signature.field_name),
        begin=length,
        end=resume + rest,
        revision=signature.signed_revision,
        pades=signature.sig_object.get("/SubFilter") == PADES_SUBFILTERS[is_token],
        strict=_is_strict(signature.pkcs7_content, content[length:resume]),
        covers_revision=signature.coverage >= SignatureCoverageLevel.ENTIRE_REVISION and _no_gap(signature),
        covers_file=signature.coverage == SignatureCoverageLevel.ENTIRE_FILE,
        alone=signature.signed_revision not in history.broken,
        unchanged=not later & history.broken and not forbidden,
        cms=cms,
        token=token,
    )


def _is_strict(padded: bytes, written: bytes) -> bool:
    """The signature and zeros after it; its hexadecimal digits all of one case (ISO 32000-2, 12.8.1)."""
    der = ContentInfo.load(padded).dump()
    digits = written[1:-1]
    return is_strict(der) and not padded[len(der) :].strip(b"\0") and DIGITS.fullmatch(digits) is not None


def _no_gap(signature: EmbeddedPdfSignature) -> bool:
    """The hole in the ByteRange is exactly the hexadecimal signature with its two brackets (ISO 32000-2,
    12.8.1)."""
    start, length, resume, _ = signature.byte_range
    return bool(start == 0 and resume == length + 2 * len(signature.pkcs7_content) + 2)
