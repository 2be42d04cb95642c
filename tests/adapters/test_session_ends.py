"""Whoever carries the media of a session learns that it is over, in whichever way it ends."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing
from datetime import UTC, datetime, timedelta

import pytest
from argon2 import PasswordHasher

from adapters.postgres.accounts import AccountsPostgres
from adapters.postgres.database import Database
from adapters.postgres.devices import DevicesPostgres
from adapters.postgres.sessions import SessionsPostgres
from domain.access.accounts import LIFETIMES, Account, OpenedSession, Seat, SessionKind
from domain.ids import AccountId, AdministrationId, OfficeId, ParticipantId, ProcedureId
from domain.types.vocabulary import StaffRole

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
CLERK = Account(
    id=AccountId("acc_1"), administration=AdministrationId("atlantia"), name="Elena", email="e@x.example",
    roles=(StaffRole.CLERK,),
)  # fmt: skip
SEAT = Seat(procedure=ProcedureId("prc_1"), participant=ParticipantId("p1"))
IDLE = LIFETIMES[SessionKind.STAFF].idle

End = Callable[[Database, SessionsPostgres, OpenedSession], Awaitable[object]]


@pytest.fixture
def sessions(database: Database) -> SessionsPostgres:
    return SessionsPostgres(database)


async def signed_in(database: Database, sessions: SessionsPostgres) -> OpenedSession:
    hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    await AccountsPostgres(database, hasher).create(CLERK, "elena", "password")
    return await sessions.open_staff(CLERK.id, NOW)


async def signs_out(_: Database, sessions: SessionsPostgres, opened: OpenedSession) -> None:
    await sessions.end(opened.token)


async def is_ended_by_others(_: Database, sessions: SessionsPostgres, opened: OpenedSession) -> None:
    assert await sessions.end_of_account(CLERK.id) == [opened.session.id]


async def loses_the_account(database: Database, _: SessionsPostgres, __: OpenedSession) -> None:
    await database.execute("UPDATE accounts SET active = false WHERE id = $1", CLERK.id)


async def is_old_and_somebody_else_comes(_: Database, sessions: SessionsPostgres, opened: OpenedSession) -> None:
    await sessions.open_citizen(SEAT, opened.session.ends_at)


async def told(ends: AsyncGenerator[str | None, None]) -> str | None:
    async with asyncio.timeout(5):
        return await anext(ends)


@pytest.mark.parametrize("end", [signs_out, is_ended_by_others, loses_the_account, is_old_and_somebody_else_comes])
async def test_an_end_is_heard_as_it_happens(database: Database, sessions: SessionsPostgres, end: End) -> None:
    opened = await signed_in(database, sessions)
    async with aclosing(sessions.listen_ends()) as ends:
        assert await told(ends) is None
        await end(database, sessions, opened)
        assert await told(ends) == opened.session.id


async def test_what_ends_by_itself_is_found_over(database: Database, sessions: SessionsPostgres) -> None:
    one = (await signed_in(database, sessions)).session
    here, idle = (one.id, "ses_unknown"), NOW + IDLE
    assert await sessions.over(here, NOW) == {"ses_unknown"}
    assert await sessions.over(here, idle - timedelta(seconds=1)) == {"ses_unknown"}
    assert await sessions.over(here, idle) == set(here)
    await sessions.keep_in_use([one.id], one.ends_at - timedelta(seconds=1))
    assert await sessions.over([one.id], one.ends_at - timedelta(seconds=1)) == set()
    assert await sessions.over([one.id], one.ends_at) == {one.id}


async def test_a_seat_that_is_taken_over_leaves_its_former_session_over(sessions: SessionsPostgres) -> None:
    former, present = [(await sessions.open_citizen(SEAT, NOW)).session.id for _ in range(2)]
    assert await sessions.over([former, present], NOW) == {former}


async def test_a_session_ends_with_the_enrolment_of_its_computer(
    database: Database, sessions: SessionsPostgres
) -> None:
    await signed_in(database, sessions)
    devices = DevicesPostgres(database)
    device = (await devices.enrol(CLERK.administration, OfficeId("ojm-vilar"), "Puesto 1", CLERK.id, NOW)).device.id
    citizen = (await sessions.open_citizen(SEAT.but(device=device), NOW)).session.id
    assert await sessions.over([citizen], NOW) == set()
    await devices.revoke(device, NOW)
    assert await sessions.over([citizen], NOW) == {citizen}


async def test_whoever_is_seen_and_heard_is_not_idle(database: Database, sessions: SessionsPostgres) -> None:
    one = (await signed_in(database, sessions)).session
    later = NOW + IDLE - timedelta(minutes=1)
    await sessions.keep_in_use([one.id], later)
    assert await sessions.over([one.id], NOW + IDLE + timedelta(minutes=1)) == set()
