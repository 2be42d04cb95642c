"""Members of staff and their passwords (argon2id), and the lock that stands between a login and guessing.

A failure looks the same whether the login exists or not: the same refusal, the same lock, the same work.
"""

import asyncio
import secrets
import unicodedata
from datetime import datetime
from typing import Literal

import asyncpg
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from adapters.postgres.database import Database
from domain.access.accounts import FAILURES_KEPT_FOR, LONGEST_PASSWORD, SIGN_IN_LOCK, SIGN_IN_TRIES, Account
from domain.errors import PersonMustAct, Refusal
from domain.ids import AccountId, AdministrationId
from domain.refusals.access import SIGN_IN_LOCKED, SIGN_IN_REFUSED

COLUMNS = "id, administration, name, email, roles, offices, body, certificate, locale, active"
PARALLEL_HASHES = 2
"""Each takes 64 MiB and one core for some 50 ms; more at once would only starve everything else."""


class AccountsPostgres:
    """`AccountStore` over the tables `accounts` and `sign_in_failures`."""

    def __init__(self, database: Database, hasher: PasswordHasher | None = None) -> None:
        self._database = database
        self._hasher = hasher or PasswordHasher()
        self._turns = asyncio.Semaphore(PARALLEL_HASHES)
        # Verified for logins that do not exist, so that they take as long as those that do.
        self._nobody = self._hasher.hash(secrets.token_hex(16))

    async def create(self, account: Account, login: str, password: str) -> Account:
        if not password or len(password) > LONGEST_PASSWORD:
            raise ValueError(f"a password has 1 to {LONGEST_PASSWORD} characters")
        login = plain_login(login)
        known = await self._by("login", login)
        if known is None:
            password_hash = await self.hashed(password)
            await self._database.execute(
                f"INSERT INTO accounts ({COLUMNS}, login, password_hash)"  # noqa: S608 - a constant
                " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) ON CONFLICT DO NOTHING",
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
                login,
                password_hash,
            )
            known = await self._by("login", login)
        if known is None:
            raise PersonMustAct("account_id_taken", account=account.id)
        return account_of(known)

    async def authenticate(self, login: str, password: str, now: datetime) -> Account:
        login = plain_login(login)
        return await self._checked(login, await self._by("login", login), password, now)

    async def confirm(self, account: AccountId, session: str, password: str, now: datetime) -> None:
        # A capital letter: no login has one once it is spelled plainly, so nobody counts here from outside.
        await self._checked(f"SESSION {session}", await self._by("id", account), password, now)

    async def has_password(self, account: AccountId) -> bool:
        row = await self._by("id", account)
        return row is not None and row["password_hash"] is not None

    async def _checked(self, counted_as: str, row: asyncpg.Record | None, password: str, now: datetime) -> Account:
        await self._count_try(counted_as, now)
        # Nobody has chosen the password of a new account yet: it is as one that does not exist.
        stored = (row["password_hash"] if row else None) or self._nobody
        right = await self._verify(stored, password)
        if row is None or not right or not row["active"]:
            raise Refusal(SIGN_IN_REFUSED)
        await self._database.execute("DELETE FROM sign_in_failures WHERE login = $1", counted_as)
        await self._renew_hash(row, password)
        return account_of(row)

    async def hashed(self, password: str) -> str:
        async with self._turns:
            return await asyncio.to_thread(self._hasher.hash, password)

    async def forget_failures(self, now: datetime) -> int:
        return await self._database.execute(
            "DELETE FROM sign_in_failures WHERE tried_at <= $1", now - FAILURES_KEPT_FOR
        )

    async def get(self, account: AccountId) -> Account | None:
        row = await self._database.row(f"SELECT {COLUMNS} FROM accounts WHERE id = $1", account)  # noqa: S608
        return account_of(row) if row else None

    async def called(self, administration: AdministrationId, email: str) -> Account | None:
        rows = await self._database.rows(
            f"SELECT {COLUMNS} FROM accounts"  # noqa: S608
            " WHERE administration = $1 AND active AND lower(normalize(email, NFKC)) = lower($2) LIMIT 2",
            administration,
            plain_login(email),
        )
        return account_of(rows[0]) if len(rows) == 1 else None

    async def of_administration(self, administration: AdministrationId) -> tuple[Account, ...]:
        rows = await self._database.rows(
            f"SELECT {COLUMNS} FROM accounts WHERE administration = $1 ORDER BY name, id",  # noqa: S608
            administration,
        )
        return tuple(account_of(row) for row in rows)

    async def _count_try(self, login: str, now: datetime) -> None:
        """Count a failure before anything is compared; a success takes it back. Raises `Refusal`."""
        until = now + SIGN_IN_LOCK
        counted = await self._database.row(
            "INSERT INTO sign_in_failures AS kept (login, failures, tried_at) VALUES ($1, 1, $2)"
            " ON CONFLICT (login) DO UPDATE SET tried_at = $2,"
            " failures = CASE WHEN kept.locked_until IS NULL THEN kept.failures + 1 ELSE 1 END,"
            " locked_until = CASE WHEN kept.locked_until IS NULL AND kept.failures + 1 >= $4 THEN $3::timestamptz END"
            " WHERE kept.locked_until IS NULL OR kept.locked_until <= $2 RETURNING failures",
            login,
            now,
            until,
            SIGN_IN_TRIES,
        )
        if counted is None:
            row = await self._database.row("SELECT locked_until FROM sign_in_failures WHERE login = $1", login)
            locked_until = row["locked_until"] if row else None
            raise Refusal(SIGN_IN_LOCKED, until=locked_until or until)

    async def _verify(self, stored: str, password: str) -> bool:
        if len(password) > LONGEST_PASSWORD:
            return False
        try:
            async with self._turns:
                return await asyncio.to_thread(self._hasher.verify, stored, password)
        except (VerificationError, InvalidHashError):
            return False

    async def _renew_hash(self, row: asyncpg.Record, password: str) -> None:
        """Hash again what was hashed with the parameters of an earlier version."""
        if not self._hasher.check_needs_rehash(row["password_hash"]):
            return
        fresh = await self.hashed(password)
        await self._database.execute(
            "UPDATE accounts SET password_hash = $2 WHERE id = $1 AND password_hash = $3",
            row["id"],
            fresh,
            row["password_hash"],
        )

    async def _by(self, column: Literal["id", "login"], value: str) -> asyncpg.Record | None:
        return await self._database.row(
            f"SELECT {COLUMNS}, password_hash FROM accounts WHERE {column} = $1",  # noqa: S608
            value,
        )


def plain_login(login: str) -> str:
    """One spelling of a login: people type capitals and spaces, keyboards compose accents in two ways."""
    return unicodedata.normalize("NFKC", login).strip().casefold()[:200]


def account_of(row: asyncpg.Record) -> Account:
    return Account.model_validate({name: row[name] for name in COLUMNS.split(", ")})
