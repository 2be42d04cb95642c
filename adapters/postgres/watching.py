"""What an operator watches, read from the register."""

from adapters.postgres.database import Database
from domain.access.watching import Troubled
from domain.ids import AdministrationId

MOST = 500
"""Beyond this nobody reads a list: whatever is wrong is wrong with all of them."""


class WatchingPostgres:
    """`Watching` over the table `register`."""

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
