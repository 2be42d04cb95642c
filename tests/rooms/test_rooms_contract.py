"""What every media server does, the real one and its twin in memory: each command bears repetition."""

from pathlib import Path

import pytest

from adapters.memory import MemoryRooms
from bench.rooms.house import House
from domain.errors import TryAgain
from domain.ids import RoomId
from domain.ports.media import MediaServer
from rooms.client import RoomsClient

ROOM = RoomId("prc_1")


@pytest.fixture(params=["memory", "live"])
def media(request: pytest.FixtureRequest) -> MediaServer:
    if request.param == "memory":
        return MemoryRooms()
    house: House = request.getfixturevalue("own_house")
    return house.client


async def test_every_command_may_be_repeated_for_people_who_never_came(media: MediaServer) -> None:
    opened = {await media.open_room(ROOM) for _ in range(2)}
    assert len(opened) == 1 and opened != {""}
    for _ in range(2):
        await media.admit(ROOM, "p1")
        await media.pause(ROOM, True)
        await media.mute(ROOM, ["p1"])
    for _ in range(2):
        await media.pause(ROOM, False)
        await media.dismiss(ROOM, "p1", "dismissed")
    for _ in range(2):
        await media.close_room(ROOM)
    assert {await media.open_room(ROOM)} == opened


async def test_a_room_that_never_was_is_closed_all_the_same(media: MediaServer) -> None:
    await media.close_room(RoomId("prc_unknown"))


@pytest.fixture(params=["memory", "live"])
def away(request: pytest.FixtureRequest, tmp_path: Path) -> MediaServer:
    return MemoryRooms(away=True) if request.param == "memory" else RoomsClient(tmp_path / "nobody.sock")


async def test_whoever_is_away_is_asked_again_later(away: MediaServer) -> None:
    for asking in (
        away.open_room(ROOM),
        away.admit(ROOM, "p1"),
        away.dismiss(ROOM, "p1", "dismissed"),
        away.pause(ROOM, True),
        away.mute(ROOM, ["p1"]),
        away.close_room(ROOM),
        away.grab_still(ROOM, "p1"),
    ):
        with pytest.raises(TryAgain):
            await asking
