"""One part of the recording of one procedure: what arrives becomes segments, and segments reach the store."""

import asyncio
import logging
from collections.abc import Awaitable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from time import time

from domain.errors import PersonMustAct, TryAgain
from domain.ids import ProcedureId, main_room
from domain.ports.recording import RecordedSoFar
from domain.procedure.recording import GapReason
from rooms.recording.arriving import Frame
from rooms.recording.chain import Chain, moment
from rooms.recording.keeping import Keeper, Settled, until_kept
from rooms.recording.packets import Kind, Packet
from rooms.recording.receiving import Received, received
from rooms.recording.spool import Spool, SpooledPart
from rooms.recording.track import Taken, Track

log = logging.getLogger(__name__)

RECONNECTING = 0.5
SAVING = 1.0
"""Seconds between two writings to disk: what a power cut may cost."""
ASKING = 0.5
"""Seconds between two requests for a key frame."""


@dataclass(frozen=True)
class Ended:
    """A segment on its way to the store, and why nothing came before it."""

    participant: str
    taken: Taken
    silence: GapReason


class PartRecording:
    """`begin`, then `stop`."""

    def __init__(
        self, procedure: ProcedureId, part: SpooledPart, socket: Path, chain: Chain, spool: Spool, length: float
    ) -> None:
        """`length`: seconds of a segment."""
        self.part = part
        self._procedure = procedure
        self._socket = socket
        self._chain = chain
        self._spool = spool
        self._length = length
        self._tracks: dict[str, Track] = {}
        self._why: dict[str, GapReason] = {}
        """Why nothing comes of people who were there."""
        self._before: dict[str, GapReason] = {}
        """Why nothing came of those who are back, until their first segment tells it."""
        self._instance: str | None = None
        self._ended: asyncio.Queue[Ended] = asyncio.Queue()
        self._keeper = Keeper(part.part, chain, spool)
        self._connected = asyncio.Event()
        self._writing = asyncio.Lock()
        self._asked_at = 0.0
        self._arriving: list[asyncio.Task[None]] = []
        self._keeping: list[asyncio.Task[None]] = []
        self._finish: asyncio.Task[RecordedSoFar] | None = None

    async def begin(self) -> None:
        """Keep what an earlier process left, and record from now on unless the part was to end."""
        await self._chain.load()
        left = await self._spool.left()
        for participant in self._chain.ends(self.part.part):
            self._why[participant] = self.part.gone.get(participant, GapReason.RECORDER)
        for name, frames in left:
            participant = name.partition("-")[2]
            self._why[participant] = self.part.gone.get(participant, GapReason.RECORDER)
            if frames:
                self._keeper.put(Settled(participant, name, GapReason.NOTHING_SENT))
            else:
                self._spool.drop(name)
        await self._spool.begin(self.part)
        self._keeping = [asyncio.ensure_future(work) for work in (self._settle(), self._keeper.run())]
        if self.part.ended_at is None:
            self._arriving = [asyncio.ensure_future(work) for work in (self._receive(), self._save())]

    async def connected(self, patience: float) -> bool:
        """Whether the room is heard within so many seconds."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._connected.wait(), patience)
        return self._connected.is_set()

    async def stop(self) -> RecordedSoFar:
        """End the part, keep everything, and say where the chain stands. Whoever is interrupted asks again."""
        if self._finish is None:
            self._finish = asyncio.ensure_future(self._finished())
        return await asyncio.shield(self._finish)

    async def abandon(self) -> None:
        """This process ends, or the room was never heard: what is on disk is for the next one."""
        await _cancelled(*self._arriving, *self._keeping)

    async def _finished(self) -> RecordedSoFar:
        await _cancelled(*self._arriving)
        ended_at = self.part.ended_at or time()
        # The store may be away, and this process killed meanwhile: whoever comes next must not record again.
        self.part = self.part.but(ended_at=ended_at, gone=dict(self._why))
        await self._try(self._spool.begin(self.part))
        for participant in list(self._tracks):
            self._end(participant)
        await self._ended.join()
        await self._keeper.join()
        await _cancelled(*self._keeping)
        for participant, until in self._chain.ends(self.part.part).items():
            why = self._why.get(participant, GapReason.NOTHING_SENT)
            await until_kept(partial(self._chain.add_gap, self.part.part, participant, until, ended_at, why))
        self._spool.end()
        return RecordedSoFar(
            lines=len(self._chain.lines), head=self._chain.head, lost=self._chain.lost, ended_at=moment(ended_at)
        )

    # -- what arrives ------------------------------------------------------------------------------------------------

    async def _receive(self) -> None:
        while True:
            with suppress(OSError, EOFError, ValueError):
                async with received(self._socket, main_room(self._procedure), self.part.sound_only) as line:
                    self._met(line.instance)
                    while True:
                        self._take(await line.next(), line)
            for participant in list(self._tracks):
                self._end(participant)
                self._why[participant] = GapReason.MEDIA_PROCESS
            await asyncio.sleep(RECONNECTING)

    def _met(self, instance: str) -> None:
        if self._instance == instance:
            # The room went on: it was we who were cut off.
            for participant, why in self._why.items():
                self._why[participant] = GapReason.RECORDER if why is GapReason.MEDIA_PROCESS else why
        self._instance = instance
        self._connected.set()

    def _take(self, packet: Packet, line: Received) -> None:
        participant = packet.participant
        if packet.kind in (Kind.LEFT, Kind.PAUSED):
            self._end(participant)
            self._why[participant] = GapReason.PAUSED if packet.kind is Kind.PAUSED else GapReason.LEFT
            return
        if packet.kind is Kind.VIDEO and self.part.sound_only:
            return  # a media process of an earlier version copies everything
        track = self._tracks.get(participant)
        if track is None:
            track = self._tracks[participant] = Track(participant, self._length)
            if participant in self._why:
                self._before[participant] = self._why.pop(participant)
        if (taken := track.take(packet)) is not None:
            self._hand_over(participant, taken)
        if track.wants_key_frame and time() - self._asked_at > ASKING:
            self._asked_at = time()
            line.want_key_frame(participant)

    def _end(self, participant: str) -> None:
        track = self._tracks.pop(participant, None)
        if track is not None and (taken := track.end()) is not None:
            self._hand_over(participant, taken)

    def _hand_over(self, participant: str, taken: Taken) -> None:
        self._ended.put_nowait(Ended(participant, taken, self._before.pop(participant, GapReason.NOTHING_SENT)))

    # -- what is kept ------------------------------------------------------------------------------------------------

    async def _save(self) -> None:
        while True:
            await asyncio.sleep(SAVING)
            for participant, track in list(self._tracks.items()):
                await self._try(self._write(participant, track.taken))
            if self._why != self.part.gone:
                self.part = self.part.but(gone=dict(self._why))
                await self._try(self._spool.begin(self.part))

    @staticmethod
    async def _try(saving: Awaitable[None]) -> None:
        try:
            await saving
        except (OSError, TryAgain, PersonMustAct) as trouble:
            log.warning("a second of a recording is not on disk yet: %s", trouble)

    async def _write(self, participant: str, taken: Taken) -> None:
        async with self._writing:
            fresh: list[Frame] = taken.frames[taken.safe :]
            if fresh:
                taken.name = taken.name or f"{round(taken.began * 1000)}-{participant}"
                await self._spool.add(taken.name, fresh)
                taken.safe += len(fresh)

    async def _settle(self) -> None:
        while True:
            ended = await self._ended.get()
            taken, who = ended.taken, ended.participant
            with suppress(OSError, TryAgain, PersonMustAct):
                await self._write(who, taken)
            frames = taken.frames if taken.safe < len(taken.frames) else None
            self._keeper.put(Settled(who, taken.name, ended.silence, frames))
            self._ended.task_done()


async def _cancelled(*tasks: asyncio.Task[None]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
