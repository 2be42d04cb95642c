"""Passkeys of members of staff (migrations 60 and 74). Each change is kept, and its person told."""

import hashlib
from datetime import datetime

import asyncpg

from adapters.postgres.account_changes import WHOSE, keep_change
from adapters.postgres.database import Database
from domain.access.keeping_accounts import AccountAct
from domain.access.passkeys import MOST_PASSKEYS, Passkey, PasskeyStep
from domain.ids import AccountId

_COLUMNS = "id, account, label, public_key, uses, enrolled_at, used_at"
_STEP = "account, purpose, challenge, ends_at, used_by"


class PasskeysPostgres:
    """`Passkeys` over the tables `passkeys` and `passkey_steps`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def of(self, account: AccountId) -> tuple[Passkey, ...]:
        rows = await self._database.rows(
            f"SELECT {_COLUMNS} FROM passkeys WHERE account = $1 ORDER BY enrolled_at, id",  # noqa: S608 - a constant
            account,
        )
        return tuple(Passkey.model_validate(dict(row)) for row in rows)

    async def add(self, passkey: Passkey, *, only_as_first: bool) -> bool:
        # Of two browsers that enrol at once, each of which sees none, `passkeys_first` lets one be the first.
        return await keep_change(
            self._database,
            AccountAct.PASSKEY_ADDED,
            passkey.account,
            passkey.enrolled_at,
            WHOSE,
            passkey.id,
            passkey.account,
            passkey.label,
            passkey.public_key,
            passkey.uses,
            passkey.enrolled_at,
            1 if only_as_first else MOST_PASSKEYS,
            only_as_first,
            before="INSERT INTO passkeys (id, account, label, public_key, uses, enrolled_at, is_first)"
            " SELECT $7, id, $9, $10, $11, $12, $14 FROM accounts WHERE id = $8"
            " AND (SELECT count(*) FROM passkeys WHERE account = $8) < $13 ON CONFLICT DO NOTHING RETURNING account",
        )

    async def keep_use(self, passkey: str, uses: int, now: datetime) -> None:
        await self._database.execute("UPDATE passkeys SET uses = $2, used_at = $3 WHERE id = $1", passkey, uses, now)

    async def remove(self, account: AccountId, passkey: str, now: datetime) -> bool:
        gone = "DELETE FROM passkeys WHERE account = $7 AND id = $8 RETURNING account"
        act = AccountAct.PASSKEY_REMOVED
        return await keep_change(self._database, act, account, now, WHOSE, account, passkey, before=gone)

    async def remove_all(self, account: AccountId, by: AccountId, now: datetime) -> bool:
        gone = "DELETE FROM passkeys WHERE account = $7 RETURNING account"
        return await keep_change(self._database, AccountAct.PASSKEYS_REMOVED, by, now, WHOSE, account, before=gone)

    async def keep_step(self, step: PasskeyStep) -> None:
        await self._database.execute(
            "INSERT INTO passkey_steps (digest, account, purpose, challenge, ends_at) VALUES ($1, $2, $3, $4, $5)",
            _digest(step.id),
            step.account,
            step.purpose.value,
            step.challenge,
            step.ends_at,
        )

    async def take_step(self, id: str, now: datetime) -> PasskeyStep | None:
        row = await self._database.row(f"DELETE FROM passkey_steps WHERE digest = $1 RETURNING {_STEP}", _digest(id))  # noqa: S608
        return _step(id, row, now)

    async def step(self, id: str, now: datetime) -> PasskeyStep | None:
        row = await self._database.row(f"SELECT {_STEP} FROM passkey_steps WHERE digest = $1", _digest(id))  # noqa: S608
        return _step(id, row, now)

    async def use_step(self, id: str, request: str) -> bool:
        used = await self._database.execute(
            "UPDATE passkey_steps SET used_by = $2 WHERE digest = $1 AND coalesce(used_by, $2) = $2",
            _digest(id),
            request,
        )
        return used == 1

    async def purge_steps(self, now: datetime) -> None:
        await self._database.execute("DELETE FROM passkey_steps WHERE ends_at <= $1", now)


def _step(id: str, row: asyncpg.Record | None, now: datetime) -> PasskeyStep | None:
    return PasskeyStep.model_validate({"id": id, **dict(row)}) if row is not None and row["ends_at"] > now else None


def _digest(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()
