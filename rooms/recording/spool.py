"""What is recorded and not yet in the store: on disk each second, encrypted with the recording's key, then gone.

No key and no clear byte ever is in a file. What a killed process leaves is read back by the next one.
"""

import asyncio
import os
import shutil
import struct
from collections.abc import Sequence
from pathlib import Path

from pydantic import Field

from domain.base import Value
from domain.errors import PersonMustAct
from domain.ids import ProcedureId
from domain.ports.journal import KeyStore
from domain.procedure.recording import GapReason
from rooms.recording.arriving import Frame
from rooms.recording.packets import Kind

_LENGTH = struct.Struct(">I")
_FRAME = struct.Struct(">BdI")
_PART, _FRAMES = "part", ".frames"


class SpooledPart(Value):
    """Which part is being recorded."""

    part: int
    began_at: float
    sound_only: bool = False
    gone: dict[str, GapReason] = Field(default_factory=dict)
    """Who is recorded no more, and why: the next process must not take it for its own absence."""
    ended_at: float | None = None
    """When it was told to end: what is left is still to be kept, and nothing more is recorded."""


class Spool:
    """One folder a procedure: the part, and one file for each segment that is not yet in the store."""

    def __init__(self, folder: Path, procedure: ProcedureId, keys: KeyStore) -> None:
        self._folder = folder / procedure
        self._procedure = procedure
        self._keys = keys

    async def begin(self, part: SpooledPart) -> None:
        """A recording that is under way is found again by its folder."""
        sealed = await self._keys.encrypt(self._procedure, part.model_dump_json().encode())
        await asyncio.to_thread(self._write_part, sealed)

    async def part(self) -> SpooledPart | None:
        """The part under way, if one is."""
        path = self._folder / _PART
        if not path.exists():
            return None
        clear = await self._keys.decrypt(self._procedure, await asyncio.to_thread(path.read_bytes))
        return SpooledPart.model_validate_json(clear)

    async def add(self, name: str, frames: Sequence[Frame]) -> None:
        """Append frames to the file `name`; return when the disk has them."""
        clear = b"".join(_FRAME.pack(frame.kind, frame.at, len(frame.data)) + frame.data for frame in frames)
        sealed = await self._keys.encrypt(self._procedure, clear)
        await asyncio.to_thread(_append, self._folder / f"{name}{_FRAMES}", _LENGTH.pack(len(sealed)) + sealed)

    async def left(self) -> list[tuple[str, list[Frame]]]:
        """What an earlier process left, by name, oldest first. A block that was being written is not whole."""
        found = []
        for path in sorted(self._folder.glob(f"*{_FRAMES}")):
            name = path.name.removesuffix(_FRAMES)
            found.append((name, await self.frames(name)))
        return found

    async def frames(self, name: str) -> list[Frame]:
        """Everything that is in the file `name`."""
        return await self._read(await asyncio.to_thread((self._folder / f"{name}{_FRAMES}").read_bytes))

    def drop(self, name: str) -> None:
        """Its segment is in the store."""
        (self._folder / f"{name}{_FRAMES}").unlink(missing_ok=True)

    def end(self) -> None:
        """Nothing is recorded any more."""
        shutil.rmtree(self._folder, ignore_errors=True)

    async def _read(self, content: bytes) -> list[Frame]:
        frames: list[Frame] = []
        while len(content) >= _LENGTH.size:
            (length,) = _LENGTH.unpack_from(content)
            sealed, content = content[_LENGTH.size : _LENGTH.size + length], content[_LENGTH.size + length :]
            try:
                clear = await self._keys.decrypt(self._procedure, sealed)
            except PersonMustAct:
                break
            frames += _read(clear)
        return frames

    def _write_part(self, sealed: bytes) -> None:
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        fresh = self._folder / f"{_PART}.new"
        fresh.unlink(missing_ok=True)  # half of one that a killed process was writing
        _append(fresh, sealed)
        fresh.replace(self._folder / _PART)


def spooled(folder: Path) -> list[ProcedureId]:
    """The procedures of which an earlier process left something."""
    return [ProcedureId(path.name) for path in sorted(folder.iterdir())] if folder.exists() else []


def _append(path: Path, content: bytes) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "ab") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _read(clear: bytes) -> list[Frame]:
    frames, place = [], 0
    while place < len(clear):
        kind, at, length = _FRAME.unpack_from(clear, place)
        place += _FRAME.size
        frames.append(Frame(Kind(kind), at, clear[place : place + length]))
        place += length
    return frames
