"""Whoever holds the act closes microphones: the room carries and records no sound of them, whatever browsers send."""

import asyncio
from collections.abc import Callable

from bench.rooms.house import House
from bench.rooms.person import Person
from bench.rooms.waiting import until
from domain.ids import RoomId


async def test_nobody_hears_whom_the_host_has_muted_until_that_is_taken_back(
    house: House, person: Callable[..., Person]
) -> None:
    clerk, citizen = person(house, seed=1), person(house, seed=2)
    await clerk.join(house.token("clerk", hosts=True))
    await citizen.join(house.token("citizen"))
    await clerk.hears_voice_of("citizen")
    room = RoomId(house.procedure)

    await house.client.mute(room, ["citizen"])
    await until(lambda: _told(citizen) == [True])
    before = await _heard_later(clerk, "citizen")
    assert await _heard_later(clerk, "citizen") == before
    assert await clerk.sees("citizen", frames=5)
    assert _tile(clerk, "citizen")["muted"] is True

    await house.client.mute(room, [])
    await until(lambda: _told(citizen) == [True, False])
    assert await _heard_later(clerk, "citizen") > before
    assert set(await clerk.hears_voice_of("citizen")) <= set(citizen.audio)
    assert _tile(clerk, "citizen")["muted"] is False


async def test_whoever_comes_back_is_as_muted_as_they_were(house: House, person: Callable[..., Person]) -> None:
    clerk, citizen = person(house, seed=1), person(house, seed=2)
    await clerk.join(house.token("clerk", hosts=True))
    await house.client.mute(RoomId(house.procedure), ["citizen"])

    await citizen.join(house.token("citizen"))
    await clerk.sees("citizen", frames=5)
    assert _told(citizen) == [True]
    assert await _heard_later(clerk, "citizen") == 0


async def test_a_process_that_began_anew_learns_it_from_the_pass_and_from_nothing_older(
    house: House, person: Callable[..., Person]
) -> None:
    clerk, citizen, other = person(house, seed=1), person(house, seed=2), person(house, seed=3)
    older = house.token("other", muted=True)
    await clerk.join(house.token("clerk", hosts=True))
    await citizen.join(house.token("citizen", muted=True))
    await clerk.sees("citizen", frames=5)
    assert _told(citizen) == [True]

    await house.client.mute(RoomId(house.procedure), [])
    await until(lambda: _told(citizen) == [True, False])
    await other.join(older)
    await clerk.sees("other", frames=5)
    assert _told(other) == []


def _told(somebody: Person) -> list[bool]:
    return [message["muted"] for message in somebody.heard if message["type"] == "muted"]


def _tile(somebody: Person, other: str) -> dict[str, object]:
    slots = [message["slots"] for message in somebody.heard if message["type"] == "slots"][-1]
    return next(slot for slot in slots if slot["participant"] == other)


async def _heard_later(somebody: Person, other: str) -> int:
    """Sounds of the other that have arrived a second from now."""
    await asyncio.sleep(1)
    stream = somebody.stream_of(other)
    return len(somebody.seen[str(stream), "audio"].frames)
