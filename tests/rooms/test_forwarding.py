"""People see and hear each other exactly as each was encoded, and nobody else."""

import random
from collections.abc import Callable
from itertools import pairwise

from bench.rooms.house import House
from bench.rooms.person import Person
from bench.rooms.waiting import until


async def test_three_people_receive_the_very_frames_that_the_others_encoded(
    house: House, person: Callable[..., Person]
) -> None:
    people = {f"p{n}": person(house, seed=n) for n in (1, 2, 3)}
    for participant, somebody in people.items():
        await somebody.join(house.token(participant))

    for me, somebody in people.items():
        for other in people.keys() - {me}:
            frames = await somebody.sees(other)
            assert set(frames) <= set(people[other].video)
            voice = await somebody.hears_voice_of(other)
            assert set(voice) <= set(people[other].audio)


async def test_a_place_left_by_one_person_shows_the_next_without_renegotiation(
    house: House, person: Callable[..., Person]
) -> None:
    host, first, second = person(house, seed=1), person(house, seed=2), person(house, seed=3)
    await host.join(house.token("host"))
    await first.join(house.token("first"))
    await host.sees("first")
    place = host.stream_of("first")
    await first.leave()

    await second.join(house.token("second"))
    await until(lambda: host.stream_of("second"))
    assert host.stream_of("second") == place
    assert host.stream_of("first") is None
    assert set(await host.sees_in_place_of("second", second, frames=20)) <= set(second.video)
    assert len([message for message in host.heard if message["type"] == "offer"]) == 1


async def test_packets_that_a_subscriber_loses_are_sent_to_him_again(
    house: House, person: Callable[..., Person]
) -> None:
    clerk, citizen = person(house, seed=1), person(house, seed=2)
    await clerk.join(house.token("clerk"))
    await citizen.join(house.token("citizen"))
    await clerk.sees("citizen")
    lost = clerk.lose_packets(random.Random(7), share=0.1)
    frames = await clerk.sees("citizen", frames=60)
    assert len(lost) > 5
    places = [citizen.video.index(frame) for frame in frames[-50:]]
    steps = {(later - earlier) % len(citizen.video) for earlier, later in pairwise(places)}
    assert steps == {1}
