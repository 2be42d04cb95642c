"""Accounts of the Administration that were shown again (migration 99)."""

from datetime import datetime

from adapters.postgres.database import Database
from domain.access.account_providers import ToShowAgain
from domain.access.accounts_shown import SHOWN_LASTS, ShownAccount


class AccountsShownPostgres:
    """`AccountsShown` over the table `accounts_shown`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def keep(self, shown: ShownAccount) -> None:
        await self._database.execute(
            "INSERT INTO accounts_shown (session, account, about, shown_at) VALUES ($1, $2, $3, $4)"
            " ON CONFLICT (session, about)"
            " DO UPDATE SET account = excluded.account, shown_at = excluded.shown_at, used_by = NULL",
            shown.what.session,
            shown.what.account,
            shown.what.about,
            shown.shown_at,
        )

    async def unused(self, session: str, now: datetime) -> tuple[ShownAccount, ...]:
        rows = await self._database.rows(
            "SELECT session, account, about, shown_at FROM accounts_shown"
            " WHERE session = $1 AND used_by IS NULL AND shown_at > $2",
            session,
            now - SHOWN_LASTS,
        )
        return tuple(ShownAccount(what=ToShowAgain.model_validate(dict(row)), shown_at=row["shown_at"]) for row in rows)

    async def use(self, what: ToShowAgain, request: str, now: datetime) -> bool:
        used = await self._database.execute(
            "UPDATE accounts_shown SET used_by = $4 WHERE session = $1 AND account = $2 AND about = $3"
            " AND coalesce(used_by, $4) = $4 AND shown_at > $5",
            what.session,
            what.account,
            what.about,
            request,
            now - SHOWN_LASTS,
        )
        return used == 1

    async def purge(self, now: datetime) -> None:
        await self._database.execute("DELETE FROM accounts_shown WHERE shown_at <= $1", now - SHOWN_LASTS)
