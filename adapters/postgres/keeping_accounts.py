"""What administrators do with accounts: one statement a time, which keeps what was done beside the change itself."""

import hashlib
import secrets
from datetime import datetime
from typing import Any

import asyncpg

from adapters.postgres.accounts import COLUMNS, AccountsPostgres, account_of, plain_login
from adapters.postgres.database import Database
from domain.access.accounts import Account
from domain.access.keeping_accounts import PASSWORD_LINK, AccountAct, AccountChange
from domain.errors import Refusal
from domain.ids import AccountId, AdministrationId
from domain.refusals.access import ACCOUNT_EXISTS, ACCOUNT_OUT_OF_USE

_AFTERWARDS = "jsonb_build_object({})".format(", ".join(f"'{name}', {name}" for name in COLUMNS.split(", ")))
_KEPT = (
    "INSERT INTO account_changes (administration, account, act, by, at, afterwards)"  # noqa: S608 - constants
    f" SELECT administration, id, $1, $2, $3, {_AFTERWARDS} FROM done"
)

_ENDED = (
    "DELETE FROM sessions USING done WHERE sessions.account = done.id"
    " AND $1 IN ('changed', 'password_chosen')"  # of AccountAct
)
"""With the change itself, whatever becomes of the process; those of an account out of use end by a trigger."""


class AccountKeepingPostgres:
    """`AccountKeeping` over the tables `accounts` and `account_changes`."""

    def __init__(self, database: Database, accounts: AccountsPostgres) -> None:
        self._database = database
        self._accounts = accounts

    async def create(self, account: Account, by: AccountId | None, now: datetime) -> str:
        link = secrets.token_urlsafe(32)
        try:
            await self._do(
                AccountAct.CREATED,
                by,
                now,
                f"INSERT INTO accounts ({COLUMNS}, login, link_sha256, link_until)"  # noqa: S608
                " VALUES ($4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)",
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
            )
        except asyncpg.UniqueViolationError as taken:
            raise Refusal(ACCOUNT_EXISTS, field="email", email=account.email) from taken
        return link

    async def change(self, account: Account, by: AccountId, now: datetime) -> None:
        await self._do(
            AccountAct.CHANGED,
            by,
            now,
            "UPDATE accounts SET name = $5, roles = $6, offices = $7, body = $8, certificate = $9, locale = $10"
            " WHERE id = $4",
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
        change = "UPDATE accounts SET active = $5, link_sha256 = NULL, link_until = NULL WHERE id = $4 AND active <> $5"
        await self._do(act, by, now, change, account, active)

    async def new_link(self, account: AccountId, by: AccountId, now: datetime) -> str:
        link = secrets.token_urlsafe(32)
        change = "UPDATE accounts SET link_sha256 = $5, link_until = $6 WHERE id = $4 AND active"
        if not await self._do(AccountAct.LINK_MADE, by, now, change, account, _digest(link), now + PASSWORD_LINK):
            raise Refusal(ACCOUNT_OUT_OF_USE)
        return link

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
            "UPDATE accounts SET password_hash = $5, link_sha256 = NULL, link_until = NULL"
            " WHERE link_sha256 = $4 AND link_until > $3 AND active"
        )
        fresh = await self._accounts.hashed(password)
        chosen = await self._do(AccountAct.PASSWORD_CHOSEN, linked.id, now, change, _digest(link), fresh)
        return linked.id if chosen else None

    async def changes(self, administration: AdministrationId, limit: int) -> tuple[AccountChange, ...]:
        rows = await self._database.rows(
            "SELECT account, act, by, at, afterwards FROM account_changes WHERE administration = $1"
            " ORDER BY number DESC LIMIT $2",
            administration,
            limit,
        )
        return tuple(AccountChange.model_validate(dict(row)) for row in rows)

    async def _do(self, act: AccountAct, by: AccountId | None, now: datetime, change: str, *values: Any) -> bool:
        """Make `change`, whose own values begin with $4, and keep that it was made; False when it found no account."""
        done = await self._database.row(
            f"WITH done AS ({change} RETURNING {COLUMNS}), kept AS ({_KEPT} RETURNING account)"  # noqa: S608
            f", ended AS ({_ENDED})"
            " SELECT account FROM kept",
            act.value,
            by,
            now,
            *values,
        )
        return done is not None


def _digest(link: str) -> bytes:
    return hashlib.sha256(link.encode()).digest()
