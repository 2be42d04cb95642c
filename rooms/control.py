"""The Unix socket on which the workflow's side commands this process and follows its facts.

Whoever can open the socket may admit people: it is created for the owner of the process alone.
"""

import asyncio
import contextlib
import logging
import os
from pathlib import Path

from pydantic import ValidationError

from rooms.courthouse import Courthouse
from rooms.protocol import (
    COMMAND,
    MAX_LINE_BYTES,
    AckFact,
    Admit,
    Answer,
    CloseRoom,
    Command,
    Dismiss,
    EndSession,
    FactLine,
    FollowFacts,
    GrabStill,
    ListSessions,
    Mute,
    OpenRoom,
    Pause,
    Record,
)
from rooms.recording.sending import send_packets
from rooms.refusal import RoomRefusal
from rooms.room import Room

log = logging.getLogger(__name__)


class ControlSocket:
    """Serves `rooms.protocol` for one courthouse."""

    def __init__(self, courthouse: Courthouse, path: Path) -> None:
        self._courthouse = courthouse
        self._path = path
        self._server: asyncio.Server | None = None
        self._conversations: set[asyncio.Task[None]] = set()

    async def open(self) -> None:
        """Start listening; the socket file of a process that was killed is replaced."""
        self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._path.unlink(missing_ok=True)
        former = os.umask(0o177)
        try:
            self._server = await asyncio.start_unix_server(self._converse, self._path, limit=MAX_LINE_BYTES)
        finally:
            os.umask(former)

    async def close(self) -> None:
        """Stop listening and end the conversations."""
        if self._server is not None:
            self._server.close()
        for conversation in list(self._conversations):
            conversation.cancel()
        await asyncio.gather(*self._conversations, return_exceptions=True)
        self._path.unlink(missing_ok=True)

    async def _converse(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._conversations.add(task)
        try:
            with contextlib.suppress(ConnectionError, ValueError):
                while line := await reader.readline():
                    await self._obey(line, reader, writer)
        finally:
            self._conversations.discard(task)
            writer.close()

    async def _obey(self, line: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            command = COMMAND.validate_json(line)
            if isinstance(command, FollowFacts):
                await self._tell_facts(reader, writer)
                return
            if isinstance(command, Record):
                await _write(writer, Answer(instance=self._courthouse.instance))
                await send_packets(self._courthouse.room(command.room), command.sound_only, reader, writer)
                return
            answer = await self._answer(command)
        except ValidationError:
            answer = Answer(refused="malformed")
        except RoomRefusal as refusal:
            answer = Answer(refused=refusal.code)
        await _write(writer, answer)

    async def _answer(self, command: Command) -> Answer:
        house = self._courthouse
        match command:
            case OpenRoom():
                house.open(command.room)
                return Answer(instance=house.instance, room=command.room)
            case Admit() | Dismiss() | Pause() | Mute():
                _obey_in(house.room(command.room), command)
            case CloseRoom():
                house.close(command.room, command.reason)
            case GrabStill():
                return Answer(still=await house.room(command.room).grab_still(command.participant))
            case EndSession():
                house.end_session(command.session)
            case ListSessions():
                return Answer(sessions=house.sessions())
            case AckFact():
                house.facts.acknowledge(command.fact)
        return Answer()

    async def _tell_facts(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        # The follower says nothing more; the end of its input is the only way to notice that it is gone.
        gone = asyncio.ensure_future(reader.read())
        latest = 0
        instance = self._courthouse.instance
        await _write(writer, FactLine(instance=instance))
        try:
            while not gone.done():
                news = asyncio.ensure_future(self._courthouse.facts.after(latest))
                await asyncio.wait({gone, news}, return_when=asyncio.FIRST_COMPLETED)
                if not news.done():
                    news.cancel()
                    break
                for fact in news.result():
                    await _write(writer, FactLine(instance=instance, fact=fact))
                    latest = fact.id
        finally:
            gone.cancel()


def _obey_in(room: Room, command: Admit | Dismiss | Pause | Mute) -> None:
    match command:
        case Admit():
            room.admit(command.participant)
        case Dismiss():
            room.dismiss(command.participant, command.reason)
        case Pause():
            room.pause(command.paused)
        case Mute():
            room.mute(command.participants)


async def _write(writer: asyncio.StreamWriter, line: Answer | FactLine) -> None:
    writer.write(line.model_dump_json(exclude_none=True).encode() + b"\n")
    await writer.drain()
