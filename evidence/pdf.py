"""The signatures and attachments of one PDF, read with pyHanko: what they cover, and whether anything came
after."""

import gc
import sys
import threading
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import Any, Final

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import enumerate_sig_fields
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

from evidence.canonical import sha256_hex
from evidence.certificates import RevocationEvidence
from evidence.limits import (
    MAX_ATTACHMENT_BYTES,
    MAX_ATTACHMENTS_BYTES,
    MAX_DRAWINGS,
    MAX_NAME_TREE_DEPTH,
    MAX_NAME_TREE_NODES,
    MAX_PDF_RECURSION,
    MAX_SIGNATURES_PER_PDF,
)
from evidence.pdf_content import warnings_of
from evidence.pdf_signature import PdfSignature, PdfUnreadable, byte_range, read_signature
from evidence.revisions import review
from evidence.signed_file import SignedFile
from evidence.stamps import pages_of
from evidence.validation_data import KINDS, carried_by

__all__ = ["PdfSignature", "PdfUnreadable", "SignedPdf", "read_pdf"]

STACK_BYTES: Final = 256 * 1024**2
"""Reserved, not used, until it is needed."""
MAX_REMEMBERED_BYTES: Final = 4 * 1024**2


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
    drawings: Mapping[str, frozenset[str]]
    """Digests of the one-bit pictures in the visible stamp of each signature, by its field."""
    evidence: RevocationEvidence
    """Certificates and revocation data embedded in the document (its DSS)."""


def read_pdf(content: bytes) -> SignedPdf:
    """Read one PDF; `PdfUnreadable` when it, or a signature in it, cannot be read.

    The same bytes are read once: whoever judges many bundles of one procedure meets them again and again. Of a large
    one nothing stays in memory: neither its bytes nor its objects, which refer to each other.
    """
    if len(content) <= MAX_REMEMBERED_BYTES:
        return _remembered(content)
    try:
        return _on_deep_stack(lambda: _read(content))
    finally:
        gc.collect()


@lru_cache(maxsize=16)
def _remembered(content: bytes) -> SignedPdf:
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
        reader = SignedFile(content)
        embedded = list(reader.embedded_signatures)
        if len(embedded) > MAX_SIGNATURES_PER_PDF:
            raise PdfUnreadable("too many signatures")
        history = review(reader, content)
        signatures = tuple(read_signature(signature, history, content) for signature in embedded)
        return SignedPdf(
            signatures=signatures,
            lost=history.lost,
            unread=len(history.ranges - {byte_range(signature) for signature in embedded}) + _unknown(reader, embedded),
            revisions=history.revisions,
            pages=sum(1 for _ in pages_of(reader.root)),
            warnings=warnings_of(reader.root),
            attachments=_attachments(reader, embedded),
            drawings={str(one.field_name): frozenset(_drawings(one)) for one in embedded},
            evidence=_embedded_evidence(reader),
        )
    except PdfUnreadable:
        raise
    except (Exception, RecursionError) as error:
        # scar: a hostile PDF makes the parser raise nearly anything; none of it may end the verifier
        raise PdfUnreadable(f"{type(error).__name__}: {error}") from error


def _unknown(reader: PdfFileReader, embedded: Sequence[EmbeddedPdfSignature]) -> int:
    """Filled fields that pyHanko passes over, because it does not know their kind of signature."""
    return sum(1 for _ in enumerate_sig_fields(reader, filled_status=True)) - len(embedded)


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


def _drawings(signature: EmbeddedPdfSignature) -> Iterator[str]:
    stamp = _at(_at(signature.sig_field, "/AP", {}), "/N", {})
    pictures = _at(_at(stamp, "/Resources", {}), "/XObject", {})
    for name in list(pictures)[:MAX_DRAWINGS]:
        picture = pictures[name].get_object()
        if _at(picture, "/Subtype", None) == "/Image" and bool(_at(picture, "/ImageMask", False)):
            yield sha256_hex(_inflate(picture))


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
    """All that the arrays list: pyHanko's own reading keeps one certificate of each issuer and number.

    Nothing of a store that is none: the review of the revisions says so.
    """
    store = _at(reader.root, "/DSS", None)
    found = (carried_by(store) if isinstance(store, generic.DictionaryObject) else None) or {}
    certificates, answers, lists = (
        tuple(kind.load(content) for content in found.get(name, ())) for name, kind in KINDS.items()
    )
    return RevocationEvidence(certificates, lists, answers)
