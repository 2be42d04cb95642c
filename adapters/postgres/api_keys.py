"""Keys of regional systems: `estrado_<id>_<secret>`, the secret hashed, each good for one Administration."""

import hashlib
import hmac
import re
import secrets
from collections.abc import Sequence
from datetime import datetime

import asyncpg

from adapters.postgres.database import Database
from domain.access.accounts import ApiKey, IssuedApiKey
from domain.ids import AdministrationId

_COLUMNS = "id, administration, label, scopes, issued_at, revoked_at"
# The fixed first word lets scanners of leaked secrets recognise a key.
_TEXT = re.compile(r"estrado_([0-9a-f]{16})_([A-Za-z0-9_-]{43})")
_NOBODY = bytes(32)


class ApiKeysPostgres:
    """`ApiKeys` over the table `api_keys`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def issue(
        self, administration: AdministrationId, label: str, scopes: Sequence[str], now: datetime
    ) -> IssuedApiKey:
        key, secret = secrets.token_hex(8), secrets.token_urlsafe(32)
        row = await self._database.row(
            "INSERT INTO api_keys (id, secret_sha256, administration, label, scopes, issued_at)"  # noqa: S608 - a constant
            f" VALUES ($1, $2, $3, $4, $5, $6) RETURNING {_COLUMNS}",
            key,
            _digest(secret),
            administration,
            label,
            list(scopes),
            now,
        )
        assert row is not None
        return IssuedApiKey(text=f"estrado_{key}_{secret}", key=_key(row))

    async def find(self, text: str) -> ApiKey | None:
        parts = _TEXT.fullmatch(text)
        if parts is None:
            return None
        row = await self._database.row(
            f"SELECT {_COLUMNS}, secret_sha256 FROM api_keys WHERE id = $1",  # noqa: S608
            parts[1],
        )
        right = hmac.compare_digest(row["secret_sha256"] if row else _NOBODY, _digest(parts[2]))
        return _key(row) if row and right and row["revoked_at"] is None else None

    async def of_administration(self, administration: AdministrationId) -> tuple[ApiKey, ...]:
        rows = await self._database.rows(
            f"SELECT {_COLUMNS} FROM api_keys WHERE administration = $1 ORDER BY issued_at, id",  # noqa: S608
            administration,
        )
        return tuple(_key(row) for row in rows)

    async def revoke(self, key: str, now: datetime) -> None:
        await self._database.execute(
            "UPDATE api_keys SET revoked_at = coalesce(revoked_at, $2) WHERE id = $1", key, now
        )


def _digest(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()


def _key(row: asyncpg.Record) -> ApiKey:
    return ApiKey.model_validate({name: row[name] for name in _COLUMNS.split(", ")})
