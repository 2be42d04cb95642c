"""A recording in stretches: whole, in order, none over a break, each with what plays in it."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from domain.ids import ParticipantId, Sha256
from domain.procedure.playing import PlayingTime, Stretch, stretches_of
from domain.procedure.recording import FIRST, Gap, GapReason, RecordedPart, Segment

NINE = datetime(2026, 11, 26, 9, tzinfo=UTC)


def after(seconds: float) -> datetime:
    return NINE + timedelta(seconds=seconds)


def segment(n: int, part: int, began: float, ended: float) -> Segment:
    return Segment(
        n=n,
        part=part,
        participant=ParticipantId("p1"),
        began_at=after(began),
        ended_at=after(ended),
        media_type="video/webm",
        sha256=Sha256("a" * 64),
        size=1,
        previous=FIRST,
    )


PARTS = (
    RecordedPart(part=1, began_at=NINE, ended_at=after(70)),
    RecordedPart(part=2, began_at=after(90), ended_at=after(120)),
)
LINES = (
    segment(0, 1, 1, 31),
    segment(1, 1, 31, 60),
    Gap(n=2, part=1, participant=ParticipantId("p1"), began_at=after(60), ended_at=after(70), reason=GapReason.LEFT,
        previous=FIRST),
    segment(3, 2, 90, 120),
)  # fmt: skip


def shown(stretch: Stretch) -> list[tuple[int | None, float]]:
    return [(one.n, one.begins) for one in stretch.shown]


def test_a_recording_is_cut_in_stretches_that_never_pass_over_a_break() -> None:
    stretches = stretches_of(PARTS, LINES)
    assert [(s.n, s.begins, s.ends) for s in stretches] == [(0, 0, 30), (1, 30, 60), (2, 60, 70), (3, 70, 100)]
    assert [s.at for s in stretches] == [NINE, after(30), after(60), after(90)]
    assert all(one.ends == next.begins for one, next in pairwise(stretches))
    assert stretches[-1].ends == PlayingTime(PARTS).lasts


def test_a_stretch_holds_the_lines_that_play_in_it_and_those_that_are_heard_just_before() -> None:
    first, second, third, last = stretches_of(PARTS, LINES)
    assert shown(first) == [(0, 1)]
    assert shown(second) == [(0, 1), (1, 31)]
    assert shown(third) == [(1, 31), (None, 60)]
    assert [one.reason for one in third.shown] == [None, GapReason.LEFT]
    assert shown(last) == [(3, 70)], "the time of a recess does not play"


@pytest.mark.parametrize("ended", [NINE, None, after(0.05)])
def test_what_was_over_at_once_has_no_stretch(ended: datetime | None) -> None:
    assert stretches_of((RecordedPart(part=1, began_at=NINE, ended_at=ended),), ()) == ()
