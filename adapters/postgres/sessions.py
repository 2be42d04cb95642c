"""Who is signed in, decided on the server: a cookie is 256 random bits, of which only the SHA-256 is kept here."""

import hashlib
import secrets
from collections.abc import AsyncGenerator, Collection
from contextlib import aclosing
from datetime import datetime, timedelta
from typing import Any

import asyncpg

from adapters.postgres.database import Database
from adapters.postgres.listening import listen
from domain.access.accounts import LIFETIMES, ROTATION_GRACE, OpenedSession, Seat, Session, SessionKind
from domain.ids import AccountId

_SEEN_EVERY = timedelta(seconds=15)
"""How exact `last_seen_at` is: not every request has to write."""
_LONGEST_TOKEN = 64

ENDS = "estrado_session_ends"
"""Where the database tells which session is over."""


class SessionsPostgres:
    """`Sessions` and `SessionEnds` over the table `sessions`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def open_staff(self, account: AccountId, now: datetime) -> OpenedSession:
        before = await self._database.row(
            "UPDATE accounts SET signed_in_at = $2"
            " FROM (SELECT signed_in_at FROM accounts WHERE id = $1 FOR UPDATE) AS was"
            " WHERE id = $1 RETURNING was.signed_in_at",
            account,
            now,
        )
        previous = before["signed_in_at"] if before else None
        return await self._open(SessionKind.STAFF, now, previous, account=account)

    async def open_citizen(self, seat: Seat, now: datetime) -> OpenedSession:
        return await self._open(
            SessionKind.CITIZEN,
            now,
            None,
            procedure=seat.procedure,
            participant=seat.participant,
            device=seat.device,
        )

    async def find(self, token: str, now: datetime) -> Session | None:
        row = await self._living(token, now)
        if row is None:
            return None
        if now - row["last_seen_at"] >= _SEEN_EVERY:
            await self._database.execute(
                "UPDATE sessions SET last_seen_at = greatest(last_seen_at, $2) WHERE id = $1", row["id"], now
            )
        return _session(row, max(now, row["last_seen_at"]))

    async def rotate(self, token: str, now: datetime) -> OpenedSession | None:
        row = await self._living(token, now)
        if row is None:
            return None
        fresh = secrets.token_urlsafe(32)
        rotated = await self._database.row(
            "UPDATE sessions SET replaced_sha256 = token_sha256, replaced_at = $2, token_sha256 = $3,"
            " authenticated_at = $2, last_seen_at = greatest(last_seen_at, $2) WHERE id = $1 RETURNING *",
            row["id"],
            now,
            _digest(fresh),
        )
        return OpenedSession(token=fresh, session=_session(rotated, rotated["last_seen_at"])) if rotated else None

    async def end(self, token: str) -> None:
        await self._database.execute("DELETE FROM sessions WHERE $1 IN (token_sha256, replaced_sha256)", _digest(token))

    async def of_account(self, account: AccountId, now: datetime) -> tuple[Session, ...]:
        rows = await self._database.rows(
            "SELECT * FROM sessions WHERE account = $1 AND ends_at > $2 AND last_seen_at > $3"
            " ORDER BY last_seen_at DESC, id",
            account,
            now,
            now - LIFETIMES[SessionKind.STAFF].idle,
        )
        return tuple(_session(row, row["last_seen_at"]) for row in rows)

    async def end_of_account(self, account: AccountId, *, only: str | None = None, but: str | None = None) -> list[str]:
        rows = await self._database.rows(
            "DELETE FROM sessions WHERE account = $1 AND ($2::text IS NULL OR id = $2)"
            " AND ($3::text IS NULL OR id <> $3) RETURNING id",
            account,
            only,
            but,
        )
        return [str(row["id"]) for row in rows]

    async def listen_ends(self) -> AsyncGenerator[str | None, None]:
        async with aclosing(listen(self._database, ENDS)) as heard:
            async for told in heard:
                yield told[1] if told is not None else None

    async def over(self, sessions: Collection[str], now: datetime) -> frozenset[str]:
        rows = await self._database.rows(
            "SELECT s.id, s.kind, s.last_seen_at FROM sessions s LEFT JOIN devices d ON d.id = s.device"
            " WHERE s.id = ANY($1) AND s.ends_at > $2 AND d.revoked_at IS NULL",
            list(sessions),
            now,
        )
        living = {r["id"] for r in rows if now - r["last_seen_at"] < LIFETIMES[SessionKind(r["kind"])].idle}
        return frozenset(sessions) - living

    async def keep_in_use(self, sessions: Collection[str], now: datetime) -> None:
        await self._database.execute(
            "UPDATE sessions SET last_seen_at = $2 WHERE id = ANY($1) AND last_seen_at <= $3",
            list(sessions),
            now,
            now - _SEEN_EVERY,
        )

    async def _open(
        self, kind: SessionKind, now: datetime, previous: datetime | None, **whose: str | None
    ) -> OpenedSession:
        token = secrets.token_urlsafe(32)
        await self._database.execute("DELETE FROM sessions WHERE ends_at <= $1", now)
        row = await self._database.row(
            "INSERT INTO sessions (id, token_sha256, kind, account, procedure, participant, device, csrf, opened_at,"
            " authenticated_at, last_seen_at, ends_at, previous_access_at)"
            " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9, $9, $10, $11)"
            # A seat that was taken at another computer is taken over: that session ends.
            " ON CONFLICT (procedure, participant) WHERE kind = 'citizen' DO UPDATE SET id = excluded.id,"
            " token_sha256 = excluded.token_sha256, replaced_sha256 = NULL, replaced_at = NULL,"
            " device = excluded.device, csrf = excluded.csrf, opened_at = excluded.opened_at,"
            " authenticated_at = excluded.authenticated_at, last_seen_at = excluded.last_seen_at,"
            " ends_at = excluded.ends_at RETURNING *",
            f"ses_{secrets.token_hex(8)}",
            _digest(token),
            kind.value,
            whose.get("account"),
            whose.get("procedure"),
            whose.get("participant"),
            whose.get("device"),
            secrets.token_urlsafe(32),
            now,
            now + LIFETIMES[kind].absolute,
            previous,
        )
        assert row is not None
        return OpenedSession(token=token, session=_session(row, now))

    async def _living(self, token: str, now: datetime) -> asyncpg.Record | None:
        if len(token) > _LONGEST_TOKEN:
            return None
        row = await self._database.row(
            "SELECT * FROM sessions WHERE (token_sha256 = $1 OR (replaced_sha256 = $1 AND replaced_at > $2))"
            " AND ends_at > $3",
            _digest(token),
            now - ROTATION_GRACE,
            now,
        )
        if row is None or now - row["last_seen_at"] >= LIFETIMES[SessionKind(row["kind"])].idle:
            return None
        return row


def _digest(token: str) -> bytes:
    # Standard: OWASP ASVS 7.2; the token has 256 bits of its own, so a plain hash cannot be guessed backwards.
    return hashlib.sha256(token.encode()).digest()


def _session(row: asyncpg.Record, seen_at: datetime) -> Session:
    seat: dict[str, Any] = {name: row[name] for name in ("procedure", "participant", "device")}
    return Session(
        id=row["id"],
        kind=SessionKind(row["kind"]),
        account=row["account"],
        seat=Seat.model_validate(seat) if row["kind"] == SessionKind.CITIZEN else None,
        csrf=row["csrf"],
        opened_at=row["opened_at"],
        authenticated_at=row["authenticated_at"],
        last_seen_at=seen_at,
        ends_at=row["ends_at"],
        previous_access_at=row["previous_access_at"],
    )
