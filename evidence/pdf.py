"""The signatures and attachments of one PDF, read with pyHanko: what they cover, and whether anything came
after."""

import io
import sys
import threading
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import chain
from typing import Any, Final

from asn1crypto import crl, ocsp
from asn1crypto.cms import ContentInfo
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import MDPPerm, enumerate_sig_fields
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import SignatureCoverageLevel

from evidence.certificates import RevocationEvidence
from evidence.cms import CmsSignature, CmsUnreadable, TimeToken, read_cms, read_token
from evidence.limits import (
    MAX_ATTACHMENT_BYTES,
    MAX_ATTACHMENTS_BYTES,
    MAX_NAME_TREE_DEPTH,
    MAX_NAME_TREE_NODES,
    MAX_PDF_RECURSION,
    MAX_SIGNATURES_PER_PDF,
)
from evidence.pdf_content import warnings_of
from evidence.revisions import History, review
from evidence.stamps import pages_of
from evidence.strict_cms import is_strict

__all__ = ["PdfSignature", "PdfUnreadable", "SignedPdf", "read_pdf"]

PADES_SUBFILTERS: Final = ("/ETSI.CAdES.detached", "/ETSI.RFC3161")
"""ETSI EN 319 142-1: the only encodings of a PAdES signature and of a document time-stamp."""

STACK_BYTES: Final = 256 * 1024**2
"""Reserved, not used, until it is needed."""


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


@dataclass(frozen=True, slots=True)
class SignedPdf:
    """What the verifier takes from one PDF."""

    signatures: tuple[PdfSignature, ...]
    """Those of the form as it is now, in the order in which they were made."""
    lost: tuple[str, ...]
    """Fields of signatures that an earlier revision holds and the form no longer does."""
    unread: int
    """Signatures somewhere in the file that the form does not speak of, or whose kind nobody knows."""
    revisions: int
    pages: int
    warnings: tuple[str, ...]
    """Codes of what is in it that a paper cannot have."""
    attachments: Mapping[str, tuple[bytes, ...]]
    """Embedded files by name. Several of one name are all kept: one must not hide another."""
    evidence: RevocationEvidence
    """Certificates and revocation data embedded in the document (its DSS)."""


def read_pdf(content: bytes) -> SignedPdf:
    """Read one PDF; `PdfUnreadable` when it, or a signature in it, cannot be read."""
    return _on_deep_stack(lambda: _read(content))


def _on_deep_stack(read: Callable[[], SignedPdf]) -> SignedPdf:
    """In a thread whose stack is large enough for `MAX_PDF_RECURSION` frames."""
    frames, stack = sys.getrecursionlimit(), threading.stack_size(STACK_BYTES)
    sys.setrecursionlimit(max(frames, MAX_PDF_RECURSION))
    try:
        with ThreadPoolExecutor(max_workers=1) as thread:
            return thread.submit(read).result()
    finally:
        threading.stack_size(stack)
        sys.setrecursionlimit(frames)


def _read(content: bytes) -> SignedPdf:
    try:
        reader = PdfFileReader(io.BytesIO(content), strict=True)
        embedded = list(reader.embedded_signatures)
        if len(embedded) > MAX_SIGNATURES_PER_PDF:
            raise PdfUnreadable("too many signatures")
        history = review(reader, content)
        signatures = tuple(_read_signature(signature, history, content) for signature in embedded)
        return SignedPdf(
            signatures=signatures,
            lost=history.lost,
            unread=len(history.ranges - {_range(signature) for signature in embedded}) + _unknown(reader, embedded),
            revisions=history.revisions,
            pages=sum(1 for _ in pages_of(reader.root)),
            warnings=warnings_of(reader.root),
            attachments=_attachments(reader, embedded),
            evidence=_embedded_evidence(reader),
        )
    except PdfUnreadable:
        raise
    except (Exception, RecursionError) as error:
        # scar: a hostile PDF makes the parser raise nearly anything; none of it may end the verifier
        raise PdfUnreadable(f"{type(error).__name__}: {error}") from error


def _range(signature: EmbeddedPdfSignature) -> tuple[int, int, int, int]:
    first, length, resume, rest = map(int, signature.byte_range)
    return first, length, resume, rest


def _unknown(reader: PdfFileReader, embedded: Sequence[EmbeddedPdfSignature]) -> int:
    """Filled fields that pyHanko passes over, because it does not know their kind of signature."""
    return sum(1 for _ in enumerate_sig_fields(reader, filled_status=True)) - len(embedded)


