"""Lawyer and client talk alone: no frame crosses, on the way there, meanwhile, after a kill, and on the way back."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from functools import partial

import pytest

from bench.rooms.house import House
from bench.rooms.person import Person
from bench.rooms.waiting import until
from domain.ids import private_room
from domain.ports.media import MOVED
from rooms.protocol import Fact
from tests.rooms.test_facts import next_facts, said

Somebody = Callable[..., Person]
PAIR = ("lawyer", "client")


async def all_in_the_main_room(house: House, person: Somebody, names: tuple[str, ...]) -> dict[str, Person]:
    people = {name: person(house, seed=seed) for seed, name in enumerate(names, 1)}
    for name, somebody in people.items():
        await somebody.join(house.token(name))
    for name, somebody in people.items():
        for other in people.keys() - {name}:
            await until(partial(somebody.stream_of, other))
    return people


async def in_private(house: House, person: Somebody) -> dict[str, Person]:
    """The two of the talk, each with a new pass."""
    # Sounds of seeds that are less than fifty apart are partly the same.
    pair = {name: person(house, seed=100 * number) for number, name in enumerate(PAIR, 11)}
    for name, somebody in pair.items():
        await somebody.join(house.token(name, room=private_room(house.procedure, 1), seats=2))
    await pair["lawyer"].sees("client")
    await pair["client"].sees("lawyer")
    return pair


def frames_of(sender: Person, receiver: Person) -> int:
    """How much of what this person sends has reached the other: image and sound."""
    sent = {*sender.video, *sender.audio}
    return sum(frame in sent for sink in receiver.seen.values() for frame in sink.frames)


def sees_neither(somebody: Person) -> bool:
    return {somebody.stream_of(name) for name in PAIR} == {None}


def crossed(here: dict[str, Person], there: dict[str, Person]) -> int:
    """Frames that have come from one room to the other so far, both ways."""
    return sum(frames_of(a, b) + frames_of(b, a) for a in here.values() for b in there.values())


async def nothing_crosses(here: dict[str, Person], there: dict[str, Person]) -> None:
    """While the one room goes on."""
    before = crossed(here, there)
    for name, somebody in here.items():
        for other in here.keys() - {name}:
            await somebody.sees(other, frames=5)
            await somebody.hears_voice_of(other, frames=10)
    assert crossed(here, there) == before


async def test_no_frame_crosses_between_the_talk_and_the_main_room(house: House, person: Somebody) -> None:
    people = await all_in_the_main_room(house, person, ("judge", "clerk", *PAIR))
    before = house.token("client")
    private = private_room(house.procedure, 1)
    await house.client.open_room(private)
    for name in PAIR:
        await house.client.dismiss(house.room, name, MOVED)
        closed = await people[name].hears("closed")
        assert (closed["reason"], closed["detail"]) == ("dismissed", MOVED)
    court = {name: people[name] for name in ("judge", "clerk")}
    for somebody in court.values():
        await until(partial(sees_neither, somebody))
    pair = await in_private(house, person)
    assert crossed(pair, court) == 0
    await nothing_crosses(court, pair)
    await nothing_crosses(pair, court)

    late, third = person(house), person(house)
    await late.join(before)
    assert (await late.hears("refused"))["reason"] == "dismissed", "a pass of before the talk"
    await third.join(house.token("third", room=private, seats=2))
    assert (await third.hears("refused"))["reason"] == "room_full"

    await house.client.close_room(private, MOVED)
    for name in PAIR:
        closed = await pair[name].hears("closed")
        assert (closed["reason"], closed["detail"]) == ("room_closed", MOVED)
    again = person(house, seed=20)
    await again.join(house.token("client"))
    await again.sees("judge")
    assert set(await court["judge"].sees_in_place_of("client", again)) <= set(again.video)


async def test_a_media_process_that_dies_brings_people_back_where_they_belong(
    own_house: House, person: Somebody, facts: AsyncGenerator[Fact, None]
) -> None:
    private = private_room(own_house.procedure, 1)
    court = await all_in_the_main_room(own_house, person, ("judge", "clerk"))
    await own_house.client.open_room(private)
    pair = await in_private(own_house, person)
    await next_facts(facts, 4)
    own_house.kill()
    lost = await next_facts(facts, 4)
    assert {(fact.participant, fact.room) for fact in lost} == {
        ("judge", own_house.room), ("clerk", own_house.room), ("lawyer", private), ("client", private)
    }  # fmt: skip
    assert {fact.kind for fact in lost} == {"connection_lost"}
    for somebody in (*court.values(), *pair.values()):
        await somebody.vanish()

    own_house.start()
    court = await all_in_the_main_room(own_house, person, ("judge", "clerk"))
    pair = await in_private(own_house, person)
    back = await next_facts(facts, 4)
    assert {(fact.participant, fact.room) for fact in back} == {(fact.participant, fact.room) for fact in lost}
    assert crossed(pair, court) == 0
    await nothing_crosses(court, pair)


async def test_moving_is_told_as_moving(own_house: House, person: Somebody, facts: AsyncGenerator[Fact, None]) -> None:
    lawyer = person(own_house)
    await lawyer.join(own_house.token("lawyer"))
    await next_facts(facts, 1)
    await own_house.client.dismiss(own_house.room, "lawyer", MOVED)
    assert said(await next_facts(facts, 1)) == [("lawyer", "left", MOVED)]


@pytest.mark.parametrize("people", [("witness",), ("first", "second")])
async def test_a_witness_who_is_not_called_yet_gets_no_frame_and_sends_none(
    house: House, person: Somebody, people: tuple[str, ...]
) -> None:
    """Law: LEC art. 366.2; witnesses do not attend what others declare. Whoever waits has no media connection."""
    court = await all_in_the_main_room(house, person, ("judge", "heard"))
    waiting = {name: person(house, seed=seed) for seed, name in enumerate(people, 11)}
    for name, somebody in waiting.items():
        await somebody.join(house.token(name, admitted=False))
        await somebody.hears("waiting")
    await court["judge"].sees("heard", frames=8)
    await asyncio.sleep(0.5)
    assert [somebody.frames_received() for somebody in waiting.values()] == [0] * len(waiting)
    assert [somebody.tracks for somebody in waiting.values()] == [[]] * len(waiting)
    everybody = {**court, **waiting}
    assert {everybody[a].stream_of(b) for a in everybody for b in waiting} == {None}
