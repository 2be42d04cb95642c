"""The computers of offices that were enrolled as secure points of access; each is known by a token in its cookie."""

import hashlib
import secrets
from datetime import datetime

import asyncpg

from adapters.postgres.database import Database
from domain.access.accounts import Device, EnrolledDevice
from domain.ids import AccountId, AdministrationId, OfficeId

_COLUMNS = "id, administration, office, label, enrolled_by, enrolled_at, revoked_at"


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

    async def revoke(self, device: str, now: datetime) -> None:
        await self._database.execute(
            "UPDATE devices SET revoked_at = coalesce(revoked_at, $2) WHERE id = $1", device, now
        )


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


def _device(row: asyncpg.Record) -> Device:
    return Device.model_validate(dict(row))
