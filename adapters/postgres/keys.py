"""The key store: one data key and one journal seed per procedure, wrapped by the master key, in PostgreSQL.

The database alone opens nothing. Destroying a key makes everything sealed with it unreadable for ever, in every
store, version and backup: that is how a procedure is erased.
"""

import asyncio
import secrets
import time
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

import asyncpg
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from adapters.key_ring import KEY_BYTES, KeyRing, seal, unseal
from adapters.postgres.database import Database
from domain.errors import PersonMustAct
from domain.ids import ProcedureId

SEED_BYTES = 32
_KEPT = 1024
_KEPT_SECONDS = 60.0
"""A key destroyed by another process lives at most this long in the memory of this one."""
_LARGE = 1 << 20
"""From this many bytes on, encryption would hold up the event loop and goes to a thread."""


Table = Literal["procedure_keys", "recording_keys"]

_GONE = (
    "SET wrapped = NULL, master_key = NULL, destroyed_at = clock_timestamp(), destroyed_by = $2, destroyed_why = $3"
    " WHERE procedure = $1 AND destroyed_at IS NULL"
)
_DESTROY: dict[Table, str] = {
    "procedure_keys": "WITH unfindable AS (DELETE FROM name_tokens WHERE procedure = $1), unheard AS ("  # noqa: S608
    "UPDATE recording_keys " + _GONE + ") UPDATE procedure_keys " + _GONE,
    "recording_keys": "UPDATE recording_keys " + _GONE,
}


@dataclass(frozen=True)
class _Keys:
    cipher: AESGCM
    seed: bytes
    read_at: float


class KeysPostgres:
    """`KeyStore` over the table `procedure_keys`, or over that of the recordings."""

    def __init__(self, database: Database, master: KeyRing, table: Table = "procedure_keys") -> None:
        self._database = database
        self._master = master
        self._table = table
        self._kept: OrderedDict[ProcedureId, _Keys] = OrderedDict()

    async def create(self, procedure: ProcedureId) -> None:
        await self._database.execute(
            f"INSERT INTO {self._table} (procedure, master_key, wrapped) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",  # noqa: S608
            procedure,
            self._master.current,
            self._master.seal(secrets.token_bytes(KEY_BYTES + SEED_BYTES), self._context(procedure)),
        )

    async def encrypt(self, procedure: ProcedureId, clear: bytes) -> bytes:
        keys = await self._keys(procedure)
        if len(clear) >= _LARGE:
            return await asyncio.to_thread(seal, keys.cipher, clear, procedure)
        return seal(keys.cipher, clear, procedure)

    async def decrypt(self, procedure: ProcedureId, sealed: bytes) -> bytes:
        keys = await self._keys(procedure)
        if len(sealed) >= _LARGE:
            return await asyncio.to_thread(unseal, keys.cipher, sealed, procedure)
        return unseal(keys.cipher, sealed, procedure)

    async def fetch(self, procedures: Iterable[ProcedureId]) -> None:
        absent = [procedure for procedure in procedures if self._known(procedure) is None]
        if not absent:
            return
        for row in await self._database.rows(
            f"SELECT procedure, master_key, wrapped FROM {self._table}"  # noqa: S608
            " WHERE procedure = ANY($1::text[]) AND destroyed_at IS NULL",
            absent,
        ):
            self._keep(row["procedure"], self._opened(row))

    async def seed(self, procedure: ProcedureId) -> bytes:
        return (await self._keys(procedure)).seed

    async def destroy(self, procedure: ProcedureId, by: str, why: str) -> None:
        """Erase: nothing of the procedure can be decrypted again, nor found by name. Repeating keeps the first hour.

        `by`: who orders it; `why`: the decision that allows it. Both are kept in clear.
        In the table of the recordings: nothing of its recording, and everything else stays.

        Other processes may go on reading for as long as they keep keys in memory (a minute).
        """
        await self._database.execute(_DESTROY[self._table], procedure, by, why)
        self._kept.pop(procedure, None)

    async def rewrap(self, limit: int = 500) -> int:
        """Wrap up to `limit` keys of older masters with the current one; 0 means that the old ones may go."""
        async with self._database.transaction() as connection:
            rows = await connection.fetch(
                f"SELECT procedure, master_key, wrapped FROM {self._table}"  # noqa: S608
                " WHERE master_key <> $1 ORDER BY procedure LIMIT $2 FOR UPDATE SKIP LOCKED",
                self._master.current,
                limit,
            )
            for row in rows:
                clear = self._master.open(row["master_key"], row["wrapped"], self._context(row["procedure"]))
                await connection.execute(
                    f"UPDATE {self._table} SET master_key = $2, wrapped = $3 WHERE procedure = $1",  # noqa: S608
                    row["procedure"],
                    self._master.current,
                    self._master.seal(clear, self._context(row["procedure"])),
                )
        return len(rows)

    async def _keys(self, procedure: ProcedureId) -> _Keys:
        if kept := self._known(procedure):
            return kept
        fresh = await self._unwrap(procedure)
        self._keep(procedure, fresh)
        return fresh

    def _known(self, procedure: ProcedureId) -> _Keys | None:
        kept = self._kept.get(procedure)
        if kept is None or time.monotonic() - kept.read_at >= _KEPT_SECONDS:
            return None
        self._kept.move_to_end(procedure)
        return kept

    def _keep(self, procedure: ProcedureId, fresh: _Keys) -> None:
        self._kept[procedure] = fresh
        self._kept.move_to_end(procedure)
        if len(self._kept) > _KEPT:
            self._kept.popitem(last=False)

    async def _unwrap(self, procedure: ProcedureId) -> _Keys:
        row = await self._database.row(
            f"SELECT procedure, master_key, wrapped, destroyed_at FROM {self._table} WHERE procedure = $1",  # noqa: S608
            procedure,
        )
        if row is None:
            raise PersonMustAct("key_missing", procedure=procedure)
        if row["destroyed_at"]:
            self._kept.pop(procedure, None)
            raise PersonMustAct("content_erased", procedure=procedure)
        return self._opened(row)

    def _opened(self, row: asyncpg.Record) -> _Keys:
        clear = self._master.open(row["master_key"], row["wrapped"], self._context(row["procedure"]))
        return _Keys(AESGCM(clear[:KEY_BYTES]), clear[KEY_BYTES:], time.monotonic())

    def _context(self, procedure: str) -> str:
        """Binds a wrapped key to its procedure: rows that change places do not open."""
        return f"{'procedure' if self._table == 'procedure_keys' else 'recording'}-key:{procedure}"
