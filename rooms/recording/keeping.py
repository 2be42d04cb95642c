"""Segments on their way into the store, one after the other: the store may be away for hours."""

import asyncio
import logging
import struct
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from functools import partial

import av

from domain.errors import PersonMustAct, TryAgain
from domain.procedure.recording import GapReason
from rooms.recording.arriving import Frame
from rooms.recording.chain import Chain
from rooms.recording.spool import Spool
from rooms.recording.track import Taken
from rooms.recording.webm import webm

log = logging.getLogger(__name__)

AGAIN = 2.0
"""Seconds after which what the store refused is tried again."""


@dataclass(frozen=True)
class Settled:
    """A segment that waits for the store. Its frames are on disk; in memory only where the disk did not take them."""

    participant: str
    name: str
    silence: GapReason
    """Why nothing came before it."""
    frames: list[Frame] | None = None


class Keeper:
    """Keeps what is `put`, in that order, for as long as `run` goes on."""

    def __init__(self, part: int, chain: Chain, spool: Spool) -> None:
        self._part = part
        self._chain = chain
        self._spool = spool
        self._settled: asyncio.Queue[Settled] = asyncio.Queue()

    def put(self, settled: Settled) -> None:
        self._settled.put_nowait(settled)

    async def run(self) -> None:
        while True:
            settled = await self._settled.get()
            await until_kept(partial(self._keep, settled))
            self._settled.task_done()

    async def join(self) -> None:
        """Return once everything is in the store."""
        await self._settled.join()

    async def _keep(self, settled: Settled) -> None:
        who = settled.participant
        taken = Taken(settled.frames or await self._spool.frames(settled.name))
        content = await asyncio.to_thread(file_of, taken.frames, taken.began)
        before = self._chain.ends(self._part).get(who)
        if content is None:
            began = taken.began if before is None else before
            await self._chain.add_gap(self._part, who, began, taken.ended, GapReason.RECORDER)
        else:
            if before is not None and taken.began > before:
                await self._chain.add_gap(self._part, who, before, taken.began, settled.silence)
            await self._chain.add_segment(self._part, who, taken.began, taken.ended, content)
        if settled.name:
            self._spool.drop(settled.name)


def file_of(frames: Sequence[Frame], began: float) -> bytes | None:
    """None for frames that make no file. People send what they want: nonsense must hold nothing up but itself."""
    try:
        return webm(frames, began)
    except (av.FFmpegError, ValueError, struct.error) as nonsense:
        log.warning("what somebody sent makes no segment: %s", type(nonsense).__name__)
        return None


async def until_kept(keep: Callable[[], Awaitable[None]]) -> None:
    while True:
        try:
            return await keep()
        except (OSError, TryAgain, PersonMustAct) as trouble:
            log.warning("a segment of a recording is not in the store yet: %s", trouble)
        await asyncio.sleep(AGAIN)
