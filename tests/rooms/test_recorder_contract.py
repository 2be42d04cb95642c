"""What every recorder does, the real one and its twin in memory: beginning and ending bear repetition."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from adapters.memory import MemoryKeys, MemoryRecorder, MemoryVault
from bench.rooms.house import House
from domain.errors import TryAgain
from domain.ids import ProcedureId
from domain.ports.recording import Recorder
from domain.procedure.recording import FIRST
from domain.recorded import kept_lines
from rooms.recording.recorder import RoomRecorder
from rooms.recording.spool import spooled

PROCEDURE = ProcedureId("prc_1")


@pytest.fixture
async def keys() -> MemoryKeys:
    made = MemoryKeys()
    await made.create(PROCEDURE)
    return made


@pytest.fixture
def vault() -> MemoryVault:
    return MemoryVault()


@pytest.fixture(params=["memory", "live"])
async def recorder(
    request: pytest.FixtureRequest, tmp_path: Path, vault: MemoryVault, keys: MemoryKeys
) -> AsyncIterator[Recorder]:
    if request.param == "memory":
        yield MemoryRecorder(vault)
        return
    house: House = request.getfixturevalue("own_house")
    live = RoomRecorder(house.socket, tmp_path / "recording", vault, keys)
    yield live
    await live.close()


async def test_beginning_and_ending_bear_repetition_and_say_where_the_chain_stands(
    recorder: Recorder, vault: MemoryVault
) -> None:
    began = {await recorder.start(PROCEDURE, 1) for _ in range(2)}
    assert len(began) == 1
    ended = [await recorder.stop(PROCEDURE, 1) for _ in range(2)]
    lines = await kept_lines(vault, PROCEDURE)
    for answer in ended:
        assert (answer.lines, answer.head) == (len(lines), lines[-1].hash if lines else FIRST)
    assert min(began) <= ended[0].ended_at


async def test_what_was_never_begun_ends_all_the_same(recorder: Recorder) -> None:
    await recorder.end(PROCEDURE)
    assert (await recorder.stop(PROCEDURE, 7)).lost == 0
    await recorder.start(PROCEDURE, 8)
    for _ in range(2):
        await recorder.end(PROCEDURE)


@pytest.fixture(params=["memory", "live"])
def away(request: pytest.FixtureRequest, tmp_path: Path, vault: MemoryVault, keys: MemoryKeys) -> Recorder:
    if request.param == "memory":
        return MemoryRecorder(vault, away=True)
    return RoomRecorder(tmp_path / "nobody.sock", tmp_path / "recording", vault, keys, hearing=0.2)


async def test_a_room_that_is_not_heard_is_not_said_to_be_recorded(away: Recorder, tmp_path: Path) -> None:
    with pytest.raises(TryAgain):
        await away.start(PROCEDURE, 1)
    assert spooled(tmp_path / "recording") == []
