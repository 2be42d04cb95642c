"""The log of reading: who looked at what, when and why. Append-only; the table refuses everything else."""

from datetime import datetime

import asyncpg

from adapters.postgres.database import Database
from domain.access.stores import ReadAccess
from domain.errors import Refusal
from domain.ids import ProcedureId
from domain.refusals.requests import BAD_CURSOR

_COLUMNS = "id, at, actor, role, administration, procedure, what, why"


class AuditPostgres:
    """`ReadAudit` over the table `read_audit`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def record(self, access: ReadAccess) -> None:
        await self._database.execute(
            f"INSERT INTO read_audit ({_COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"  # noqa: S608
            " ON CONFLICT (id) DO NOTHING",
            access.id,
            access.at,
            access.actor,
            access.role,
            access.administration,
            access.procedure,
            access.what,
            access.why,
        )

    async def of_procedure(
        self, procedure: ProcedureId, *, after: str | None = None, limit: int = 100
    ) -> tuple[tuple[ReadAccess, ...], str | None]:
        if after is not None and not (after.isascii() and after.isdigit() and len(after) < 19):
            raise Refusal(BAD_CURSOR)
        rows = await self._database.rows(
            f"SELECT number, {_COLUMNS} FROM read_audit WHERE procedure = $1"  # noqa: S608
            " AND ($2::bigint IS NULL OR number < $2) ORDER BY number DESC LIMIT $3",
            procedure,
            int(after) if after is not None else None,
            limit + 1,
        )
        shown = rows[:limit]
        cursor = str(shown[-1]["number"]) if len(rows) > limit else None
        return tuple(_access(row) for row in shown), cursor

    async def reason(self, actor: str, procedure: ProcedureId, since: datetime) -> str | None:
        rows = await self._database.rows(
            "SELECT why FROM read_audit WHERE procedure = $1 AND actor = $2 AND what = 'reason' AND at >= $3"
            " ORDER BY number DESC LIMIT 1",
            procedure,
            actor,
            since,
        )
        return str(rows[0]["why"]) if rows else None


def _access(row: asyncpg.Record) -> ReadAccess:
    return ReadAccess.model_validate({name: row[name] for name in _COLUMNS.split(", ")})
