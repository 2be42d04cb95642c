"""The workflow's side of the Unix socket: what activities use to command the media process and to hear its facts."""

import asyncio
import contextlib
from collections.abc import AsyncGenerator, Sequence
from pathlib import Path

from domain.errors import PersonMustAct, TryAgain
from domain.ids import RoomId, main_room, procedure_of_room
from rooms.crowd import Crowd
from rooms.protocol import (
    MAX_LINE_BYTES,
    AckFact,
    Admit,
    Answer,
    CloseRoom,
    Command,
    Dismiss,
    EndSession,
    Fact,
    FactLine,
    FollowFacts,
    GrabStill,
    ListSessions,
    Mute,
    OpenRoom,
    Pause,
    Still,
)

ANSWERING = 10.0
GRABBING = 30.0
RECONNECTING = 0.5


class RoomsUnavailable(TryAgain):
    """The media process is not there, or did not answer in time."""


class RoomRefused(PersonMustAct):
    """The media process cannot do it: `participant_not_connected`, `participant_not_admitted`, `no_picture`,
    `room_full`, `room_closed`."""


class RoomsClient:
    """Commands one media process. Every command may be repeated; each uses a connection of its own."""

    def __init__(self, socket: Path | str) -> None:
        self._socket = Path(socket)

    async def open_room(self, room: RoomId) -> str:
        """Let people into `room`; return the instance of the process, which changes when it was restarted."""
        answer = await self._ask(OpenRoom(procedure=procedure_of_room(room), room=room))
        if room != main_room(procedure_of_room(room)) and answer.room != room:
            raise RoomsUnavailable("this media process knows no rooms but the main one of a procedure")
        return answer.instance or ""

    async def admit(self, room: RoomId, participant: str) -> None:
        """Start media with `participant`, now if they wait, else when they come."""
        await self._ask(Admit(procedure=procedure_of_room(room), room=room, participant=participant))

    async def dismiss(self, room: RoomId, participant: str, reason: str) -> None:
        """Send `participant` away; `reason` is a code that their page shows in words."""
        await self._ask(Dismiss(procedure=procedure_of_room(room), room=room, participant=participant, reason=reason))

    async def pause(self, room: RoomId, paused: bool) -> None:
        """From now on nobody sees or hears anybody, or everybody does again."""
        await self._ask(Pause(procedure=procedure_of_room(room), room=room, paused=paused))

    async def mute(self, room: RoomId, participants: Sequence[str]) -> None:
        """From now on nobody hears `participants`, and everybody hears all others."""
        await self._ask(Mute(procedure=procedure_of_room(room), room=room, participants=tuple(participants)))

    async def close_room(self, room: RoomId, reason: str = "") -> None:
        """Send everybody away and let nobody in until `open_room`; `reason` is a code that their page knows."""
        await self._ask(CloseRoom(procedure=procedure_of_room(room), room=room, reason=reason))

    async def grab_still(self, room: RoomId, participant: str) -> Still:
        """The sharpest of a few frames that `participant` is sending now; takes one to six seconds."""
        answer = await self._ask(
            GrabStill(procedure=procedure_of_room(room), room=room, participant=participant), GRABBING
        )
        if answer.still is None:
            raise RoomRefused("no_picture")
        return answer.still

    async def end_session(self, session: str) -> None:
        """End the media of a session that is over, wherever it is; its passes open nothing from now on."""
        await self._ask(EndSession(session=session))

    async def sessions(self) -> dict[str, bool]:
        """The sessions that are connected, and of each whether its media flow."""
        return (await self._ask(ListSessions())).sessions or {}

    async def ack(self, fact: int) -> None:
        """The fact with this id, and every older one, has reached its workflow."""
        # A process that is gone has forgotten its facts; one that is only slow tells them again, which does no harm.
        with contextlib.suppress(RoomsUnavailable):
            await self._ask(AckFact(fact=fact))

    async def facts(self) -> AsyncGenerator[Fact, None]:
        """Every fact at least once, in order, for ever; after a broken connection those not acknowledged come again.

        A process that was killed can tell nothing: its people are then reported lost from here (reason `process`), with
        the id of the last fact it told.
        """
        crowd = Crowd()
        while True:
            with contextlib.suppress(OSError, RoomsUnavailable):
                async with contextlib.aclosing(self._follow()) as lines:
                    async for line in lines:
                        for lost in crowd.meet(line.instance):
                            yield lost
                        if line.fact is not None:
                            crowd.note(line.fact)
                            yield line.fact
            crowd.interrupted()
            await asyncio.sleep(RECONNECTING)
            if not await self._is_there():
                for lost in crowd.disperse():
                    yield lost

    async def _follow(self) -> AsyncGenerator[FactLine, None]:
        reader, writer = await self._connect()
        try:
            writer.write(FollowFacts().model_dump_json().encode() + b"\n")
            while line := await reader.readline():
                yield FactLine.model_validate_json(line)
        finally:
            writer.close()

    async def _is_there(self) -> bool:
        try:
            _, writer = await self._connect()
        except RoomsUnavailable:
            return False
        writer.close()
        return True

    async def _ask(self, command: Command, patience: float = ANSWERING) -> Answer:
        try:
            async with asyncio.timeout(patience):
                answer = await self._exchange(command)
        except (OSError, TimeoutError) as fault:
            raise RoomsUnavailable(f"no answer from the media process to {command.command}") from fault
        if answer.refused is not None:
            raise RoomRefused(answer.refused)
        return answer

    async def _exchange(self, command: Command) -> Answer:
        reader, writer = await self._connect()
        try:
            writer.write(command.model_dump_json().encode() + b"\n")
            await writer.drain()
            line = await reader.readline()
        finally:
            writer.close()
        if not line:
            raise RoomsUnavailable(f"the media process went away during {command.command}")
        return Answer.model_validate_json(line)

    async def _connect(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        try:
            return await asyncio.open_unix_connection(self._socket, limit=MAX_LINE_BYTES)
        except OSError as fault:
            raise RoomsUnavailable("the media process is not there") from fault
