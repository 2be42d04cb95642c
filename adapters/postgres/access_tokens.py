"""Short-lived tokens of regional systems, hashed, and the statements that have served (migrations 93 and 110)."""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import datetime

from adapters.postgres.api_keys import COLUMNS, api_key_of
from adapters.postgres.database import Database
from domain.access.api_keys import TOKEN_LASTS, ApiKey, FoundToken

PREFIX = "estrado_token_"
"""Tells a token from a key at sight, and lets scanners of leaked secrets recognise it."""

_OF_KEYS = ", ".join(f"api_keys.{name}" for name in COLUMNS)


class AccessTokensPostgres:
    """`AccessTokens` over the tables `access_tokens` and `client_statements`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def issue(self, key: ApiKey, scopes: Sequence[str], now: datetime, certificate: str | None = None) -> str:
        text = f"{PREFIX}{secrets.token_urlsafe(32)}"
        await self._database.execute(
            "INSERT INTO access_tokens (token_sha256, api_key, scopes, ends_at, certificate_sha256)"
            " VALUES ($1, $2, $3, $4, $5)",
            _digest(text),
            key.id,
            list(scopes),
            now + TOKEN_LASTS,
            certificate,
        )
        return text

    async def find(self, text: str, now: datetime) -> FoundToken | None:
        if not text.startswith(PREFIX):
            return None
        row = await self._database.row(
            f"SELECT {_OF_KEYS}, access_tokens.scopes AS narrowed, certificate_sha256"  # noqa: S608 - a constant
            " FROM access_tokens JOIN api_keys ON api_keys.id = access_tokens.api_key"
            " WHERE token_sha256 = $1 AND ends_at > $2 AND revoked_at IS NULL",
            _digest(text),
            now,
        )
        if row is None:
            return None
        key = api_key_of(row).but(scopes=tuple(row["narrowed"]))
        return FoundToken(key=key, certificate=row["certificate_sha256"])

    async def use_statement(self, key: str, jti: str, ends_at: datetime) -> bool:
        row = await self._database.row(
            "INSERT INTO client_statements (api_key, jti_sha256, ends_at) VALUES ($1, $2, $3)"
            " ON CONFLICT DO NOTHING RETURNING api_key",
            key,
            _digest(jti),
            ends_at,
        )
        return row is not None

    async def purge(self, now: datetime) -> None:
        await self._database.execute("DELETE FROM access_tokens WHERE ends_at <= $1", now)
        await self._database.execute("DELETE FROM client_statements WHERE ends_at <= $1", now)


def _digest(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()
