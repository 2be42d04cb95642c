"""The append-only record and the keys of what it holds."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Protocol

from domain.base import Value
from domain.ids import ProcedureId
from domain.journal.chain import JournalEntry
from domain.journal.register import RegisterRow


class KeyStore(Protocol):
    """Keys of procedures, wrapped by a master key. Destroying a key is erasure."""

    async def create(self, procedure: ProcedureId) -> None:
        """Make the procedure's data key and journal seed. Repeating keeps the first."""

    async def encrypt(self, procedure: ProcedureId, clear: bytes) -> bytes:
        """AES-256-GCM, nonce first, bound to the procedure's id."""

    async def decrypt(self, procedure: ProcedureId, sealed: bytes) -> bytes:
        """Raises `PersonMustAct('content_erased')` after erasure, `PersonMustAct('content_altered')` on a bad tag."""

    async def fetch(self, procedures: Iterable[ProcedureId]) -> None:
        """Look the keys of many up at once, so that decrypting each of them soon asks nobody. Refuses nothing."""

    async def seed(self, procedure: ProcedureId) -> bytes:
        """The 32 bytes that blind the commitments of this journal."""


class Erasure(Value):
    """That what was recorded cannot be played again, because its key was destroyed."""

    at: datetime
    by: str | None
    """Who ordered it. None, as `why`, of what was erased before anybody was asked."""
    why: str | None


class RecordingErasures(Protocol):
    async def of_recording(self, procedure: ProcedureId) -> Erasure | None: ...


class Journal(Protocol):
    """The append-only record. The table refuses UPDATE and DELETE."""

    async def append(self, entries: Sequence[JournalEntry], row: RegisterRow) -> None:
        """Write entries and register row in one transaction and notify listeners.

        Repeating writes nothing. Raises `PersonMustAct('journal_fork')` when another entry has the sequence number.
        """

    async def read(self, procedure: ProcedureId, *, first: int = 0, up_to: int | None = None) -> list[JournalEntry]:
        """The entries in order, with their clear content, from sequence `first` up to and including `up_to`."""
