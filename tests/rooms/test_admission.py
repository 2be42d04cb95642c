"""Who is let in, who waits and who is sent away is the workflow's decision, and the room obeys it."""

import asyncio
import contextlib
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from bench.rooms.house import House
from bench.rooms.person import Person
from bench.rooms.waiting import until
from deploy.room_keys import retire, rotate
from domain.codes.key_files import keys_in
from rooms.client import RoomRefused


def udp_ports(house: House) -> int:
    """How many UDP sockets the media process holds: media can come or go by no other way."""
    mine = set()
    for link in Path(f"/proc/{house.pid}/fd").iterdir():
        with contextlib.suppress(FileNotFoundError):
            mine.add(link.readlink().name)
    tables = [Path(f"/proc/net/{table}").read_text().splitlines()[1:] for table in ("udp", "udp6")]
    return sum(f"socket:[{line.split()[9]}]" in mine for table in tables for line in table)


async def test_whoever_waits_receives_and_sends_nothing_until_the_workflow_admits_him(
    house: House, person: Callable[..., Person]
) -> None:
    clerk, official, citizen = person(house, seed=1), person(house, seed=2), person(house, seed=3)
    await clerk.join(house.token("clerk"))
    await official.join(house.token("official"))
    await official.sees("clerk")
    ports = udp_ports(house)

    await citizen.join(house.token("citizen", admitted=False))
    await citizen.hears("waiting")
    await clerk.sees("official", frames=20)
    assert udp_ports(house) == ports
    assert citizen.last("offer") is None
    assert citizen.frames_received() == 0
    assert clerk.stream_of("citizen") is None

    await house.client.admit(house.room, "citizen")
    assert set(await citizen.sees("clerk")) <= set(clerk.video)
    assert set(await clerk.sees("citizen")) <= set(citizen.video)


async def test_whoever_waits_cannot_negotiate_media(house: House, person: Callable[..., Person]) -> None:
    citizen = person(house)
    await citizen.join(house.token("citizen", admitted=False))
    await citizen.hears("waiting")
    await citizen.say({"type": "answer", "sdp": "v=0"})
    assert (await citizen.hears("refused"))["reason"] == "protocol"


async def test_somebody_admitted_before_he_connects_does_not_wait(house: House, person: Callable[..., Person]) -> None:
    await house.client.admit(house.room, "citizen")
    await house.client.admit(house.room, "citizen")
    citizen = person(house)
    await citizen.join(house.token("citizen", admitted=False))
    await citizen.hears("offer")
    assert citizen.last("waiting") is None


async def test_a_dismissed_witness_is_out_at_once_and_his_older_token_opens_nothing(
    house: House, person: Callable[..., Person]
) -> None:
    clerk, witness, again, called, late = (person(house, seed=seed) for seed in range(1, 6))
    older_token, oldest_token = house.token("witness"), house.token("witness", admitted=False)
    await clerk.join(house.token("clerk"))
    await witness.join(house.token("witness"))
    await witness.sees("clerk")

    await house.client.dismiss(house.room, "witness", "heard")
    closed = await witness.hears("closed")
    assert (closed["reason"], closed["detail"]) == ("dismissed", "heard")
    received = witness.frames_received()
    await clerk.hears("slots")
    await asyncio.sleep(0.3)
    assert witness.frames_received() == received
    assert clerk.stream_of("witness") is None

    await again.join(older_token)
    assert (await again.hears("refused"))["reason"] == "dismissed"
    await house.client.admit(house.room, "witness")
    await called.join(house.token("witness"))
    await called.sees("clerk")
    await late.join(oldest_token)
    assert (await late.hears("refused"))["reason"] == "dismissed"


async def test_a_closed_room_lets_nobody_in_until_it_is_opened(house: House, person: Callable[..., Person]) -> None:
    inside, outside, later = person(house), person(house), person(house)
    await inside.join(house.token("inside"))
    await inside.hears("offer")
    await house.client.close_room(house.room)
    await house.client.close_room(house.room)
    assert (await inside.hears("closed"))["reason"] == "room_closed"
    await outside.join(house.token("outside"))
    assert (await outside.hears("refused"))["reason"] == "room_closed"
    with pytest.raises(RoomRefused, match="room_closed"):
        await house.client.admit(house.room, "outside")

    assert await house.client.open_room(house.room) == await house.client.open_room(house.room)
    await later.join(house.token("outside"))
    await later.hears("offer")


async def test_a_second_window_of_the_same_person_takes_the_place_of_the_first(
    house: House, person: Callable[..., Person]
) -> None:
    clerk, first, second = person(house, seed=1), person(house, seed=2), person(house, seed=3)
    await clerk.join(house.token("clerk"))
    await first.join(house.token("citizen"))
    await clerk.sees("citizen")
    await second.join(house.token("citizen"))
    assert (await first.hears("closed"))["reason"] == "replaced"
    assert set(await clerk.sees_in_place_of("citizen", second)) <= set(second.video)


