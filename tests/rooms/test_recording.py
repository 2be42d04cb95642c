"""A room is recorded as it is held: what people sent stands in the store, chained, whatever is killed meanwhile."""

import asyncio
import io
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import av
import pytest

from adapters.memory import MemoryVault
from bench.rooms.clips import MICROPHONE
from bench.rooms.house import House
from bench.rooms.person import Person
from bench.rooms.recording import SealingKeys
from domain.ids import ProcedureId
from domain.procedure.recording import TOLERANCE, GapReason, KeptLine
from domain.recorded import kept_lines
from rooms.recording.recorder import RoomRecorder

SEGMENT = 2.0


class Recorded:
    """A recorder beside a house, and what it leaves."""

    def __init__(self, house: House, folder: Path) -> None:
        self.procedure = ProcedureId(house.procedure)
        self.vault, self.keys = MemoryVault(), SealingKeys()
        self.folder = folder
        self._socket = house.socket
        self.recorder = self.another()

    def another(self) -> RoomRecorder:
        """The recorder of a process that is started after this one."""
        self.recorder = RoomRecorder(self._socket, self.folder, self.vault, self.keys, SEGMENT)
        return self.recorder

    async def lines(self) -> list[KeptLine]:
        return await kept_lines(self.vault, self.procedure)

    async def segments_of(self, participant: str) -> list[KeptLine]:
        return [line for line in await self.lines() if line.segment and line.segment.participant == participant]

    async def gaps_of(self, participant: str) -> list[GapReason]:
        return [line.gap.reason for line in await self.lines() if line.gap and line.gap.participant == participant]

    async def has_segments(self, participant: str, count: int) -> None:
        async with asyncio.timeout(20):
            while len(await self.segments_of(participant)) < count:  # noqa: ASYNC110 - the store tells nobody
                await asyncio.sleep(0.1)

    async def pictures_of(self, line: KeptLine) -> list[bytes]:
        """The encoded pictures of a segment."""
        assert line.content is not None
        content = await self.vault.get(self.procedure, line.content)
        with av.open(io.BytesIO(content), "r") as file:
            if (line.about.ended_at - line.about.began_at).total_seconds() > 1:
                assert file.streams.audio, "no sound"
            assert len(list(file.decode(video=0))) > 0
        with av.open(io.BytesIO(content), "r") as file:
            return [bytes(packet) for packet in file.demux(video=0) if packet.size]


@pytest.fixture
async def recorded(own_house: House, tmp_path: Path) -> AsyncIterator[Recorded]:
    made = Recorded(own_house, tmp_path / "recording")
    await made.keys.create(made.procedure)
    yield made
    await made.recorder.close()


async def test_what_people_send_is_in_the_store_as_they_sent_it(
    own_house: House, recorded: Recorded, person: Callable[..., Person]
) -> None:
    clerk, witness = person(own_house, seed=1), person(own_house, seed=2)
    await clerk.join(own_house.token("clerk"))
    await recorded.recorder.start(recorded.procedure, 1)
    await witness.join(own_house.token("witness"))
    await clerk.sees("witness")
    await recorded.has_segments("witness", 2)
    ended = await recorded.recorder.stop(recorded.procedure, 1)

    lines = await recorded.lines()
    assert (ended.lines, ended.head, ended.lost) == (len(lines), lines[-1].hash, 0)
    assert [line.about.n for line in lines] == list(range(len(lines)))
    assert all(after.about.previous == before.hash for before, after in pairwise(lines))
    for someone, name in ((clerk, "clerk"), (witness, "witness")):
        segments = await recorded.segments_of(name)
        assert await recorded.gaps_of(name) == []
        assert all((b.about.began_at - a.about.ended_at).total_seconds() < TOLERANCE for a, b in pairwise(segments))
        for segment in segments:
            pictures = await recorded.pictures_of(segment)
            assert set(pictures) <= set(someone.video), "not the pictures that were sent"
            assert pictures[0][0] & 1 == 0, "begins inside a picture"
    assert not (recorded.folder / recorded.procedure).exists()


async def test_nothing_is_recorded_before_the_beginning_in_a_recess_and_after_the_end(
    own_house: House, recorded: Recorded, person: Callable[..., Person]
) -> None:
    clerk = person(own_house, seed=1)
    await clerk.join(own_house.token("clerk"))
    began = await recorded.recorder.start(recorded.procedure, 1)
    await recorded.has_segments("clerk", 1)
    await own_house.client.pause(own_house.room, True)
    await asyncio.sleep(TOLERANCE + 1)
    before = await recorded.segments_of("clerk")
    await asyncio.sleep(SEGMENT)
    assert await recorded.segments_of("clerk") == before, "somebody was recorded in a recess"
    await own_house.client.pause(own_house.room, False)
    await recorded.has_segments("clerk", len(before) + 1)
    ended = await recorded.recorder.stop(recorded.procedure, 1)

    assert await recorded.gaps_of("clerk") == [GapReason.PAUSED]
    segments = await recorded.segments_of("clerk")
    last = ended.ended_at + timedelta(seconds=MICROPHONE)  # the last packet of sound lasts that long
    assert segments[0].about.began_at >= began and segments[-1].about.ended_at <= last
    await asyncio.sleep(SEGMENT)
    assert await recorded.segments_of("clerk") == segments


