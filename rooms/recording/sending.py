"""The media process's side of a connection that records."""

import asyncio
import contextlib

from rooms.protocol import KeyFrameWanted
from rooms.recording.tap import Tap
from rooms.room import Room


async def send_packets(
    room: Room, sound_only: bool, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
) -> None:
    """Until whoever reads is gone, is too slow, or is replaced. The room never waits."""
    tap = room.record(sound_only)
    listening = asyncio.ensure_future(_listen(tap, reader))
    try:
        while (records := await tap.next()) is not None:
            writer.write(records)
            await writer.drain()
    finally:
        listening.cancel()
        tap.end()


async def _listen(tap: Tap, reader: asyncio.StreamReader) -> None:
    with contextlib.suppress(ConnectionError, ValueError):
        while line := await reader.readline():
            tap.want_key_frame(KeyFrameWanted.model_validate_json(line).participant)
    tap.end()
