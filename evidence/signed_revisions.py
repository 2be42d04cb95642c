"""The signatures of the bundle's documents, each under the digest of the revision that it made.

The journal says of each signing which bytes came of it. Later signatures are appended, so those bytes are still the
beginning of the document that is here: a signature is found by them, not by a name that whoever made the file chose.
A signature of level B-LTA is made with the time-stamp over the whole document: those bytes then end with that.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from evidence.canonical import sha256_hex
from evidence.opened import PDF, IndexedDocument, OpenedBundle
from evidence.pdf import PdfSignature, PdfUnreadable, SignedPdf

__all__ = ["SignedRevision", "read_document", "read_revisions"]


@dataclass(frozen=True, slots=True)
class SignedRevision:
    """A document up to and with one of its signatures."""

    document: IndexedDocument
    pdf: SignedPdf
    signature: PdfSignature
    stamped_after: bool
    """A time-stamp over the whole document follows it, before any other signature."""

    @property
    def where(self) -> str:
        return f"{self.document.path}#{self.signature.field}"


def read_revisions(bundle: OpenedBundle) -> Mapping[str, SignedRevision]:
    """Every revision that a signature made, by its SHA-256; of documents that must be signed and can be read.

    One that is followed by time-stamps over the document is found by each of the revisions up to the last of them.
    """
    found = {}
    for document in bundle.documents:
        pdf = read_document(bundle, document) if document.kind.must_be_signed else None
        if pdf is None:
            continue
        content = bundle.members[document.path]
        for signature, stamps in _with_stamps(pdf):
            revision = SignedRevision(document, pdf, signature, bool(stamps))
            for made in (signature, *stamps):
                found[sha256_hex(content[: made.end])] = revision
    return found


def _with_stamps(pdf: SignedPdf) -> list[tuple[PdfSignature, list[PdfSignature]]]:
    """Each signature, with the time-stamps over the document that directly follow it."""
    found: list[tuple[PdfSignature, list[PdfSignature]]] = []
    for one in pdf.signatures:
        if one.cms is not None:
            found.append((one, []))
        elif found:
            found[-1][1].append(one)
    return found


def read_document(bundle: OpenedBundle, document: IndexedDocument | None) -> SignedPdf | None:
    """The parsed document; `None` when it is absent or unreadable, which other checks say."""
    if document is None or document.media_type != PDF or document.path not in bundle.members:
        return None
    try:
        return bundle.pdf(document.path)
    except PdfUnreadable:
        return None
