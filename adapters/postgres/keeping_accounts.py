"""What is done with accounts: one statement a time, which keeps what was done and a notice beside the change itself."""

import hashlib
import secrets
from datetime import datetime

import asyncpg

from adapters.key_ring import KeyRing
from adapters.postgres.account_changes import SealedLink, keep_change
from adapters.postgres.account_notices import sealed_link
from adapters.postgres.accounts import COLUMNS, AccountsPostgres, account_of, plain_login
from adapters.postgres.database import Database
from domain.access.accounts import Account
from domain.access.keeping_accounts import PASSWORD_LINK, AccountAct, AccountChange
from domain.errors import Refusal
from domain.ids import AccountId, AdministrationId
from domain.refusals.access import ACCOUNT_EXISTS, ACCOUNT_OUT_OF_USE


class AccountKeepingPostgres:
    """`AccountKeeping` over the tables `accounts`, `account_changes` and `account_notices`."""

    def __init__(self, database: Database, accounts: AccountsPostgres, ring: KeyRing) -> None:
        self._database = database
        self._accounts = accounts
        self._ring = ring

    async def create(self, account: Account, by: AccountId, now: datetime) -> None:
        link = secrets.token_urlsafe(32)
        await self._created(account, by, now, link, sealed_link(self._ring, link))

    async def create_by_command(self, account: Account, now: datetime) -> str:
        """For whoever runs the installation, who is told the link; the person's notice is without it."""
        link = secrets.token_urlsafe(32)
        await self._created(account, None, now, link, None)
        return link

    async def _created(
        self, account: Account, by: AccountId | None, now: datetime, link: str, mailed: SealedLink | None
    ) -> None:
        try:
            await keep_change(
                self._database,
                AccountAct.CREATED,
                by,
                now,
                f"INSERT INTO accounts ({COLUMNS}, login, link_sha256, link_until)"  # noqa: S608
                f" VALUES ($7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19) RETURNING {COLUMNS}",
                account.id,
                account.administration,
                account.name,
                account.email,
                [role.value for role in account.roles],
                list(account.offices),
                account.body,
                account.certificate,
                account.locale,
                account.active,
                plain_login(account.email),
                _digest(link),
                now + PASSWORD_LINK,
                link=mailed,
            )
        except asyncpg.UniqueViolationError as taken:
            raise Refusal(ACCOUNT_EXISTS, field="email", email=account.email) from taken

    async def change(self, account: Account, by: AccountId, now: datetime) -> None:
        await keep_change(
            self._database,
            AccountAct.CHANGED,
            by,
            now,
            "UPDATE accounts SET name = $8, roles = $9, offices = $10, body = $11, certificate = $12, locale = $13"  # noqa: S608
            f" WHERE id = $7 RETURNING {COLUMNS}",
            account.id,
            account.name,
            [role.value for role in account.roles],
            list(account.offices),
            account.body,
            account.certificate,
            account.locale,
        )

    async def set_active(self, account: AccountId, active: bool, by: AccountId, now: datetime) -> None:
        act = AccountAct.REACTIVATED if active else AccountAct.DEACTIVATED
        change = (
            "UPDATE accounts SET active = $8, link_sha256 = NULL, link_until = NULL"  # noqa: S608
            f" WHERE id = $7 AND active <> $8 RETURNING {COLUMNS}"
        )
        await keep_change(self._database, act, by, now, change, account, active)

    async def new_link(self, account: AccountId, by: AccountId, now: datetime) -> None:
        link = secrets.token_urlsafe(32)
        change = (
            "UPDATE accounts SET link_sha256 = $8, link_until = $9"  # noqa: S608
            f" WHERE id = $7 AND active RETURNING {COLUMNS}"
        )
        values = (account, _digest(link), now + PASSWORD_LINK)
        mailed = sealed_link(self._ring, link)
        if not await keep_change(self._database, AccountAct.LINK_MADE, by, now, change, *values, link=mailed):
            raise Refusal(ACCOUNT_OUT_OF_USE)

    async def linked(self, link: str, now: datetime) -> Account | None:
        row = await self._database.row(
            f"SELECT {COLUMNS} FROM accounts WHERE link_sha256 = $1 AND link_until > $2 AND active",  # noqa: S608
            _digest(link),
            now,
        )
        return account_of(row) if row else None

    async def choose_password(self, link: str, password: str, now: datetime) -> AccountId | None:
        linked = await self.linked(link, now)
        if linked is None:
            return None
        change = (
            "UPDATE accounts SET password_hash = $8, link_sha256 = NULL, link_until = NULL"  # noqa: S608
            f" WHERE link_sha256 = $7 AND link_until > $3 AND active RETURNING {COLUMNS}"
        )
        fresh = await self._accounts.hashed(password)
        values = (_digest(link), fresh)
        chosen = await keep_change(self._database, AccountAct.PASSWORD_CHOSEN, linked.id, now, change, *values)
        return linked.id if chosen else None

    async def change_password(self, account: AccountId, password: str, session: str, now: datetime) -> None:
        change = f"UPDATE accounts SET password_hash = $8 WHERE id = $7 RETURNING {COLUMNS}"  # noqa: S608
        others = "DELETE FROM sessions WHERE account = $7 AND id <> $9 RETURNING account"
        values = (account, await self._accounts.hashed(password), session)
        act = AccountAct.PASSWORD_CHANGED
        await keep_change(self._database, act, account, now, change, *values, before=others)

    async def changes(self, administration: AdministrationId, limit: int) -> tuple[AccountChange, ...]:
        rows = await self._database.rows(
            "SELECT account, act, by, at, afterwards, CASE WHEN sent_at IS NOT NULL THEN 'sent'"
            " WHEN given_up_at IS NOT NULL THEN 'given_up' WHEN change IS NOT NULL THEN 'waiting' END AS notice"
            " FROM account_changes LEFT JOIN account_notices ON change = number WHERE administration = $1"
            " ORDER BY number DESC LIMIT $2",
            administration,
            limit,
        )
        return tuple(AccountChange.model_validate(dict(row)) for row in rows)


def _digest(link: str) -> bytes:
    return hashlib.sha256(link.encode()).digest()
