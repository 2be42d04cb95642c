"""The signatures of the bundle's documents, each under the digest of the revision that it made.

The journal says of each signing which bytes came of it. Later signatures are appended, so those bytes are still the
beginning of the document that is here: a signature is found by them, not by a name that whoever made the file chose.
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

    @property
    def where(self) -> str:
        return f"{self.document.path}#{self.signature.field}"


def read_revisions(bundle: OpenedBundle) -> Mapping[str, SignedRevision]:
    """Every revision that a signature made, by its SHA-256; of documents that must be signed and can be read."""
    found = {}
    for document in bundle.documents:
        pdf = read_document(bundle, document) if document.kind.must_be_signed else None
        if pdf is None:
            continue
        content = bundle.members[document.path]
        for signature in pdf.signatures:
            if signature.cms is not None:
                found[sha256_hex(content[: signature.end])] = SignedRevision(document, pdf, signature)
    return found


def read_document(bundle: OpenedBundle, document: IndexedDocument | None) -> SignedPdf | None:
    """The parsed document; `None` when it is absent or unreadable, which other checks say."""
    if document is None or document.media_type != PDF or document.path not in bundle.members:
        return None
    try:
        return bundle.pdf(document.path)
    except PdfUnreadable:
        return None
