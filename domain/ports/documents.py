"""Documents: kept, set in type, taken in."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from domain.base import Value
from domain.ids import ProcedureId
from domain.procedure.documents import CopyLosses, DocumentRef
from domain.procedure.minutes import WrittenDocument
from domain.types.territory import Theme
from domain.types.vocabulary import MalwareScan

JUDICIAL_FILE = "judicial-file"
"""Under which name a vault keeps the judicial file of a procedure whose record is compiled."""


class DocumentVault(Protocol):
    """Encrypted, versioned, locked objects (S3 with Object Lock)."""

    async def put(
        self, procedure: ProcedureId, clear: bytes, media_type: str, *, pages: int | None = None
    ) -> DocumentRef:
        """Store by content address; the same bytes twice are one object."""

    async def put_once(
        self, procedure: ProcedureId, name: str, clear: bytes, media_type: str, *, pages: int | None = None
    ) -> DocumentRef:
        """Store under `name` unless something is there already; return what is there. The first one wins for ever."""

    async def find(self, procedure: ProcedureId, name: str) -> DocumentRef | None:
        """What `put_once` stored under `name`."""

    async def get(self, procedure: ProcedureId, ref: DocumentRef) -> bytes:
        """The clear bytes. Raises `PersonMustAct('content_altered')` when they do not have the hash of `ref`."""


class Typesetter(Protocol):
    async def pdf(self, document: WrittenDocument, theme: Theme, logo: bytes, at: datetime) -> bytes:
        """PDF/A-3a and PDF/UA-1 with the words attached as JSON. The same input gives the same bytes."""

    def pages(self, pdf: bytes) -> int:
        """How many pages a PDF of ours has."""


class FixedDocument(Value):
    """A deposited document as it enters the file."""

    pdf: bytes
    pages: int
    signatures: tuple[int, ...] = ()
    """How many electronic signatures stand in each part as it was brought. Nobody has judged them."""
    losses: tuple[CopyLosses | None, ...] = ()
    """What each part has that the PDF does not show; None for one of which nothing is missing."""


class Scanned(Value):
    """What a malware scanner said of one file. `name`: what it calls that which it found."""

    outcome: MalwareScan
    name: str = ""


class MalwareScanner(Protocol):
    async def scan(self, parts: Sequence[bytes]) -> tuple[Scanned, ...]:
        """One answer a part, in their order. It never raises: that nobody looked is an answer, too."""


class DocumentIntake(Protocol):
    def inspect(self, parts: Sequence[bytes]) -> list[str]:
        """Media types of the parts by content. Raises `Refusal` (wrong type, size, pixels, encrypted, dangerous)."""

    async def fix(self, parts: Sequence[bytes], title: str, languages: Sequence[str], at: datetime) -> FixedDocument:
        """One PDF/A of all parts, parsed in a separate, limited process. Raises `Refusal` with the reason.

        `languages`: those in which the parts may be written; the first one is told as the document's own.
        """
