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
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import DiffResult, ModificationLevel
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
    pades: bool
    covers_revision: bool
    """Its ByteRange is the whole revision but for the signature itself: nothing hides in a gap."""
    covers_file: bool
    unchanged: bool
    """What was appended later, if anything, is only more signatures and validation data (strict policy)."""
    cms: CmsSignature | None
    """The signature; `None` for a document time-stamp."""
    token: TimeToken | None
    """The signature's time-stamp, or the document time-stamp itself."""


@dataclass(frozen=True, slots=True)
class SignedPdf:
    """What the verifier takes from one PDF."""

    signatures: tuple[PdfSignature, ...]
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
        signatures = tuple(_read_signature(signature) for signature in embedded)
        return SignedPdf(signatures, _attachments(reader, embedded), _embedded_evidence(reader))
    except PdfUnreadable:
        raise
    except (Exception, RecursionError) as error:
        # scar: a hostile PDF makes the parser raise nearly anything; none of it may end the verifier
        raise PdfUnreadable(f"{type(error).__name__}: {error}") from error


def _read_signature(signature: EmbeddedPdfSignature) -> PdfSignature:
    signature.compute_integrity_info()  # type: ignore[no-untyped-call, unused-ignore]
    change = signature.diff_result
    level = change.modification_level if isinstance(change, DiffResult) else ModificationLevel.OTHER
    is_token = signature.sig_object_type == "/DocTimeStamp"
    try:
        cms = None if is_token else read_cms(signature.signed_data, signature.compute_digest)
        token = read_token(signature.signed_data, signature.compute_digest) if cms is None else cms.token
    except CmsUnreadable as error:
        raise PdfUnreadable(f"{signature.field_name}: {error}") from error
    return PdfSignature(
        field=str(signature.field_name),
        pades=signature.sig_object.get("/SubFilter") == PADES_SUBFILTERS[is_token],
        covers_revision=signature.coverage >= SignatureCoverageLevel.ENTIRE_REVISION and _no_gap(signature),
        covers_file=signature.coverage == SignatureCoverageLevel.ENTIRE_FILE,
        unchanged=bool(signature.summarise_integrity_info()["docmdp_ok"]) and level <= ModificationLevel.FORM_FILLING,
        cms=cms,
        token=token,
    )


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
