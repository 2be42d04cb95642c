"""What is measured of live rooms is of rooms that carry everything; one that does not is told, and no figure given."""

import math
from pathlib import Path

import pytest
from aiohttp import ClientSession

from bench.rooms.__main__ import Sizes, Unmeasurable, held, measure, room_cost
from bench.rooms.clips import SMALL
from bench.rooms.house import House
from bench.rooms.transcoding import transcoding_cost

TINY = Sizes(seconds=2, joins=1, deaths=1, warm_up=1)
MEASURES = {
    "room_cpu_vs_transcoding": "cpu",
    "rooms_of_three_per_core": "rooms",
    "rooms_of_eight_per_core": "rooms",
    "room_answer_p99_ms": "ms",
    "room_join_first_frame_p95_s": "s",
    "room_media_killed_back_p95_s": "s",
    "recording_cost_per_person": "% cpu",
}


async def test_everything_is_measured(own_house: House, tmp_path: Path) -> None:
    figures = await measure(own_house, tmp_path, TINY)

    assert {figure.name: figure.unit for figure in figures} == MEASURES
    assert all(math.isfinite(figure.value) for figure in figures)
    assert all(figure.value > 0 for figure in figures if figure.name != "recording_cost_per_person")


async def test_a_room_that_carries_nothing_is_not_measured(house: House) -> None:
    async with ClientSession() as session, held(house, session, 2, counts=False) as people:
        await house.client.pause(house.room, True)
        with pytest.raises(Unmeasurable, match="came through"):
            await room_cost(house, people, 2)


def test_each_person_more_is_encoded_for_everybody_else() -> None:
    assert transcoding_cost(4, SMALL, 1) > 1.5 * transcoding_cost(2, SMALL, 1)
