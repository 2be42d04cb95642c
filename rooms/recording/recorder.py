"""The recordings of one sidecar: each begun and ended by its workflow, and taken up again after a crash."""

import asyncio
import logging
from datetime import UTC, datetime
from pathlib import Path
from time import time

from domain.errors import PersonMustAct, TryAgain
from domain.ids import ProcedureId
from domain.ports.documents import DocumentVault
from domain.ports.journal import KeyStore
from domain.ports.recording import RecordedSoFar
from rooms.recording.chain import Chain
from rooms.recording.recording import PartRecording
from rooms.recording.spool import Spool, SpooledPart, spooled

log = logging.getLogger(__name__)

HEARING = 6.0
"""Seconds for the room to be heard before the workflow is told that it is not."""


class RoomRecorder:
    """`Recorder` beside one media process."""

    def __init__(
        self,
        socket: Path,
        folder: Path,
        vault: DocumentVault,
        keys: KeyStore,
        segment: float = 30.0,
        *,
        hearing: float = HEARING,
    ) -> None:
        """`folder`: for what is not in the store yet, encrypted. `segment`: seconds of one. `hearing`: as `HEARING`."""
        self._socket = socket
        self._folder = folder
        self._vault = vault
        self._keys = keys
        self._segment = segment
        self._hearing = hearing
        self._under_way: dict[ProcedureId, PartRecording] = {}
        self._ending: set[asyncio.Task[RecordedSoFar]] = set()

    async def take_up(self) -> None:
        """Go on with what a process that was killed was recording, and end what it was to end.

        What cannot be read, because its key was destroyed, stays where it is and holds up nobody else.
        """
        for procedure in spooled(self._folder):
            try:
                await self._take_up(procedure, self._spool(procedure))
            except PersonMustAct as reason:
                self._under_way.pop(procedure, None)
                log.error("the recording of %s cannot be taken up: %s", procedure, reason)

    async def _take_up(self, procedure: ProcedureId, spool: Spool) -> None:
        part = await spool.part()
        if part is None:
            spool.end()
            return
        log.warning("the recording of %s is taken up again", procedure)
        await self._begin(procedure, part, spool)
        if part.ended_at is not None:
            self._ending.add(asyncio.ensure_future(self.stop(procedure, part.part)))

    async def start(self, procedure: ProcedureId, part: int, *, sound_only: bool = False) -> datetime:
        under_way = self._under_way.get(procedure)
        if under_way is not None and under_way.part.part != part:
            await self.stop(procedure, under_way.part.part)
            under_way = None
        if under_way is None:
            spool = self._spool(procedure)
            begun = SpooledPart(part=part, began_at=time(), sound_only=sound_only)
            under_way = await self._begin(procedure, begun, spool)
        if not await under_way.connected(self._hearing):
            del self._under_way[procedure]
            await under_way.abandon()
            self._spool(procedure).end()
            raise TryAgain("the room is not heard")
        return datetime.fromtimestamp(under_way.part.began_at, UTC)

    async def stop(self, procedure: ProcedureId, part: int) -> RecordedSoFar:
        under_way = self._under_way.get(procedure)
        if under_way is None or under_way.part.part != part:
            return await self._stood(procedure, part)
        ended = await under_way.stop()
        self._under_way.pop(procedure, None)
        return ended

    async def end(self, procedure: ProcedureId) -> None:
        under_way = self._under_way.get(procedure)
        if under_way is not None:
            log.warning("the room of %s closes while it is recorded", procedure)
            await self.stop(procedure, under_way.part.part)

    async def close(self) -> None:
        """This process ends; the next one goes on from what is on disk."""
        for ending in self._ending:
            ending.cancel()
        for recording in self._under_way.values():
            await recording.abandon()

    async def _begin(self, procedure: ProcedureId, part: SpooledPart, spool: Spool) -> PartRecording:
        chain = Chain(procedure, self._vault)
        recording = PartRecording(procedure, part, self._socket, chain, spool, self._segment)
        self._under_way[procedure] = recording
        await recording.begin()
        return recording

    async def _stood(self, procedure: ProcedureId, part: int) -> RecordedSoFar:
        """What was answered already, to somebody who did not hear it."""
        chain = Chain(procedure, self._vault)
        await chain.load()
        ends = chain.ends(part).values()
        ended_at = datetime.fromtimestamp(max(ends, default=time()), UTC)
        return RecordedSoFar(lines=len(chain.lines), head=chain.head, lost=chain.lost, ended_at=ended_at)

    def _spool(self, procedure: ProcedureId) -> Spool:
        return Spool(self._folder, procedure, self._keys)
