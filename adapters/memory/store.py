"""Keys, journal and vault in memory."""

import hashlib
from collections.abc import Sequence

from domain.errors import PersonMustAct
from domain.ids import ProcedureId, Sha256
from domain.journal.chain import JournalEntry
from domain.journal.register import RegisterRow
from domain.procedure.documents import DocumentRef


class MemoryKeys:
    """No secrecy: what is sealed is marked, not hidden."""

    async def create(self, procedure: ProcedureId) -> None:
        return None

    async def encrypt(self, procedure: ProcedureId, clear: bytes) -> bytes:
        return b"sealed:" + clear

    async def decrypt(self, procedure: ProcedureId, sealed: bytes) -> bytes:
        return sealed.removeprefix(b"sealed:")

    async def seed(self, procedure: ProcedureId) -> bytes:
        return hashlib.sha256(procedure.encode()).digest()


class MemoryJournal:
    """Entries and rows by procedure; refuses forks and gaps as the real one does."""

    def __init__(self) -> None:
        self.lines: dict[ProcedureId, list[JournalEntry]] = {}
        self.rows: dict[ProcedureId, RegisterRow] = {}
        self.refuses: str | None = None
        """Code with which every writing is refused, as by a journal whose key is missing; None: all is well."""

    async def append(self, entries: Sequence[JournalEntry], row: RegisterRow) -> None:
        if self.refuses is not None:
            raise PersonMustAct(self.refuses)
        kept = self.lines.setdefault(row.procedure, [])
        for entry in entries:
            if entry.seq < len(kept):
                if kept[entry.seq].hash != entry.hash:
                    raise PersonMustAct("journal_fork", seq=entry.seq)
            elif entry.seq == len(kept):
                kept.append(entry)
            else:
                raise PersonMustAct("journal_gap", seq=entry.seq)
        self.rows[row.procedure] = row

    async def read(self, procedure: ProcedureId, *, first: int = 0, up_to: int | None = None) -> list[JournalEntry]:
        return self.lines.get(procedure, [])[first : None if up_to is None else up_to + 1]


class MemoryVault:
    """Objects by name; the first under a name stays."""

    def __init__(self) -> None:
        self._objects: dict[tuple[ProcedureId, str], tuple[bytes, DocumentRef]] = {}

    async def put(
        self, procedure: ProcedureId, clear: bytes, media_type: str, *, pages: int | None = None
    ) -> DocumentRef:
        name = f"sha256/{hashlib.sha256(clear).hexdigest()}"
        return await self.put_once(procedure, name, clear, media_type, pages=pages)

    async def put_once(
        self, procedure: ProcedureId, name: str, clear: bytes, media_type: str, *, pages: int | None = None
    ) -> DocumentRef:
        ref = DocumentRef(
            key=f"{procedure}/{name}",
            version_id="1",
            sha256=Sha256(hashlib.sha256(clear).hexdigest()),
            size=len(clear),
            media_type=media_type,
            pages=pages,
        )
        return self._objects.setdefault((procedure, name), (clear, ref))[1]

    async def find(self, procedure: ProcedureId, name: str) -> DocumentRef | None:
        kept = self._objects.get((procedure, name))
        return kept[1] if kept else None

    async def get(self, procedure: ProcedureId, ref: DocumentRef) -> bytes:
        return self._objects[procedure, ref.key.removeprefix(f"{procedure}/")][0]
