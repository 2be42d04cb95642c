"""The documents of a procedure, one line each, for programs that take them away."""

from domain.base import Value
from domain.ids import Sha256
from domain.procedure.documents import CaseDocument


class DocumentLine(Value):
    id: str
    code: str
    title: str
    pages: int | None
    original: Sha256
    """Of the bytes that were first fixed: what people read and decide to sign."""
    current: Sha256
    """Of the bytes with every signature so far."""
    signers: tuple[str, ...]
    """Participants, and `body` for the seal."""


def document_line(document: CaseDocument) -> DocumentLine:
    return DocumentLine(
        id=document.id,
        code=document.code,
        title=document.title,
        pages=document.original.pages,
        original=document.original.sha256,
        current=document.current.sha256,
        signers=tuple(signature.signer for signature in document.signatures),
    )
