"""What people are typing, saved every few seconds and sealed with the procedure's key, until it becomes a command."""

import json
from datetime import datetime
from typing import Any

from adapters.postgres.database import Database
from domain.access.accounts import Draft
from domain.ids import ItemId, ProcedureId
from domain.ports.journal import KeyStore


class DraftsPostgres:
    """`Drafts` over the table `drafts`."""

    def __init__(self, database: Database, keys: KeyStore) -> None:
        self._database = database
        self._keys = keys

    async def save(
        self,
        procedure: ProcedureId,
        item: ItemId,
        author: str,
        values: dict[str, Any],
        now: datetime,
        revision: int = 0,
    ) -> None:
        sealed = await self._keys.encrypt(procedure, json.dumps(values).encode())
        await self._database.execute(
            "INSERT INTO drafts AS kept (procedure, item, author, sealed, saved_at, revision)"
            " VALUES ($1, $2, $3, $4, $5, $6)"
            " ON CONFLICT (procedure, item, author) DO UPDATE SET sealed = excluded.sealed,"
            " saved_at = excluded.saved_at, revision = excluded.revision"
            # Requests of one page overtake each other: what was typed last is what stays.
            " WHERE (kept.revision, kept.saved_at) < (excluded.revision, excluded.saved_at)",
            procedure,
            item,
            author,
            sealed,
            now,
            revision,
        )

    async def read(self, procedure: ProcedureId, item: ItemId) -> tuple[Draft, ...]:
        rows = await self._database.rows(
            "SELECT author, sealed, saved_at, revision FROM drafts WHERE procedure = $1 AND item = $2"
            " ORDER BY saved_at DESC, author",
            procedure,
            item,
        )
        return tuple(
            [
                Draft(
                    author=row["author"],
                    values=json.loads(await self._keys.decrypt(procedure, row["sealed"])),
                    saved_at=row["saved_at"],
                    revision=row["revision"],
                )
                for row in rows
            ]
        )

    async def delete(self, procedure: ProcedureId, item: ItemId | None = None, author: str | None = None) -> None:
        await self._database.execute(
            "DELETE FROM drafts WHERE procedure = $1 AND ($2::text IS NULL OR item = $2)"
            " AND ($3::text IS NULL OR author = $3)",
            procedure,
            item,
            author,
        )
