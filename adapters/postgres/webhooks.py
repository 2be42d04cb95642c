"""Addresses of regional systems and the messages for them. `adapters/postgres/journal.py` writes the messages."""

import secrets
from datetime import datetime

import asyncpg

from adapters.key_ring import KeyRing
from adapters.postgres.database import Database, lock
from domain.access.coverage import EVERYTHING, Coverage
from domain.access.webhooks import (
    BOTH_SECRETS_FOR,
    KEPT_FOR,
    MOST_ENDPOINTS,
    Delivery,
    Endpoint,
    Message,
    RegisteredEndpoint,
)
from domain.codes.webhook_signatures import SECRET_BYTES, secret_text
from domain.errors import Refusal
from domain.ids import AccountId, AdministrationId
from domain.refusals.requests import BAD_CURSOR
from domain.refusals.webhooks import TOO_MANY_WEBHOOKS

_ENDPOINT = "id, administration, label, url, offices, types, registered_at"
_DELIVERY = "id, event, procedure, happened_at, attempts, attempted_at, answer, delivered_at, given_up_at"
_WAITS = "delivered_at IS NULL AND given_up_at IS NULL"


class WebhooksPostgres:
    """`WebhookEndpoints` and `WebhookOutbox` over the tables `webhook_endpoints` and `webhook_messages`."""

    def __init__(self, database: Database, ring: KeyRing) -> None:
        self._database = database
        self._ring = ring

    # -- of an administrator

    async def register(
        self,
        administration: AdministrationId,
        label: str,
        url: str,
        by: AccountId,
        now: datetime,
        coverage: Coverage = EVERYTHING,
    ) -> RegisteredEndpoint:
        id, secret = f"whe_{secrets.token_hex(8)}", secrets.token_bytes(SECRET_BYTES)
        async with self._database.transaction() as connection:
            await lock(connection, "webhooks", administration)
            known = await connection.fetchval(
                "SELECT count(*) FROM webhook_endpoints WHERE administration = $1 AND removed_at IS NULL",
                administration,
            )
            if known >= MOST_ENDPOINTS:
                raise Refusal(TOO_MANY_WEBHOOKS, most=MOST_ENDPOINTS)
            row = await connection.fetchrow(
                "INSERT INTO webhook_endpoints"  # noqa: S608 - a constant
                " (id, administration, label, url, master_key, secret, registered_by, registered_at, offices, types)"
                f" VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) RETURNING {_ENDPOINT}",
                id,
                administration,
                label,
                url,
                self._ring.current,
                self._ring.seal(secret, _context(id)),
                by,
                now,
                coverage.offices,
                coverage.types,
            )
        assert row is not None
        return RegisteredEndpoint(secret=secret_text(secret), endpoint=_endpoint_of(row))

    async def of_administration(self, administration: AdministrationId) -> tuple[Endpoint, ...]:
        rows = await self._database.rows(
            f"SELECT {_ENDPOINT},"  # noqa: S608 - constants
            f" (SELECT count(*) FROM webhook_messages WHERE endpoint = kept.id AND {_WAITS}) AS waiting,"
            " (SELECT count(*) FROM webhook_messages WHERE endpoint = kept.id AND given_up_at IS NOT NULL) AS given_up"
            " FROM webhook_endpoints AS kept WHERE administration = $1 AND removed_at IS NULL"
            " ORDER BY registered_at, id",
            administration,
        )
        return tuple(_endpoint_of(row) for row in rows)

    async def cover(self, endpoint: str, coverage: Coverage) -> None:
        await self._database.execute(
            "UPDATE webhook_endpoints SET offices = $2, types = $3 WHERE id = $1",
            endpoint,
            coverage.offices,
            coverage.types,
        )

    async def new_secret(self, endpoint: str, now: datetime) -> str:
        secret = secrets.token_bytes(SECRET_BYTES)
        await self._database.execute(
            "UPDATE webhook_endpoints SET former_key = master_key, former_secret = secret, former_until = $2,"
            " master_key = $3, secret = $4 WHERE id = $1",
            endpoint,
            now + BOTH_SECRETS_FOR,
            self._ring.current,
            self._ring.seal(secret, _context(endpoint)),
        )
        return secret_text(secret)

    async def remove(self, endpoint: str, now: datetime) -> None:
        await self._database.execute(
            "UPDATE webhook_endpoints SET removed_at = coalesce(removed_at, $2) WHERE id = $1", endpoint, now
        )

    async def deliveries(
        self, endpoint: str, *, after: str | None = None, limit: int = 100
    ) -> tuple[tuple[Delivery, ...], str | None]:
        if after is not None and not (after.isascii() and after.isdigit() and len(after) < 19):
            raise Refusal(BAD_CURSOR)
        rows = await self._database.rows(
            f"SELECT number, {_DELIVERY} FROM webhook_messages WHERE endpoint = $1"  # noqa: S608
            " AND ($2::bigint IS NULL OR number < $2) ORDER BY number DESC LIMIT $3",
            endpoint,
            int(after) if after is not None else None,
            limit + 1,
        )
        cursor = str(rows[limit - 1]["number"]) if len(rows) > limit else None
        return tuple(Delivery.model_validate(dict(row)) for row in rows[:limit]), cursor

    async def send_again(self, endpoint: str, message: str, now: datetime) -> bool:
        return bool(
            await self._database.execute(
                "UPDATE webhook_messages SET delivered_at = NULL, given_up_at = NULL, waits_since = $3, attempts = 0"
                " WHERE endpoint = $1 AND id = $2",
                endpoint,
                message,
                now,
            )
        )

    async def purge_webhooks(self, now: datetime) -> int:
        return await self._database.execute(
            "DELETE FROM webhook_messages WHERE coalesce(delivered_at, given_up_at) <= $1"
            " OR endpoint IN (SELECT id FROM webhook_endpoints WHERE removed_at <= $1)",
            now - KEPT_FOR,
        )

    async def reseal(self) -> int:
        """Seal every secret with the first master key; of how many addresses. For whoever rotates it."""
        rows = await self._database.rows(
            "SELECT id, master_key, secret, former_key, former_secret FROM webhook_endpoints"
            " WHERE $1 <> ANY (ARRAY[master_key, coalesce(former_key, $1)])",
            self._ring.current,
        )
        changed = 0
        for row in rows:
            changed += await self._database.execute(
                "UPDATE webhook_endpoints SET master_key = $2, secret = $3,"
                " former_key = CASE WHEN former_key IS NULL THEN NULL ELSE $2 END, former_secret = $4"
                " WHERE id = $1 AND secret = $5",  # a secret that was changed meanwhile is sealed with the new key
                row["id"],
                self._ring.current,
                self._sealed_anew(row["id"], row["master_key"], row["secret"]),
                self._sealed_anew(row["id"], row["former_key"], row["former_secret"]),
                row["secret"],
            )
        return changed

    def _sealed_anew(self, endpoint: str, key: str | None, sealed: bytes | None) -> bytes | None:
        if key is None or sealed is None:
            return None
        return self._ring.seal(self._ring.open(key, sealed, _context(endpoint)), _context(endpoint))

    # -- of the worker

    async def waiting(self) -> tuple[str, ...]:
        rows = await self._database.rows(
            "SELECT id FROM webhook_endpoints AS kept WHERE removed_at IS NULL"  # noqa: S608 - a constant
            f" AND EXISTS (SELECT FROM webhook_messages WHERE endpoint = kept.id AND {_WAITS}) ORDER BY id"
        )
        return tuple(row["id"] for row in rows)

    async def next(self, endpoint: str, now: datetime) -> Message | None:
        row = await self._database.row(
            "SELECT kept.id AS endpoint, url, master_key, secret, former_key, former_secret, former_until, said.id,"  # noqa: S608
            " event, procedure, external_id, seq, happened_at, waits_since, attempts"
            " FROM webhook_endpoints AS kept JOIN webhook_messages AS said ON said.endpoint = kept.id"
            f" WHERE kept.id = $1 AND removed_at IS NULL AND {_WAITS} ORDER BY number LIMIT 1",
            endpoint,
        )
        return Message.model_validate({**row, "secrets": self._secrets(row, now)}) if row else None

    async def delivered(self, message: str, answer: str, now: datetime) -> None:
        await self._database.execute(
            "UPDATE webhook_messages SET delivered_at = $3, attempted_at = $3, answer = $2, attempts = attempts + 1"
            " WHERE id = $1 AND delivered_at IS NULL",
            message,
            answer,
            now,
        )

    async def failed(self, message: str, answer: str, now: datetime, *, give_up: bool) -> None:
        await self._database.execute(
            "UPDATE webhook_messages SET attempted_at = $3::timestamptz, answer = $2, attempts = attempts + 1,"
            " given_up_at = CASE WHEN $4 THEN $3::timestamptz END WHERE id = $1 AND delivered_at IS NULL",
            message,
            answer,
            now,
            give_up,
        )

    def _secrets(self, row: asyncpg.Record, now: datetime) -> tuple[bytes, ...]:
        """The newest first."""
        context = _context(row["endpoint"])
        found = [self._ring.open(row["master_key"], row["secret"], context)]
        if row["former_until"] is not None and now < row["former_until"]:
            found.append(self._ring.open(row["former_key"], row["former_secret"], context))
        return tuple(found)


def _context(endpoint: str) -> str:
    return f"webhook:{endpoint}"


def _endpoint_of(row: asyncpg.Record) -> Endpoint:
    told = dict(row)
    coverage = Coverage(offices=told.pop("offices"), types=told.pop("types"))
    return Endpoint.model_validate(told | {"coverage": coverage})
