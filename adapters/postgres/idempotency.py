"""The first answer to a request, given again whenever the same request comes back within a day."""

import json
from datetime import datetime, timedelta

from adapters.key_ring import KeyRing
from adapters.postgres.database import Database
from domain.access.stores import Begun, StoredResponse
from domain.ids import Sha256

KEPT_FOR = timedelta(hours=24)
CLAIM_LASTS = timedelta(minutes=1)
"""Longer than any request may take; a claim older than this belongs to a process that died."""


class IdempotencyPostgres:
    """`Idempotency` over the table `idempotency`; answers are sealed, they may hold personal data."""

    def __init__(self, database: Database, ring: KeyRing) -> None:
        self._database = database
        self._ring = ring

    async def begin(self, scope: str, key: str, request_hash: Sha256, now: datetime) -> Begun:
        claimed = await self._database.row(
            "INSERT INTO idempotency AS kept (scope, key, request_hash, begun_at) VALUES ($1, $2, $3, $4)"
            " ON CONFLICT (scope, key) DO UPDATE SET request_hash = excluded.request_hash,"
            " begun_at = excluded.begun_at, response = NULL, master_key = NULL WHERE kept.begun_at <= $5"
            " OR (kept.response IS NULL AND kept.begun_at <= $6 AND kept.request_hash = excluded.request_hash)"
            " RETURNING scope",
            scope,
            key,
            request_hash,
            now,
            now - KEPT_FOR,
            now - CLAIM_LASTS,
        )
        if claimed:
            return Begun(state="new")
        row = await self._database.row(
            "SELECT request_hash, master_key, response FROM idempotency WHERE scope = $1 AND key = $2", scope, key
        )
        if row is None:  # given back this very moment: the caller asks again
            return Begun(state="in_progress")
        if row["request_hash"] != request_hash:
            return Begun(state="conflict")
        if row["response"] is None:
            return Begun(state="in_progress")
        return Begun(
            state="done", response=_read(self._ring.open(row["master_key"], row["response"], _context(scope, key)))
        )

    async def finish(self, scope: str, key: str, response: StoredResponse) -> None:
        await self._database.execute(
            "UPDATE idempotency SET response = $3, master_key = $4 WHERE scope = $1 AND key = $2 AND response IS NULL",
            scope,
            key,
            self._ring.seal(_write(response), _context(scope, key)),
            self._ring.current,
        )

    async def abandon(self, scope: str, key: str) -> None:
        await self._database.execute(
            "DELETE FROM idempotency WHERE scope = $1 AND key = $2 AND response IS NULL", scope, key
        )

    async def purge(self, now: datetime) -> int:
        return await self._database.execute("DELETE FROM idempotency WHERE begun_at <= $1", now - KEPT_FOR)


def _context(scope: str, key: str) -> str:
    return f"idempotency:{json.dumps([scope, key])}"


def _write(response: StoredResponse) -> bytes:
    """One line that describes the answer, then its body as it was."""
    head = {"status": response.status, "media_type": response.media_type, "headers": response.headers}
    return json.dumps(head).encode() + b"\n" + response.body


def _read(stored: bytes) -> StoredResponse:
    head, _, body = stored.partition(b"\n")
    return StoredResponse(**json.loads(head), body=body)
