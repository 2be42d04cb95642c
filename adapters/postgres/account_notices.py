"""Notices to members of staff of changes of their accounts. `account_changes.py` writes them with the change."""

from datetime import datetime

from adapters.key_ring import KeyRing
from adapters.postgres.account_changes import SealedLink, message_name
from adapters.postgres.database import Database
from domain.access.account_notices import AccountNotice
from domain.access.keeping_accounts import AccountChange

WAITS = "sent_at IS NULL AND given_up_at IS NULL"


class AccountNoticesPostgres:
    """`AccountNotices` over the table `account_notices`."""

    def __init__(self, database: Database, ring: KeyRing) -> None:
        self._database = database
        self._ring = ring

    async def waiting(self, limit: int) -> tuple[int, ...]:
        rows = await self._database.rows(
            f"SELECT change FROM account_notices WHERE {WAITS} ORDER BY change LIMIT $1",  # noqa: S608 - a constant
            limit,
        )
        return tuple(row["change"] for row in rows)

    async def get(self, number: int) -> AccountNotice | None:
        row = await self._database.row(
            "SELECT account, act, by, at, afterwards, message, master_key, link FROM account_notices"  # noqa: S608
            f" JOIN account_changes ON number = change WHERE change = $1 AND {WAITS}",
            number,
        )
        if row is None:
            return None
        link = None
        if row["link"] is not None:
            link = self._ring.open(row["master_key"], row["link"], _context(row["message"])).decode()
        change = AccountChange.model_validate(dict(row))
        return AccountNotice(number=number, message=row["message"], change=change, link=link)

    async def sent(self, number: int, answer: str, now: datetime) -> None:
        await self._database.execute(
            "UPDATE account_notices SET sent_at = $3, answer = $2, master_key = NULL, link = NULL"  # noqa: S608
            f" WHERE change = $1 AND {WAITS}",
            number,
            answer,
            now,
        )

    async def give_up(self, number: int, answer: str, now: datetime) -> None:
        await self._database.execute(
            "UPDATE account_notices SET given_up_at = $3, answer = $2, master_key = NULL, link = NULL"  # noqa: S608
            f" WHERE change = $1 AND {WAITS}",
            number,
            answer,
            now,
        )

    async def reseal(self) -> int:
        """Seal the links that wait with the first master key; how many. For whoever rotates it."""
        rows = await self._database.rows(
            "SELECT change, message, master_key, link FROM account_notices WHERE link IS NOT NULL AND master_key <> $1",
            self._ring.current,
        )
        changed = 0
        for row in rows:
            clear = self._ring.open(row["master_key"], row["link"], _context(row["message"])).decode()
            sealed = sealed_link(self._ring, clear, row["message"])
            changed += await self._database.execute(
                "UPDATE account_notices SET master_key = $2, link = $3 WHERE change = $1 AND link IS NOT NULL",
                row["change"],
                sealed.master_key,
                sealed.link,
            )
        return changed


def sealed_link(ring: KeyRing, link: str, message: str | None = None) -> SealedLink:
    """`link` for a mail of that name, or of a new one; it opens for no other."""
    name = message or message_name()
    return SealedLink(name, ring.current, ring.seal(link.encode(), _context(name)))


def _context(message: str) -> str:
    return f"account-notice:{message}"
