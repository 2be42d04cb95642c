"""What happens to people's connections reaches the workflow's side, also when that side was away."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bench.rooms.house import House
from bench.rooms.person import Person
from domain.codes.room_tokens import RoomClaims
from rooms.client import RoomsClient, RoomsUnavailable
from rooms.member import Member
from rooms.narrowness import Downlink
from rooms.peer import ONE_ALONE, Peer
from rooms.protocol import Fact
from rooms.room import Room

Facts = AsyncGenerator[Fact, None]


async def next_facts(facts: Facts, count: int) -> list[Fact]:
    async with asyncio.timeout(15):
        return [await anext(facts) for _ in range(count)]


def said(facts: list[Fact]) -> list[tuple[str, str, str]]:
    return [(fact.participant, fact.kind, fact.reason) for fact in facts]


async def test_coming_vanishing_returning_and_leaving_are_told_in_order(
    own_house: House, person: Callable[..., Person], facts: Facts
) -> None:
    citizen, again = person(own_house), person(own_house)
    await citizen.join(own_house.token("citizen"))
    told = await next_facts(facts, 1)
    await citizen.vanish()
    await again.join(own_house.token("citizen"))
    told += await next_facts(facts, 2)
    assert said(told) == [
        ("citizen", "joined", "admitted"),
        ("citizen", "connection_lost", "signalling"),
        ("citizen", "restored", "media"),
    ]
    await again.leave()
    assert said(await next_facts(facts, 1)) == [("citizen", "left", "said_so")]
    assert [fact.id for fact in told] == sorted({fact.id for fact in told})


class LingeringMedia(Peer):
    """Media that flow for an instant after the goodbye, as they do in a busy process."""

    @property
    def live(self) -> bool:
        return True

    def silent_for(self, kind: str) -> float:
        return 0.0


class Listener:
    """A browser that only listens."""

    def post(self, message: dict[str, Any]) -> None:
        """Nothing comes of it."""

    def close(self, message: dict[str, Any]) -> None:
        """Nothing comes of it."""


async def test_whoever_has_left_is_not_told_to_be_back_because_his_media_linger() -> None:
    told: list[str] = []
    room = Room(lambda participant, role, kind, reason, at: told.append(kind), loopback=True)
    until = datetime.now(UTC) + timedelta(minutes=1)
    claims = RoomClaims(
        procedure="prc_1", participant="citizen", role="party", label="A", admitted=True, expires_at=until, jti="j" * 24
    )
    member = room.members["citizen"] = Member(claims, Listener())
    member.peer = LingeringMedia(5, True, Downlink(), lambda: None)
    watching = asyncio.ensure_future(room._watch(member, member.peer))
    async with asyncio.timeout(5):
        while not told:  # noqa: ASYNC110 - the watch looks from time to time
            await asyncio.sleep(0.05)
    await room.hear(member, {"type": "leave"})
    await watching
    await room.stop()
    assert told == ["joined", "left"]


async def test_a_person_who_falls_silent_is_lost_since_his_last_packet(
    own_house: House, person: Callable[..., Person], facts: Facts
) -> None:
    citizen, clerk = person(own_house, seed=1), person(own_house, seed=2)
    await citizen.join(own_house.token("citizen"))
    await clerk.join(own_house.token("clerk"))
    await clerk.sees("citizen")
    for track in citizen.tracks:
        track.paused = True
    (lost,) = [fact for fact in await next_facts(facts, 3) if fact.kind == "connection_lost"]
    assert (lost.participant, lost.reason) == ("citizen", "silence")
    for track in citizen.tracks:
        track.paused = False
    (restored,) = await next_facts(facts, 1)
    assert restored.kind == "restored"
    assert (restored.at - lost.at).total_seconds() > 3


@pytest.mark.parametrize("stopped", [0, 1], ids=["one track", "the other"])
async def test_a_person_of_whom_only_sound_or_only_picture_comes_is_lost_since_the_last_of_the_other(
    own_house: House, person: Callable[..., Person], facts: Facts, stopped: int
) -> None:
    citizen, clerk = person(own_house, seed=1), person(own_house, seed=2)
    await citizen.join(own_house.token("citizen"))
    await clerk.join(own_house.token("clerk"))
    await clerk.sees("citizen")
    await next_facts(facts, 2)
    citizen.tracks[stopped].paused = True
    (lost,) = await next_facts(facts, 1)
    assert said([lost]) == [("citizen", "connection_lost", "silence")]
    citizen.tracks[stopped].paused = False
    (restored,) = await next_facts(facts, 1)
    assert restored.kind == "restored"
    assert (restored.at - lost.at).total_seconds() > ONE_ALONE


async def test_facts_that_nobody_acknowledged_are_told_again_to_the_next_sidecar(
    own_house: House, person: Callable[..., Person], facts: Facts
) -> None:
    for participant in ("p1", "p2", "p3"):
        somebody = person(own_house)
        await somebody.join(own_house.token(participant, admitted=False))
        await somebody.hears("waiting")
    first, second, _ = await next_facts(facts, 3)
    await own_house.client.ack(first.id)
    await facts.aclose()

    async with aclosing(RoomsClient(own_house.socket).facts()) as second_sidecar:
        again = await next_facts(second_sidecar, 2)
    assert [fact.participant for fact in again] == ["p2", "p3"]
    assert again[0].id == second.id


async def test_waiting_and_being_let_in_are_two_facts(
    own_house: House, person: Callable[..., Person], facts: Facts
) -> None:
    citizen = person(own_house)
    await citizen.join(own_house.token("citizen", admitted=False))
    assert said(await next_facts(facts, 1)) == [("citizen", "joined", "waiting")]
    await own_house.client.admit(own_house.room, "citizen")
    assert said(await next_facts(facts, 1)) == [("citizen", "joined", "admitted")]


async def test_dismissal_and_closing_are_told_as_leaving(
    own_house: House, person: Callable[..., Person], facts: Facts
) -> None:
    for participant in ("p1", "p2"):
        somebody = person(own_house)
        await somebody.join(own_house.token(participant, admitted=False))
        await somebody.hears("waiting")
    await own_house.client.dismiss(own_house.room, "p1", "heard")
    await own_house.client.close_room(own_house.room)
    assert said(await next_facts(facts, 4))[2:] == [("p1", "left", "dismissed"), ("p2", "left", "room_closed")]


async def test_after_a_crash_of_the_process_everybody_is_back_in_with_a_fresh_token(
    own_house: House, person: Callable[..., Person], facts: Facts
) -> None:
    clerk, citizen = person(own_house, seed=1), person(own_house, seed=2)
    instance = await own_house.client.open_room(own_house.room)
    await clerk.join(own_house.token("clerk"))
    await citizen.join(own_house.token("citizen"))
    await citizen.sees("clerk")
    before = await next_facts(facts, 2)

    own_house.kill()
    with pytest.raises(RoomsUnavailable):
        await own_house.client.open_room(own_house.room)
    lost = await next_facts(facts, 2)
    assert {(fact.participant, fact.kind, fact.reason) for fact in lost} == {
        ("clerk", "connection_lost", "process"),
        ("citizen", "connection_lost", "process"),
    }
    own_house.start()
    clerk_again, citizen_again = person(own_house, seed=1), person(own_house, seed=2)
    await clerk_again.join(own_house.token("clerk"))
    await citizen_again.join(own_house.token("citizen"))
    assert set(await citizen_again.sees("clerk")) <= set(clerk.video)

    after = await next_facts(facts, 2)
    assert sorted(said(after)) == [("citizen", "joined", "admitted"), ("clerk", "joined", "admitted")]
    assert after[0].id > before[-1].id
    assert after[0].instance != instance == before[0].instance
    assert await own_house.client.open_room(own_house.room) == after[0].instance
