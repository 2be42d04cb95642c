"""What an operator watches, read from the register and from the anchoring's tables."""

from adapters.postgres.database import Database
from domain.access.watching import Troubled
from domain.ids import AdministrationId

MOST = 500
"""Beyond this nobody reads a list: whatever is wrong is wrong with all of them."""


class WatchingPostgres:
    """`Watching` over `register`, `anchor_leaves` and `anchor_batches`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def troubled(self, administration: AdministrationId | None = None) -> tuple[Troubled, ...]:
        rows = await self._database.rows(
            "SELECT procedure, stage, public->>'trouble' AS trouble, public->>'changed_at' AS since FROM register"
            " WHERE public->>'trouble' IS NOT NULL AND ($1::text IS NULL OR administration = $1)"
            " ORDER BY public->>'changed_at', procedure LIMIT $2",
            administration,
            MOST,
        )
        return tuple(Troubled.model_validate(dict(row)) for row in rows)

    async def anchors_awaited(self) -> int:
        row = await self._database.row(
            "SELECT count(*) AS waiting FROM anchor_leaves LEFT JOIN anchor_batches ON name = batch"
            " WHERE procedure IS NOT NULL AND proof IS NULL"
        )
        return int(row["waiting"]) if row else 0
