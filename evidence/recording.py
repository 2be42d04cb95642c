"""The manifest of a recording: what was recorded of whom and when, what was not, chained line by line."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from evidence.canonical import Malformed, canonical, parse_canonical, sha256_hex
from evidence.shapes import Shape

__all__ = ["FORMAT", "Line", "Part", "RecordingManifest", "line_hash", "read_recording"]

FORMAT: Final = "recording-1"
INSTANT: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")
REASONS: Final = ("left", "paused", "media_process", "recorder", "nothing_sent")

_COMMON: Final = {"kind", "n", "part", "participant", "began_at", "ended_at", "previous"}
_SEGMENT: Final = {*_COMMON, "media_type", "sha256", "size"}
_GAP: Final = {*_COMMON, "reason"}


@dataclass(frozen=True, slots=True)
class Line:
    """A segment, or a gap: then `sha256` is empty and `reason` says why."""

    n: int
    part: int
    participant: str
    began_at: datetime
    ended_at: datetime
    previous: str
    sha256: str
    reason: str
    hash: str

    @property
    def seconds(self) -> float:
        return (self.ended_at - self.began_at).total_seconds()


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch in which the act was recorded."""

    part: int
    began_at: datetime
    ended_at: datetime
    failed: bool
    """It was not ended in order: what is here of it is all there is."""


@dataclass(frozen=True, slots=True)
class RecordingManifest:
    procedure: str
    parts: tuple[Part, ...]
    lines: tuple[Line, ...]
    head: str


def line_hash(line: Mapping[str, Any]) -> str:
    """SHA-256 of the canonical JSON of a line: what the next one holds as `previous`."""
    return sha256_hex(canonical(dict(line)))


def read_recording(data: bytes | memoryview, where: str) -> RecordingManifest:
    """The manifest from its bytes; `Malformed` for anything else."""
    shape = Shape(parse_canonical(data, where), where, {"format", "procedure", "parts", "lines", "head"})
    shape.constant("format", FORMAT)
    parts = tuple(_part(value, f"{where}#part{n}") for n, value in enumerate(shape.array("parts"), 1))
    lines = tuple(_line(value, f"{where}#{n}") for n, value in enumerate(shape.array("lines")))
    return RecordingManifest(shape.text("procedure"), parts, lines, shape.digest("head"))


def _part(value: Any, where: str) -> Part:
    shape = Shape(value, where, {"part", "began_at", "ended_at", "ended_because"})
    return Part(shape.integer("part"), *_span(shape), shape.text("ended_because") == "failed")


def _line(value: Any, where: str) -> Line:
    gap = isinstance(value, dict) and value.get("kind") == "gap"
    shape = Shape(value, where, _GAP if gap else _SEGMENT)
    shape.constant("kind", "gap" if gap else "segment")
    if gap and shape.text("reason") not in REASONS:
        raise Malformed(where, "FIELD_WRONG", field="reason")
    if not gap:
        shape.text("media_type")
        shape.integer("size")
    began_at, ended_at = _span(shape)
    return Line(
        n=shape.integer("n"),
        part=shape.integer("part"),
        participant=shape.text("participant"),
        began_at=began_at,
        ended_at=ended_at,
        previous=shape.digest("previous"),
        sha256="" if gap else shape.digest("sha256"),
        reason=shape.text("reason") if gap else "",
        hash=line_hash(value),
    )


def _span(shape: Shape) -> tuple[datetime, datetime]:
    began_at, ended_at = (_instant(shape, key) for key in ("began_at", "ended_at"))
    if ended_at < began_at:
        raise Malformed(shape.where, "FIELD_WRONG", field="ended_at")
    return began_at, ended_at


def _instant(shape: Shape, key: str) -> datetime:
    text = shape.text(key)
    try:
        if not INSTANT.fullmatch(text):
            raise ValueError(text)
        return datetime.fromisoformat(text)
    except ValueError:
        raise Malformed(shape.where, "FIELD_WRONG", field=key) from None
