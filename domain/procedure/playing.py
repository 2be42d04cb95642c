"""When what was recorded plays: seconds from the beginning of the recording, which stand still outside its parts."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from pydantic import AwareDatetime

from domain.base import Value
from domain.ids import ParticipantId
from domain.procedure.recording import Gap, GapReason, RecordedPart, Segment

STRETCH = 30.0
"""Seconds of a composed video that are made at once: what a killed process loses, and all that is in memory."""

BEFORE = 0.08
"""Seconds of sound before a stretch that its encoder hears, so that nobody hears where two stretches meet."""


SHORTEST = 0.1
"""Seconds of a rest that are worth a stretch of their own."""


class PlayingTime:
    """Moments of the act as seconds of its recording."""

    def __init__(self, parts: Sequence[RecordedPart]) -> None:
        self._parts: list[tuple[datetime, datetime, float]] = []
        self.lasts = 0.0
        for part in parts:
            ended = part.ended_at or part.began_at
            self._parts.append((part.began_at, ended, self.lasts))
            self.lasts = round(self.lasts + (ended - part.began_at).total_seconds(), 3)

    def of(self, at: datetime) -> float:
        """What is between two parts counts as the beginning of the later one."""
        for began, ended, offset in self._parts:
            if at <= ended:
                return round(offset + max(0.0, (at - began).total_seconds()), 3)
        return self.lasts


class Shown(Value):
    """A line of the chain as it plays in a stretch: a segment by its number, or why there is none."""

    participant: ParticipantId
    begins: float
    """Seconds from the beginning of the recording; may lie before the stretch."""
    ends: float
    n: int | None = None
    reason: GapReason | None = None


class Stretch(Value):
    """Some seconds of a recording in which it goes on without a break."""

    n: int
    begins: float
    ends: float
    at: AwareDatetime
    """The hour at which it was recorded."""
    shown: tuple[Shown, ...]


def stretches_of(
    parts: Sequence[RecordedPart], lines: Sequence[Segment | Gap], length: float = STRETCH
) -> tuple[Stretch, ...]:
    """A whole recording in stretches of `length` seconds at most; a part that was over at once has none."""
    return tuple(
        Stretch(n=n, begins=begins, ends=ends, at=at, shown=tuple(_shown(lines, part, begins, ends, offset)))
        for n, (part, offset, begins, ends, at) in enumerate(_cut(parts, length))
    )


def _cut(parts: Sequence[RecordedPart], length: float) -> Iterator[tuple[RecordedPart, float, float, float, datetime]]:
    """Each part, where it begins to play, and the stretches of it."""
    offset = 0.0
    for part in parts:
        lasts = ((part.ended_at or part.began_at) - part.began_at).total_seconds()
        for number in range(round(lasts * 1000) // round(length * 1000) + 1):
            begins, ends = number * length, min((number + 1) * length, lasts)
            if ends - begins >= SHORTEST:
                at = part.began_at + timedelta(seconds=begins)
                yield part, offset, round(offset + begins, 3), round(offset + ends, 3), at
        offset = round(offset + lasts, 3)


def _shown(
    lines: Sequence[Segment | Gap], part: RecordedPart, begins: float, ends: float, offset: float
) -> Iterator[Shown]:
    for line in lines:
        if line.part != part.part:
            continue
        first, last = (round(offset + (at - part.began_at).total_seconds(), 3) for at in (line.began_at, line.ended_at))
        if first < ends and last > begins - BEFORE:
            told = {"n": line.n} if isinstance(line, Segment) else {"reason": line.reason}
            yield Shown(participant=line.participant, begins=first, ends=last, **told)
