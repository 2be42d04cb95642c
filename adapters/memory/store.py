"""Keys, journal and vault in memory."""

import hashlib
from collections.abc import Iterable, Sequence

from adapters.object_names import object_name
from domain.errors import PersonMustAct
from domain.ids import ProcedureId, Sha256
from domain.journal.chain import JournalEntry
from domain.journal.continuity import one_chain, unwritten
from domain.journal.register import RegisterRow
from domain.procedure.documents import DocumentRef


class MemoryKeys:
    """No secrecy: what is sealed names its procedure, and opens for no other."""

    def __init__(self) -> None:
        self._created: set[ProcedureId] = set()

    async def create(self, procedure: ProcedureId) -> None:
        self._created.add(procedure)

    async def encrypt(self, procedure: ProcedureId, clear: bytes) -> bytes:
        return self._mark(procedure) + clear

    async def decrypt(self, procedure: ProcedureId, sealed: bytes) -> bytes:
        mark = self._mark(procedure)
        if not sealed.startswith(mark):
            raise PersonMustAct("content_altered", procedure=procedure)
        return sealed.removeprefix(mark)

    async def fetch(self, procedures: Iterable[ProcedureId]) -> None:
        """Nothing to look up: they are here."""

    async def seed(self, procedure: ProcedureId) -> bytes:
        self._mark(procedure)
        return hashlib.sha256(procedure.encode()).digest()

    def _mark(self, procedure: ProcedureId) -> bytes:
        """Raises `PersonMustAct('key_missing')` for a procedure that has no key."""
        if procedure not in self._created:
            raise PersonMustAct("key_missing", procedure=procedure)
        return f"sealed for {procedure}:".encode()


class MemoryJournal:
    """Entries and rows by procedure, under the rules of `domain.journal.continuity`."""

    def __init__(self) -> None:
        self.lines: dict[ProcedureId, list[JournalEntry]] = {}
        self.rows: dict[ProcedureId, RegisterRow] = {}
        self.refuses: str | None = None
        """Code with which every writing is refused, as by a journal whose key is missing; None: all is well."""

    async def append(self, entries: Sequence[JournalEntry], row: RegisterRow) -> None:
        if self.refuses is not None:
            raise PersonMustAct(self.refuses)
        kept = self.lines.setdefault(one_chain(entries, row), [])
        kept += unwritten({entry.seq: entry.hash for entry in kept}, entries)
        if row.procedure not in self.rows or self.rows[row.procedure].seq < row.seq:
            self.rows[row.procedure] = row

    async def read(self, procedure: ProcedureId, *, first: int = 0, up_to: int | None = None) -> list[JournalEntry]:
        return self.lines.get(procedure, [])[first : None if up_to is None else up_to + 1]


class MemoryVault:
    """Objects by key; the first under a key stays."""

    def __init__(self) -> None:
        self._objects: dict[str, tuple[bytes, DocumentRef]] = {}

    async def put(
        self, procedure: ProcedureId, clear: bytes, media_type: str, *, pages: int | None = None
    ) -> DocumentRef:
        return self._create(f"{procedure}/sha256/{_sha256(clear)}", clear, media_type, pages)

    async def put_once(
        self, procedure: ProcedureId, name: str, clear: bytes, media_type: str, *, pages: int | None = None
    ) -> DocumentRef:
        return self._create(f"{procedure}/{object_name(name)}", clear, media_type, pages)

    def _create(self, key: str, clear: bytes, media_type: str, pages: int | None) -> DocumentRef:
        ref = DocumentRef(
            key=key, version_id="1", sha256=_sha256(clear), size=len(clear), media_type=media_type, pages=pages
        )
        return self._objects.setdefault(key, (clear, ref))[1]

    async def find(self, procedure: ProcedureId, name: str) -> DocumentRef | None:
        kept = self._objects.get(f"{procedure}/{object_name(name)}")
        return kept[1] if kept else None

    async def get(self, procedure: ProcedureId, ref: DocumentRef) -> bytes:
        kept = self._objects.get(ref.key)
        if kept is None or not ref.key.startswith(f"{procedure}/"):
            raise PersonMustAct("content_missing", key=ref.key)
        if kept[1].sha256 != ref.sha256:
            raise PersonMustAct("content_altered", key=ref.key)
        return kept[0]


def _sha256(content: bytes) -> Sha256:
    return Sha256(hashlib.sha256(content).hexdigest())
