"""The keys of recordings: one a procedure, beside the procedure's own, so that a recording can be erased alone.

Law: GDPR art. 5.1.e and 17, LO 7/2021 art. 8: image and voice may have to go before the rest of the file does.
"""

from collections.abc import Iterable

from adapters.key_ring import KeyRing
from adapters.postgres.database import Database
from adapters.postgres.keys import KeysPostgres
from domain.errors import PersonMustAct
from domain.ids import ProcedureId
from domain.ports.journal import Erasure

MARK = b"estrado recording key 1\n"
"""Before what is sealed with a recording's own key. Up to 0.2 recordings were sealed with the procedure's."""


class RecordingKeys:
    """`KeyStore` for what is recorded. A key is made when something is first sealed with it."""

    def __init__(self, database: Database, master: KeyRing, of_procedures: KeysPostgres) -> None:
        self._own = KeysPostgres(database, master, "recording_keys")
        self._of_procedures = of_procedures

    async def create(self, procedure: ProcedureId) -> None:
        """Raises `PersonMustAct('key_missing')` or `('content_erased')` where the procedure itself has no key."""
        await self._of_procedures.seed(procedure)
        await self._own.create(procedure)

    async def encrypt(self, procedure: ProcedureId, clear: bytes) -> bytes:
        try:
            return MARK + await self._own.encrypt(procedure, clear)
        except PersonMustAct as trouble:
            if trouble.code != "key_missing":
                raise
        await self.create(procedure)
        return MARK + await self._own.encrypt(procedure, clear)

    async def decrypt(self, procedure: ProcedureId, sealed: bytes) -> bytes:
        if sealed.startswith(MARK):
            return await self._own.decrypt(procedure, sealed[len(MARK) :])
        return await self._of_procedures.decrypt(procedure, sealed)

    async def fetch(self, procedures: Iterable[ProcedureId]) -> None:
        await self._own.fetch(procedures)

    async def seed(self, procedure: ProcedureId) -> bytes:
        return await self._own.seed(procedure)

    async def destroy(self, procedure: ProcedureId, by: str, why: str) -> None:
        """Erase the recording. Raises `PersonMustAct('key_missing')` where it has no key of its own."""
        await self._own.seed(procedure)
        await self._own.destroy(procedure, by, why)

    async def rewrap(self) -> int:
        return await self._own.rewrap()


class ErasuresPostgres:
    """`RecordingErasures` over the same table."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def of_recording(self, procedure: ProcedureId) -> Erasure | None:
        row = await self._database.row(
            "SELECT destroyed_at, destroyed_by, destroyed_why FROM recording_keys"
            " WHERE procedure = $1 AND destroyed_at IS NOT NULL",
            procedure,
        )
        return Erasure(at=row["destroyed_at"], by=row["destroyed_by"], why=row["destroyed_why"]) if row else None
