"""The sidecar's side of a connection that records."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from domain.ids import RoomId
from rooms.protocol import MAX_LINE_BYTES, Answer, KeyFrameWanted, Record
from rooms.recording.packets import Packet, read_packet


class Received:
    """What everybody in a room sends. `instance` names the media process."""

    def __init__(self, instance: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.instance = instance
        self._reader = reader
        self._writer = writer

    async def next(self) -> Packet:
        """Raises `OSError`, `EOFError` or `ValueError` when nothing more comes."""
        return await read_packet(self._reader)

    def want_key_frame(self, participant: str) -> None:
        self._writer.write(KeyFrameWanted(participant=participant).model_dump_json().encode() + b"\n")


@asynccontextmanager
async def received(socket: Path, room: RoomId, sound_only: bool) -> AsyncIterator[Received]:
    """Connect to the media process and have it copy a room. Raises `OSError`, `EOFError` or `ValueError`."""
    reader, writer = await asyncio.open_unix_connection(socket, limit=MAX_LINE_BYTES)
    try:
        writer.write(Record(room=room, sound_only=sound_only).model_dump_json().encode() + b"\n")
        answer = Answer.model_validate_json(await reader.readuntil(b"\n"))
        yield Received(answer.instance or "", reader, writer)
    finally:
        writer.close()
