"""Keys of regional systems: `estrado_<id>_<secret>`, the secret hashed, each good for one Administration.

A system that signs with a key of its own has no secret here: its public keys are kept instead.
"""

import base64
import hashlib
import hmac
import json
import re
import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import asyncpg

from adapters.postgres.database import Database
from domain.access.api_keys import ApiKey, IssuedApiKey
from domain.access.coverage import EVERYTHING, Coverage
from domain.ids import AdministrationId

COLUMNS = ("id", "administration", "label", "scopes", "offices", "types", "public_keys", "issued_at", "revoked_at")
_COLUMNS = ", ".join(COLUMNS)
# The fixed first word lets scanners of leaked secrets recognise a key.
_TEXT = re.compile(r"estrado_([0-9a-f]{16})_([A-Za-z0-9_-]{43})")
_NOBODY = bytes(32)


class ApiKeysPostgres:
    """`ApiKeys` over the table `api_keys`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def issue(
        self,
        administration: AdministrationId,
        label: str,
        scopes: Sequence[str],
        now: datetime,
        public_keys: Mapping[str, Any] | None = None,
        coverage: Coverage = EVERYTHING,
        seed: bytes | None = None,
    ) -> IssuedApiKey:
        key, secret = _drawn(seed or secrets.token_bytes(32))
        # Scar: a process died between the key and its answer, and nobody ever knew the secret of what was issued.
        row = await self._database.row(
            "INSERT INTO api_keys (id, secret_sha256, administration, label, scopes, issued_at, public_keys,"  # noqa: S608
            " offices, types) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
            f" ON CONFLICT (id) DO UPDATE SET id = excluded.id RETURNING {_COLUMNS}",
            key,
            None if public_keys else _digest(secret),
            administration,
            label,
            list(scopes),
            now,
            json.dumps(public_keys) if public_keys else None,
            coverage.offices,
            coverage.types,
        )
        assert row is not None
        return IssuedApiKey(text=None if public_keys else f"estrado_{key}_{secret}", key=api_key_of(row))

    async def get(self, id: str) -> ApiKey | None:
        row = await self._database.row(
            f"SELECT {_COLUMNS} FROM api_keys WHERE id = $1 AND revoked_at IS NULL",  # noqa: S608
            id,
        )
        return api_key_of(row) if row else None

    async def find(self, text: str) -> ApiKey | None:
        parts = _TEXT.fullmatch(text)
        if parts is None:
            return None
        row = await self._database.row(
            f"SELECT {_COLUMNS}, secret_sha256 FROM api_keys WHERE id = $1",  # noqa: S608
            parts[1],
        )
        known = row["secret_sha256"] if row else None
        right = hmac.compare_digest(known or _NOBODY, _digest(parts[2]))
        return api_key_of(row) if row and right and row["revoked_at"] is None else None

    async def of_administration(self, administration: AdministrationId) -> tuple[ApiKey, ...]:
        rows = await self._database.rows(
            f"SELECT {_COLUMNS} FROM api_keys WHERE administration = $1 ORDER BY issued_at, id",  # noqa: S608
            administration,
        )
        return tuple(api_key_of(row) for row in rows)

    async def cover(self, key: str, coverage: Coverage) -> None:
        await self._database.execute(
            "UPDATE api_keys SET offices = $2, types = $3 WHERE id = $1", key, coverage.offices, coverage.types
        )

    async def revoke(self, key: str, now: datetime) -> None:
        await self._database.execute(
            "UPDATE api_keys SET revoked_at = coalesce(revoked_at, $2) WHERE id = $1", key, now
        )


def _drawn(seed: bytes) -> tuple[str, str]:
    """Id and secret that come of a seed."""
    key = hmac.digest(seed, b"estrado-api-key-id.v1", "sha256")[:8].hex()
    return key, base64.urlsafe_b64encode(hmac.digest(seed, b"estrado-api-key-secret.v1", "sha256")).decode().rstrip("=")


def _digest(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()


def api_key_of(row: asyncpg.Record) -> ApiKey:
    told = {name: row[name] for name in COLUMNS}
    covered = {"coverage": {"offices": told.pop("offices"), "types": told.pop("types")}}
    return ApiKey.model_validate(told | covered | {"public_keys": json.loads(row["public_keys"] or "null")})