async def test_a_media_process_that_is_killed_costs_less_than_a_second_and_is_declared(
    own_house: House, recorded: Recorded, person: Callable[..., Person]
) -> None:
    witness = person(own_house, seed=2)
    await witness.join(own_house.token("witness"))
    await recorded.recorder.start(recorded.procedure, 1)
    await recorded.has_segments("witness", 1)
    await asyncio.sleep(1)
    killed_at = datetime.now(UTC)
    own_house.kill()
    await witness.vanish()
    await asyncio.sleep(TOLERANCE)
    before = await recorded.segments_of("witness")
    own_house.start()
    again = person(own_house, seed=3)
    await again.join(own_house.token("witness"))
    await recorded.has_segments("witness", len(before) + 2)
    await recorded.recorder.stop(recorded.procedure, 1)

    assert (killed_at - before[-1].about.ended_at).total_seconds() < 1
    assert await recorded.gaps_of("witness") == [GapReason.MEDIA_PROCESS]
    pictures = {p for line in await recorded.segments_of("witness") for p in await recorded.pictures_of(line)}
    assert pictures & set(again.video), "the recording does not go on"


async def test_a_recorder_that_is_killed_leaves_nothing_in_clear_and_the_next_one_goes_on(
    own_house: House, recorded: Recorded, person: Callable[..., Person]
) -> None:
    witness, lawyer = person(own_house, seed=2), person(own_house, seed=4)
    await witness.join(own_house.token("witness"))
    await lawyer.join(own_house.token("lawyer"))
    await recorded.recorder.start(recorded.procedure, 1)
    await recorded.has_segments("lawyer", 1)
    await lawyer.leave()
    await recorded.has_segments("witness", 2)
    await asyncio.sleep(1.5)
    await recorded.recorder.close()
    kept = await recorded.segments_of("witness")
    spooled = list((recorded.folder / recorded.procedure).glob("*.frames"))
    assert spooled, "what was not in the store yet is lost"
    written = b"".join(file.read_bytes() for file in recorded.folder.rglob("*") if file.is_file())
    assert not any(picture[10:40] in written for picture in witness.video), "a picture is on the disk in clear"
    await asyncio.sleep(TOLERANCE + 0.5)

    await recorded.another().take_up()
    await recorded.has_segments("witness", len(kept) + 2)
    ended = await recorded.recorder.stop(recorded.procedure, 1)

    assert await recorded.gaps_of("witness") == [GapReason.RECORDER]
    assert await recorded.gaps_of("lawyer") == [GapReason.LEFT], "gone before, and nothing of theirs is lost"
    assert TOLERANCE < ended.lost < 3 * TOLERANCE, "what was lost is not told"
    segments = await recorded.segments_of("witness")
    assert len({line.about.began_at for line in segments}) == len(segments)
    assert set(await recorded.pictures_of(segments[len(kept)])) <= set(witness.video)


async def test_where_sound_alone_is_recorded_no_picture_is_stored_also_by_the_next_recorder(
    own_house: House, recorded: Recorded, person: Callable[..., Person]
) -> None:
    witness = person(own_house, seed=2)
    await witness.join(own_house.token("witness"))
    await recorded.recorder.start(recorded.procedure, 1, sound_only=True)
    await recorded.has_segments("witness", 1)
    await recorded.recorder.close()
    await recorded.another().take_up()
    await recorded.has_segments("witness", 3)
    await recorded.recorder.stop(recorded.procedure, 1)
    await recorded.recorder.start(recorded.procedure, 2)
    await recorded.has_segments("witness", 5)
    await recorded.recorder.stop(recorded.procedure, 2)

    pictures, sounds = {1: 0, 2: 0}, {1: 0, 2: 0}
    for line in await recorded.segments_of("witness"):
        assert line.content is not None
        with av.open(io.BytesIO(await recorded.vault.get(recorded.procedure, line.content)), "r") as file:
            for packet in file.demux():
                (pictures if packet.stream.type == "video" else sounds)[line.about.part] += 1
    assert min(sounds.values()) > 0, "no sound"
    assert pictures[1] == 0, "a picture was stored"
    assert pictures[2] > 0, "the test would not see one"
