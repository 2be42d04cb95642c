"""The recording of an act: the parts in which it was made, and the chain of what each person's media left.

A line of the chain holds the hash of the one before: none can be altered, left out or moved without every later one
giving it away. What was not recorded is a line too.
"""

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any, Self

import rfc8785
from pydantic import AwareDatetime, Field

from domain.base import Value
from domain.ids import ParticipantId, ProcedureId, Sha256
from domain.procedure.documents import DocumentRef

FIRST = Sha256("0" * 64)
"""What the first line of a chain holds in place of the hash of an earlier one."""

FORMAT = "recording-1"

TOLERANCE = 2.0
"""Seconds without media that need no declaration: people come, cameras start, key frames are waited for."""

HARMLESS_LOSS = 10.0
"""Seconds that may be missing, while people could speak, from a recording that is the minutes."""


class GapReason(StrEnum):
    """Why nothing of somebody is recorded for a while."""

    LEFT = "left"
    """They were not in the room, or their connection was lost."""
    PAUSED = "paused"
    """In a recess nobody is recorded."""
    MEDIA_PROCESS = "media_process"
    """The process that holds the room was down: nobody saw or heard anybody."""
    RECORDER = "recorder"
    """What records was down, and the room went on: this is lost."""
    NOTHING_SENT = "nothing_sent"
    """Microphone and camera were off, or nothing arrived."""


class Segment(Value):
    """Some seconds of what one person sent, as they sent it."""

    n: int
    part: int
    participant: ParticipantId
    began_at: AwareDatetime
    ended_at: AwareDatetime
    media_type: str
    sha256: Sha256
    size: int
    previous: Sha256

    def line(self) -> dict[str, Any]:
        return {"kind": "segment", **self.model_dump(mode="json"), **_times(self)}


class Gap(Value):
    """A while in which nothing of one person was recorded."""

    n: int
    part: int
    participant: ParticipantId
    began_at: AwareDatetime
    ended_at: AwareDatetime
    reason: GapReason
    previous: Sha256

    def line(self) -> dict[str, Any]:
        return {"kind": "gap", **self.model_dump(mode="json"), **_times(self)}


class KeptLine(Value):
    """A line of the chain as the store keeps it: with where the bytes of its segment are."""

    segment: Segment | None = None
    gap: Gap | None = None
    content: DocumentRef | None = None

    @property
    def about(self) -> Segment | Gap:
        about = self.segment or self.gap
        assert about is not None
        return about

    @property
    def hash(self) -> Sha256:
        return Sha256(hashlib.sha256(rfc8785.dumps(self.about.line())).hexdigest())


class RecordedPart(Value):
    """One stretch of recording, from the moment the act goes on until it stops."""

    part: int
    began_at: datetime
    ended_at: datetime | None = None
    ended_because: str | None = None
    sound_only: bool = False
    """No picture of anybody was kept."""


class Recording(Value):
    """What is known of the recording of one procedure."""

    parts: tuple[RecordedPart, ...] = ()
    lines: int = 0
    """How many lines the chain has."""
    head: Sha256 = FIRST
    """Hash of its last line."""
    lost: float = 0.0
    """Seconds that were lost while people could speak: the longest that anybody's media lack."""
    failed: str | None = None
    """Why there is none, or not all of it; None while it is whole."""
    manifest: DocumentRef | None = Field(default=None)
    asked_again: int = Field(default=0, exclude_if=lambda times: not times)
    """How often whoever holds the act has asked for it once more, after it had failed."""

    def ended(self, part: int, at: datetime, because: str) -> Self:
        """With that part ended; one that never began is as it was."""
        parts = (p.but(ended_at=at, ended_because=because) if p.part == part else p for p in self.parts)
        return self.but(parts=tuple(parts))

    @property
    def open_part(self) -> RecordedPart | None:
        return self.parts[-1] if self.parts and self.parts[-1].ended_at is None else None

    @property
    def stands_still(self) -> bool:
        """It has failed, and nothing is being recorded now."""
        return self.failed is not None and self.open_part is None

    @property
    def whole(self) -> bool:
        """True when it documents the act: something was recorded and nothing of weight is missing."""
        return self.lines > 0 and self.failed is None and self.lost <= HARMLESS_LOSS


def lost_seconds(lines: Sequence[KeptLine]) -> float:
    """How long the recorder was down while people could speak, for whoever lacks most."""
    missing: dict[ParticipantId, float] = {}
    for line in lines:
        if line.gap is not None and line.gap.reason is GapReason.RECORDER:
            gap = (line.gap.ended_at - line.gap.began_at).total_seconds()
            missing[line.gap.participant] = missing.get(line.gap.participant, 0.0) + gap
    return round(max(missing.values(), default=0.0), 3)


def manifest_of(procedure: ProcedureId, parts: Sequence[RecordedPart], lines: Sequence[KeptLine]) -> bytes:
    """The canonical JSON that is hashed into the journal and stands in the bundle. It names nobody."""
    told: list[dict[str, Any]] = [
        {
            "part": part.part,
            "began_at": told_at(part.began_at),
            "ended_at": told_at(part.ended_at or part.began_at),
            "ended_because": part.ended_because or "",
        }
        for part in parts
    ]
    manifest: dict[str, Any] = {
        "format": FORMAT,
        "procedure": procedure,
        "parts": told,
        "lines": [line.about.line() for line in lines],
        "head": lines[-1].hash if lines else FIRST,
    }
    return rfc8785.dumps(manifest)


def lines_of(manifest: bytes) -> tuple[Segment | Gap, ...]:
    """The lines of a manifest of ours."""
    told = json.loads(manifest)["lines"]
    return tuple((Gap if line["kind"] == "gap" else Segment).model_validate(line) for line in told)


def told_at(at: datetime) -> str:
    """RFC 3339 in UTC with milliseconds."""
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _times(line: Segment | Gap) -> dict[str, str]:
    return {"began_at": told_at(line.began_at), "ended_at": told_at(line.ended_at)}
