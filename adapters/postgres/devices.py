"""The computers of offices that were enrolled as secure points of access; each is known by a token in its cookie."""

import hashlib
import secrets
from datetime import datetime

import asyncpg

from adapters.postgres.database import Database
from domain.access.accounts import ENROLMENT_LINK, AnsweredCall, Device, EnrolledDevice
from domain.ids import AccountId, AdministrationId, OfficeId

_COLUMNS = "id, administration, office, label, enrolled_by, enrolled_at, revoked_at, calls_since, calls_for"

_GOOD_LINK = "link_sha256 = $1 AND link_until > $2 AND revoked_at IS NULL"

DESKS = "estrado_desks"
"""Where listeners of the register hear that a desk was called (`pg_notify`)."""

_TOLD = f"SELECT pg_notify('{DESKS}', json_build_object('administration', administration, 'office', office)::text)"

_CALL = (
    "WITH changed AS (UPDATE devices SET calls_since = coalesce(calls_since, $2), calls_for = $3 WHERE id = $1"  # noqa: S608 - constants
    " RETURNING *), recorded AS (INSERT INTO office_calls (device, called_at, wants)"
    " SELECT id, calls_since, calls_for FROM changed"
    " ON CONFLICT (device) WHERE answered_at IS NULL DO UPDATE SET wants = excluded.wants)"
    f" {_TOLD} FROM changed"
)
_ANSWER = (
    "WITH changed AS (UPDATE devices SET calls_since = NULL, calls_for = NULL WHERE id = $1 RETURNING *),"  # noqa: S608
    " recorded AS (UPDATE office_calls SET answered_at = $2, answered_by = $3"
    " WHERE device = $1 AND answered_at IS NULL)"
    f" {_TOLD} FROM changed"
)
"""What a computer says and the record of it are written together, or neither is."""


class DevicesPostgres:
    """`Devices` over the table `devices`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def enrol(
        self, administration: AdministrationId, office: OfficeId, label: str, by: AccountId, now: datetime
    ) -> EnrolledDevice:
        token = secrets.token_urlsafe(32)
        row = await self._database.row(
            "INSERT INTO devices (id, token_sha256, administration, office, label, enrolled_by, enrolled_at)"  # noqa: S608 - a constant
            f" VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING {_COLUMNS}",
            f"dev_{secrets.token_hex(8)}",
            _digest(token),
            administration,
            office,
            label,
            by,
            now,
        )
        assert row is not None
        return EnrolledDevice(token=token, device=_device(row))

    async def find(self, token: str) -> Device | None:
        row = await self._database.row(
            f"SELECT {_COLUMNS} FROM devices WHERE token_sha256 = $1 AND revoked_at IS NULL",  # noqa: S608
            _digest(token),
        )
        return _device(row) if row else None

    async def of_office(self, administration: AdministrationId, office: OfficeId) -> tuple[Device, ...]:
        rows = await self._database.rows(
            f"SELECT {_COLUMNS} FROM devices WHERE administration = $1 AND office = $2"  # noqa: S608
            " ORDER BY enrolled_at, id",
            administration,
            office,
        )
        return tuple(_device(row) for row in rows)

    async def link(self, device: str, now: datetime) -> str:
        link = secrets.token_urlsafe(32)
        await self._database.execute(
            "UPDATE devices SET link_sha256 = $2, link_until = $3 WHERE id = $1",
            device,
            _digest(link),
            now + ENROLMENT_LINK,
        )
        return link

    async def linked(self, link: str, now: datetime) -> Device | None:
        row = await self._database.row(
            f"SELECT {_COLUMNS} FROM devices WHERE {_GOOD_LINK}",  # noqa: S608 - constants
            _digest(link),
            now,
        )
        return _device(row) if row else None

    async def use_link(self, link: str, now: datetime) -> EnrolledDevice | None:
        token = secrets.token_urlsafe(32)
        row = await self._database.row(
            f"UPDATE devices SET token_sha256 = $3, enrolled_at = $2, link_sha256 = NULL, link_until = NULL"  # noqa: S608
            f" WHERE {_GOOD_LINK} RETURNING {_COLUMNS}",
            _digest(link),
            now,
            _digest(token),
        )
        return EnrolledDevice(token=token, device=_device(row)) if row else None

    async def call_office(self, device: str, now: datetime, wants: str | None = None) -> None:
        await self._database.execute(_CALL, device, now, wants)

    async def answer_call(self, device: str, by: AccountId, now: datetime) -> None:
        await self._database.execute(_ANSWER, device, now, by)

    async def answered_calls(
        self, administration: AdministrationId, office: OfficeId, since: datetime
    ) -> tuple[AnsweredCall, ...]:
        rows = await self._database.rows(
            "SELECT devices.label, called_at, wants, answered_at, accounts.name AS answered_by FROM office_calls"
            " JOIN devices ON devices.id = office_calls.device"
            " LEFT JOIN accounts ON accounts.id = office_calls.answered_by"
            " WHERE devices.administration = $1 AND devices.office = $2 AND answered_at >= $3 ORDER BY answered_at",
            *(administration, office, since),
        )
        return tuple(AnsweredCall.model_validate(dict(row)) for row in rows)

    async def revoke(self, device: str, now: datetime) -> None:
        await self._database.execute(
            "UPDATE devices SET revoked_at = coalesce(revoked_at, $2) WHERE id = $1", device, now
        )


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


def _device(row: asyncpg.Record) -> Device:
    return Device.model_validate(dict(row))