async def test_the_room_holds_whom_the_type_allows_and_its_host_besides(
    house: House, person: Callable[..., Person]
) -> None:
    seats = 9
    for n in range(seats):
        somebody = person(house, camera=False)
        await somebody.join(house.token(f"p{n}", seats=seats))
        await somebody.hears("offer")
    with_token, waiting, host = (person(house, camera=False) for _ in range(3))
    await with_token.join(house.token("tenth", seats=seats))
    assert (await with_token.hears("refused"))["reason"] == "room_full"
    await waiting.join(house.token("eleventh", seats=seats, admitted=False))
    await waiting.hears("waiting")
    with pytest.raises(RoomRefused, match="room_full"):
        await house.client.admit(house.room, "eleventh")
    await host.join(house.token("clerk", seats=seats, hosts=True))
    await until(lambda: somebody.stream_of("clerk"))
    await until(lambda: host.stream_of("p0"))


async def test_everybody_of_a_hearing_of_nine_sees_everybody(house: House, person: Callable[..., Person]) -> None:
    people = {f"p{n}": person(house, camera=False) for n in range(9)}
    for name, somebody in people.items():
        await somebody.join(house.token(name, seats=9))
    for name, somebody in people.items():
        for other in people.keys() - {name}:
            await until(partial(somebody.stream_of, other))


async def test_in_a_recess_nobody_is_seen_or_heard_until_it_ends(house: House, person: Callable[..., Person]) -> None:
    clerk, citizen, late = person(house, seed=1), person(house, seed=2), person(house, seed=3)
    await clerk.join(house.token("clerk"))
    await citizen.join(house.token("citizen"))
    await clerk.hears_voice_of("citizen")
    await clerk.sees("citizen")
    await house.client.pause(house.room, True)
    assert (await citizen.hears("paused"))["paused"] is True
    await asyncio.sleep(0.5)
    received = clerk.frames_received()
    await late.join(house.token("late", paused=False))
    assert (await late.hears("paused"))["paused"] is True
    await asyncio.sleep(1)
    assert clerk.frames_received() == received
    assert late.frames_received() == 0
    assert clerk.stream_of("citizen") is None

    await house.client.pause(house.room, False)
    await clerk.hears_voice_of("citizen")
    assert set(await clerk.sees_in_place_of("late", late)) <= set(late.video)


async def test_a_media_process_that_began_anew_in_a_recess_learns_of_it_from_who_comes(
    house: House, person: Callable[..., Person]
) -> None:
    first, second = person(house, seed=1), person(house, seed=2)
    await first.join(house.token("first", paused=True))
    await second.join(house.token("second", paused=True))
    await second.hears("paused")
    await asyncio.sleep(1)
    assert first.stream_of("second") is None
    await house.client.pause(house.room, False)
    await first.sees("second")


@pytest.mark.parametrize(
    ("fault", "lifetime"), [("expired", timedelta(seconds=-1)), ("too_long_lived", timedelta(seconds=90))]
)
async def test_a_token_is_good_for_a_minute_at_most(
    house: House, person: Callable[..., Person], fault: str, lifetime: timedelta
) -> None:
    citizen = person(house)
    await citizen.join(house.token("citizen", lifetime=lifetime))
    assert (await citizen.hears("refused"))["reason"] == fault


async def test_the_key_of_the_rooms_is_changed_while_people_are_inside(
    own_house: House, person: Callable[..., Person]
) -> None:
    before, given_out = own_house.key, own_house.token("official")
    clerk, official, late = (person(own_house, seed=seed) for seed in (1, 2, 3))
    await clerk.join(own_house.token("clerk"))

    rotate(own_house.key_file)
    await official.join(given_out)
    await clerk.sees("official")
    own_house.key = keys_in(own_house.key_file.read_bytes())[0]
    await late.join(own_house.token("citizen"))
    await clerk.sees("citizen")

    retire(own_house.key_file)
    refused = person(own_house)
    await refused.join(own_house.token("another", key=before))
    assert (await refused.hears("refused"))["reason"] == "forged"


async def test_a_token_of_another_key_is_refused(house: House, person: Callable[..., Person]) -> None:
    citizen = person(house)
    await citizen.join(house.token("citizen", key=b"x" * 32))
    assert (await citizen.hears("refused"))["reason"] == "forged"


async def test_a_token_opens_the_door_once(house: House, person: Callable[..., Person]) -> None:
    citizen, thief = person(house), person(house)
    token = house.token("citizen")
    await citizen.join(token)
    await citizen.hears("offer")
    await thief.join(token)
    assert (await thief.hears("refused"))["reason"] == "replayed"
    assert citizen.last("closed") is None


async def test_people_of_another_procedure_are_neither_seen_nor_heard(
    house: House, person: Callable[..., Person]
) -> None:
    here, also_here, elsewhere = person(house, seed=1), person(house, seed=2), person(house, seed=3)
    await here.join(house.token("p1"))
    await elsewhere.join(house.token("p2", procedure="prc_2"))
    await also_here.join(house.token("p3"))
    await here.sees("p3", frames=20)
    assert here.stream_of("p2") is None
    assert elsewhere.frames_received() == 0
