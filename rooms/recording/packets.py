"""Packets on their way from the media process to what records: framed bytes on the Unix socket.

A record is its length (4 bytes), then a fixed head, the participant and the payload. `LEFT` and `PAUSED` carry none:
from here on nothing comes of this person.
"""

import asyncio
import struct
from dataclasses import dataclass
from enum import IntEnum


class Kind(IntEnum):
    AUDIO = 0
    VIDEO = 1
    LEFT = 2
    PAUSED = 3


_LENGTH = struct.Struct(">I")
_HEAD = struct.Struct(">BHIdH")
MOST = 1 << 16
"""Bytes of one record; a packet has less than 1,500."""


@dataclass(frozen=True, slots=True)
class Packet:
    """An RTP packet as it was received, or the word that somebody has gone."""

    kind: Kind
    participant: str
    arrived_at: float
    """Seconds since 1970, by the server's clock."""
    sequence: int = 0
    timestamp: int = 0
    payload: bytes = b""

    def to_bytes(self) -> bytes:
        who = self.participant.encode()
        head = _HEAD.pack(self.kind, self.sequence, self.timestamp, self.arrived_at, len(who))
        return _LENGTH.pack(len(head) + len(who) + len(self.payload)) + head + who + self.payload


async def read_packet(reader: asyncio.StreamReader) -> Packet:
    """The next record. Raises `IncompleteReadError` at the end, `ValueError` for what is none."""
    (length,) = _LENGTH.unpack(await reader.readexactly(_LENGTH.size))
    if not _HEAD.size <= length <= MOST:
        raise ValueError("not a packet of a room")
    record = await reader.readexactly(length)
    kind, sequence, timestamp, arrived_at, name = _HEAD.unpack_from(record)
    end = _HEAD.size + name
    return Packet(Kind(kind), record[_HEAD.size : end].decode(), arrived_at, sequence, timestamp, record[end:])
