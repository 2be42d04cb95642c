"""Enrolled computers against a real PostgreSQL."""

from datetime import UTC, datetime, timedelta

import pytest

from adapters.postgres.database import Database
from adapters.postgres.devices import DevicesPostgres
from domain.ids import AccountId, AdministrationId, OfficeId

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
ATLANTIA, MARINA, OFFICIAL = AdministrationId("atlantia"), OfficeId("marina"), AccountId("acc_1")


@pytest.fixture
def devices(database: Database) -> DevicesPostgres:
    return DevicesPostgres(database)


async def test_a_computer_is_known_by_its_cookie(devices: DevicesPostgres, database: Database) -> None:
    enrolled = await devices.enrol(ATLANTIA, MARINA, "Sala 1", OFFICIAL, NOW)
    assert await devices.find(enrolled.token) == enrolled.device
    assert (enrolled.device.office, enrolled.device.label, enrolled.device.enrolled_at) == (MARINA, "Sala 1", NOW)
    assert await devices.find(enrolled.token + "x") is None
    [row] = await database.rows("SELECT row_to_json(devices)::text AS said FROM devices")
    assert enrolled.token not in row["said"]


async def test_a_revoked_computer_is_unknown_and_stays_in_the_list(devices: DevicesPostgres) -> None:
    enrolled = await devices.enrol(ATLANTIA, MARINA, "Sala 1", OFFICIAL, NOW)
    for minutes in (1, 2):
        await devices.revoke(enrolled.device.id, NOW + timedelta(minutes=minutes))
    assert await devices.find(enrolled.token) is None
    [listed] = await devices.of_office(ATLANTIA, MARINA)
    assert listed == enrolled.device.but(revoked_at=NOW + timedelta(minutes=1))


async def test_an_office_sees_its_own_computers(devices: DevicesPostgres) -> None:
    ours = await devices.enrol(ATLANTIA, MARINA, "Sala 1", OFFICIAL, NOW)
    await devices.enrol(ATLANTIA, OfficeId("hills"), "Sala 1", OFFICIAL, NOW)
    await devices.enrol(AdministrationId("meseta"), MARINA, "Sala 1", OFFICIAL, NOW)
    assert await devices.of_office(ATLANTIA, MARINA) == (ours.device,)


async def test_who_came_to_a_call_stays_on_record(devices: DevicesPostgres, database: Database) -> None:
    here = (await devices.enrol(ATLANTIA, MARINA, "Sala 2", OFFICIAL, NOW)).device
    await devices.call_office(here.id, NOW)
    await devices.call_office(here.id, NOW + timedelta(minutes=1), "life_certificate")
    [calling] = [one for one in await devices.of_office(ATLANTIA, MARINA) if one.id == here.id]

    for minutes in (3, 9):
        await devices.answer_call(here.id, OFFICIAL, NOW + timedelta(minutes=minutes))
    await devices.call_office(here.id, NOW + timedelta(minutes=20))
    calls = await devices.answered_calls(ATLANTIA, MARINA, NOW)
    rows = await database.rows("SELECT answered_by FROM office_calls WHERE device = $1 ORDER BY called_at", here.id)

    assert (calling.calls_since, calling.calls_for) == (NOW, "life_certificate")
    [(label, called, wants, answered)] = [(c.label, c.called_at, c.wants, c.answered_at) for c in calls]
    assert (label, called, wants, answered) == ("Sala 2", NOW, "life_certificate", NOW + timedelta(minutes=3))
    assert [row["answered_by"] for row in rows] == [OFFICIAL, None]
    assert await devices.answered_calls(ATLANTIA, MARINA, NOW + timedelta(minutes=4)) == ()
    assert await devices.answered_calls(ATLANTIA, OfficeId("hills"), NOW) == ()


async def test_a_call_that_nobody_makes_is_answered_by_nobody(devices: DevicesPostgres, database: Database) -> None:
    here = (await devices.enrol(ATLANTIA, MARINA, "Sala 3", OFFICIAL, NOW)).device
    await devices.answer_call(here.id, OFFICIAL, NOW)

    assert await database.rows("SELECT FROM office_calls WHERE device = $1", here.id) == []