def _read_signature(signature: EmbeddedPdfSignature, history: History, content: bytes) -> PdfSignature:
    signature.compute_integrity_info(skip_diff=True)  # type: ignore[no-untyped-call, unused-ignore]
    later = set(range(signature.signed_revision + 1, history.revisions))
    forbidden = bool(later) and signature.docmdp_level == MDPPerm.NO_CHANGES
    is_token = signature.sig_object_type == "/DocTimeStamp"
    try:
        cms = None if is_token else read_cms(signature.signed_data, signature.compute_digest)
        token = read_token(signature.signed_data, signature.compute_digest) if cms is None else cms.token
    except CmsUnreadable as error:
        raise PdfUnreadable(f"{signature.field_name}: {error}") from error
    _, length, resume, rest = _range(signature)
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
    return is_strict(der) and not padded[len(der) :].strip(b"\0") and digits in (digits.lower(), digits.upper())


def _no_gap(signature: EmbeddedPdfSignature) -> bool:
    """The hole in the ByteRange is exactly the hexadecimal signature with its two brackets (ISO 32000-2,
    12.8.1)."""
    start, length, resume, _ = signature.byte_range
    return bool(start == 0 and resume == length + 2 * len(signature.pkcs7_content) + 2)


def _attachments(reader: PdfFileReader, signatures: Sequence[EmbeddedPdfSignature]) -> dict[str, tuple[bytes, ...]]:
    """Files of the document's name tree, and files associated with the visible stamp of a signature.

    A record travels with its stamp (ISO 32000-2, 14.13.6): in the name tree, that of a second signer would be
    a change of what the first one signed.
    """
    names = _at(reader.root, "/Names", {})
    specifications = _name_tree(_at(names, "/EmbeddedFiles", {}), 0)
    for signature in signatures:
        stamp = _at(_at(signature.sig_field, "/AP", {}), "/N", {})
        specifications = chain(specifications, (one.get_object() for one in _at(stamp, "/AF", ())))
    found: dict[str, tuple[bytes, ...]] = {}
    size = 0
    for visits, specification in enumerate(specifications):
        if visits >= MAX_NAME_TREE_NODES:
            raise PdfUnreadable("too many attachments")
        if specification is not None:
            name, content = _file(specification)
            size += len(content)
            if size > MAX_ATTACHMENTS_BYTES:
                raise PdfUnreadable("attachments too large")
            found[name] = (*found.get(name, ()), content)
    return found


def _name_tree(node: Any, depth: int) -> Iterator[Any]:
    """The file specifications below a node; `None` for the node itself, so that every visit is counted."""
    if depth > MAX_NAME_TREE_DEPTH:
        raise PdfUnreadable("name tree too deep")
    yield None
    for kid in _at(node, "/Kids", ()):
        yield from _name_tree(kid.get_object(), depth + 1)
    for specification in list(_at(node, "/Names", ()))[1::2]:
        yield specification.get_object()


def _file(specification: Any) -> tuple[str, bytes]:
    name = _at(specification, "/UF", None) or _at(specification, "/F", "")
    return str(name), _inflate(_at(_at(specification, "/EF", {}), "/F", None))


def _at(dictionary: Any, key: str, default: Any) -> Any:
    """A value, followed through any reference: `get` of pyHanko's dictionaries does not always follow."""
    return dictionary[key].get_object() if key in dictionary else default


def _inflate(stream: generic.StreamObject) -> bytes:
    raw: bytes = stream.encoded_data
    filters = _at(stream, "/Filter", generic.ArrayObject())
    applied = [filters] if isinstance(filters, generic.NameObject) else list(filters)
    if not applied:
        return raw
    if applied != ["/FlateDecode"]:
        raise PdfUnreadable("attachment in an unexpected encoding")
    return zlib.decompressobj().decompress(raw, MAX_ATTACHMENT_BYTES)


def _embedded_evidence(reader: PdfFileReader) -> RevocationEvidence:
    if "/DSS" not in reader.root:
        return RevocationEvidence()
    store = DocumentSecurityStore.read_dss(reader)
    return RevocationEvidence(
        tuple(store.load_certs()),
        tuple(crl.CertificateList.load(reference.get_object().data) for reference in store.crls),
        tuple(ocsp.OCSPResponse.load(reference.get_object().data) for reference in store.ocsps),
    )
