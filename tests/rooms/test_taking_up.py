"""What a killed recorder leaves is gone on with, and what was to end does not begin again."""

import asyncio
import struct
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from adapters.memory import MemoryKeys, MemoryVault
from domain.errors import TryAgain
from domain.ids import ProcedureId
from domain.procedure.documents import DocumentRef
from domain.procedure.recording import GapReason
from domain.recorded import kept_lines
from rooms.recording.arriving import Frame
from rooms.recording.keeping import file_of
from rooms.recording.packets import Kind
from rooms.recording.recorder import RoomRecorder
from rooms.recording.spool import Spool, SpooledPart, spooled

HEARD, OTHER = ProcedureId("prc_1"), ProcedureId("prc_2")
BEGAN = 1_795_000_000.0


class Store(MemoryVault):
    """May be away."""

    away = False

    async def put(
        self, procedure: ProcedureId, clear: bytes, media_type: str, *, pages: int | None = None
    ) -> DocumentRef:
        if self.away:
            raise TryAgain("the store is away")
        return await super().put(procedure, clear, media_type, pages=pages)


class Room:
    """A media process that says nothing, and counts who wants to record."""

    def __init__(self, folder: Path) -> None:
        self.socket = folder / "rooms.sock"
        self.asked = 0

    async def serve(self) -> asyncio.Server:
        async def come(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            self.asked += 1
            writer.close()

        return await asyncio.start_unix_server(come, self.socket)


class Desk:
    """A folder in which an earlier process has left something, and the recorder of the next one."""

    def __init__(self, room: Room, folder: Path) -> None:
        self.room, self.folder = room, folder
        self.keys, self.vault = MemoryKeys(), Store()
        self.recorder = RoomRecorder(room.socket, folder, self.vault, self.keys)

    def spool(self, procedure: ProcedureId) -> Spool:
        return Spool(self.folder, procedure, self.keys)

    async def leave(self, part: SpooledPart, *frames: Frame) -> None:
        spool = self.spool(HEARD)
        await spool.begin(part)
        if frames:
            await spool.add(f"{round(BEGAN * 1000)}-witness", frames)


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    room = Room(tmp_path)
    server = await room.serve()
    made = Desk(room, tmp_path / "recording")
    await made.keys.create(HEARD)
    yield made
    await made.recorder.close()
    server.close()
    await server.wait_closed()


async def eventually_empty(desk: Desk) -> None:
    async with asyncio.timeout(10):
        while spooled(desk.folder):  # noqa: ASYNC110 - the disk tells nobody
            await asyncio.sleep(0.05)


def sound(seconds: float) -> list[Frame]:
    return [Frame(Kind.AUDIO, BEGAN + n / 50, bytes([0xF8, 0xFF, 0xFE])) for n in range(int(seconds * 50))]


async def test_what_was_under_way_is_recorded_again(desk: Desk) -> None:
    await desk.leave(SpooledPart(part=1, began_at=BEGAN))
    await desk.recorder.take_up()
    async with asyncio.timeout(10):
        while not desk.room.asked:  # noqa: ASYNC110 - nobody else tells
            await asyncio.sleep(0.05)


async def test_what_was_to_end_is_kept_and_recorded_no_more(desk: Desk) -> None:
    """A consent was taken back, the store was away, and the process was killed meanwhile."""
    await desk.leave(SpooledPart(part=1, began_at=BEGAN, ended_at=BEGAN + 3), *sound(3))
    await desk.recorder.take_up()
    await eventually_empty(desk)

    assert desk.room.asked == 0
    assert [line.about.participant for line in await kept_lines(desk.vault, HEARD)] == ["witness"]
    assert (await desk.recorder.stop(HEARD, 1)).lines == 1


async def test_ending_is_on_the_disk_before_the_store_is_waited_for(desk: Desk) -> None:
    await desk.leave(SpooledPart(part=1, began_at=BEGAN), *sound(3))
    desk.vault.away = True
    await desk.recorder.take_up()
    ending = asyncio.ensure_future(desk.recorder.stop(HEARD, 1))
    await asyncio.sleep(0.5)

    left = await desk.spool(HEARD).part()
    assert left is not None and left.ended_at is not None
    desk.vault.away = False
    assert (await asyncio.wait_for(ending, 10)).lines == 2  # and that nothing came since


async def test_half_a_file_of_a_killed_process_spoils_no_later_one(desk: Desk) -> None:
    part = SpooledPart(part=1, began_at=BEGAN)
    await desk.leave(part)
    (desk.folder / HEARD / "part.new").write_bytes(b"half of what was being writ")
    await desk.spool(HEARD).begin(part.but(part=2))
    found = await desk.spool(HEARD).part()
    assert found is not None and found.part == 2


async def test_what_cannot_be_read_any_more_holds_up_nobody_else(desk: Desk) -> None:
    await desk.leave(SpooledPart(part=1, began_at=BEGAN, ended_at=BEGAN + 3), *sound(3))
    keys = MemoryKeys()  # whose key of the other procedure is destroyed by now
    await keys.create(OTHER)
    await Spool(desk.folder, OTHER, keys).begin(SpooledPart(part=1, began_at=BEGAN))
    await desk.recorder.take_up()
    async with asyncio.timeout(10):
        while HEARD in spooled(desk.folder):  # noqa: ASYNC110 - the disk tells nobody
            await asyncio.sleep(0.05)
    assert spooled(desk.folder) == [OTHER]


NONSENSE = [
    Frame(Kind.VIDEO, BEGAN, b"\x10"),
    Frame(Kind.VIDEO, BEGAN, b"\x10\x00\x00\x9d\x01\x2a" + bytes(20)),
    Frame(Kind.VIDEO, BEGAN, struct.pack("<6sHH", b"\x10\x00\x00\x9d\x01\x2a", 0, 0)),
]


@pytest.mark.parametrize("nonsense", NONSENSE)
async def test_nonsense_that_somebody_sent_holds_up_no_end(desk: Desk, nonsense: Frame) -> None:
    assert file_of([nonsense], BEGAN) is None
    await desk.leave(SpooledPart(part=1, began_at=BEGAN), nonsense, *sound(4))
    await desk.recorder.take_up()
    ended = await asyncio.wait_for(desk.recorder.stop(HEARD, 1), 10)

    first, *_ = await kept_lines(desk.vault, HEARD)
    assert first.gap is not None and first.gap.reason is GapReason.RECORDER, "lost, and said so"
    assert ended.lost > 0
