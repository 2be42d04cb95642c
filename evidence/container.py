"""The one file that holds a bundle: a ZIP with exactly one way to be written.

Members are stored, sorted by name, dated 1980-01-01, with no extra field, comment or ZIP64. Any unzip tool
opens it; this reader accepts no other form. That leaves nothing for two ZIP readers to disagree about (hidden
members, two members of one name, local header against directory) and nothing that grows when it is opened.
"""

import re
import struct
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from evidence.limits import MAX_BUNDLE_BYTES, MAX_FILES, MAX_PATH_LENGTH

__all__ = ["Container", "ContainerRefused", "is_safe_path", "pack", "unpack"]

LOCAL: Final = struct.Struct("<4s5H3I2H")
CENTRAL: Final = struct.Struct("<4s6H3I5H2I")
END: Final = struct.Struct("<4s4H2IH")
LOCAL_MAGIC: Final = b"PK\x03\x04"

VERSION_NEEDED: Final = 10
VERSION_MADE_BY: Final = (3 << 8) | 10
"""Unix, so that `REGULAR_FILE` is read as a mode and no tool makes a member executable or a link."""

REGULAR_FILE: Final = 0o100644 << 16
STORED: Final = 0
EPOCH_TIME, EPOCH_DATE = 0, 0x0021
"""1980-01-01 00:00, the earliest date ZIP knows: the hour of packing is not evidence and must not change the
bytes."""

SAFE_PATH: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*(?:/[A-Za-z0-9][A-Za-z0-9._-]*)*")
"""Plain ASCII, no part that begins with a dot: no `..`, no absolute path, no drive, no backslash, no
control."""


class ContainerRefused(Exception):
    """The file is not a bundle container; `where` names the member when one can be named."""

    def __init__(self, where: str, code: str, **parameters: str | int) -> None:
        super().__init__(f"{where}: {code} {parameters}")
        self.where = where
        self.code = code
        self.parameters = parameters


@dataclass(frozen=True, slots=True)
class Container:
    """The members of an opened container, as views on its bytes, and those whose checksum does not hold."""

    members: Mapping[str, memoryview]
    damaged: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Entry:
    name: str
    crc: int
    size: int
    offset: int

    def local(self) -> bytes:
        return LOCAL.pack(LOCAL_MAGIC, *self._common) + self._name

    def central(self) -> bytes:
        own = (0, 0, 0, REGULAR_FILE, self.offset)
        return CENTRAL.pack(b"PK\x01\x02", VERSION_MADE_BY, *self._common, *own) + self._name

    @property
    def _name(self) -> bytes:
        return self.name.encode("ascii")

    @property
    def _common(self) -> tuple[int, ...]:
        """The fields that stand in both headers, in their order."""
        sizes = (self.size, self.size, len(self._name))
        return (VERSION_NEEDED, 0, STORED, EPOCH_TIME, EPOCH_DATE, self.crc, *sizes, 0)


def is_safe_path(name: str) -> bool:
    """True for a relative path that cannot leave the folder it is unpacked in."""
    return len(name) <= MAX_PATH_LENGTH and SAFE_PATH.fullmatch(name) is not None


def pack(members: Mapping[str, bytes]) -> bytes:
    """The container's bytes: the same members give the same bytes, on every machine and version of Python."""
    if len(members) > MAX_FILES or sum(map(len, members.values())) > MAX_BUNDLE_BYTES:
        raise ContainerRefused("", "CONTAINER_TOO_LARGE", limit=MAX_BUNDLE_BYTES)
    parts: list[bytes] = []
    entries: list[_Entry] = []
    offset = 0
    for name in sorted(members):
        if not is_safe_path(name):
            raise ContainerRefused(name, "PATH_UNSAFE")
        content = members[name]
        entry = _Entry(name, zlib.crc32(content), len(content), offset)
        entries.append(entry)
        parts += (entry.local(), content)
        offset += len(parts[-2]) + len(content)
    parts.append(_directory(entries, offset))
    return b"".join(parts)


def unpack(data: bytes | memoryview) -> Container:
    """Open a container; `ContainerRefused` unless the bytes are those that `pack` would write for these
    members."""
    view = memoryview(data)
    if len(view) > MAX_BUNDLE_BYTES:
        raise ContainerRefused("", "CONTAINER_TOO_LARGE", limit=MAX_BUNDLE_BYTES)
    if bytes(view[:4]) != LOCAL_MAGIC:
        raise ContainerRefused("", "NOT_A_CONTAINER")
    members: dict[str, memoryview] = {}
    entries: list[_Entry] = []
    damaged: list[str] = []
    offset = 0
    while bytes(view[offset : offset + 4]) == LOCAL_MAGIC:
        entry, content = _read_entry(view, offset)
        _require_order(entry.name, entries, members)
        if zlib.crc32(content) != entry.crc:
            damaged.append(entry.name)
        members[entry.name] = content
        entries.append(entry)
        offset += LOCAL.size + len(entry.name) + entry.size
    directory = _directory(entries, offset)
    if len(view) - offset != len(directory) or bytes(view[offset:]) != directory:
        raise ContainerRefused("", "CONTAINER_NOT_CANONICAL")
    return Container(members, tuple(damaged))


def _read_entry(view: memoryview, offset: int) -> tuple[_Entry, memoryview]:
    header = bytes(view[offset : offset + LOCAL.size])
    if len(header) < LOCAL.size:
        raise ContainerRefused("", "CONTAINER_TRUNCATED")
    _, _, _, method, _, _, crc, size, _, name_length, _ = LOCAL.unpack(header)
    start = offset + LOCAL.size + name_length
    name = bytes(view[offset + LOCAL.size : start]).decode("ascii", "backslashreplace")
    if not is_safe_path(name):
        raise ContainerRefused(name, "PATH_UNSAFE")
    if method != STORED:
        raise ContainerRefused(name, "MEMBER_COMPRESSED")
    if start + size > len(view):
        raise ContainerRefused(name, "CONTAINER_TRUNCATED")
    entry = _Entry(name, crc, size, offset)
    if entry.local() != bytes(view[offset:start]):
        raise ContainerRefused(name, "CONTAINER_NOT_CANONICAL")
    return entry, view[start : start + size]


def _require_order(name: str, entries: list[_Entry], members: Mapping[str, memoryview]) -> None:
    if name in members:
        raise ContainerRefused(name, "MEMBER_TWICE")
    if entries and name < entries[-1].name:
        raise ContainerRefused(name, "CONTAINER_NOT_CANONICAL")
    if len(entries) >= MAX_FILES:
        raise ContainerRefused(name, "TOO_MANY_MEMBERS", limit=MAX_FILES)


def _directory(entries: list[_Entry], offset: int) -> bytes:
    central = b"".join(entry.central() for entry in entries)
    end = END.pack(b"PK\x05\x06", 0, 0, len(entries), len(entries), len(central), offset, 0)
    return central + end
