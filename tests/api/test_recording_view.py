"""Playing a recording: its time, its chapters, and the parts of a segment that a player asks for."""

from datetime import UTC, datetime, timedelta

import pytest

from api.http.ranges import ranged
from api.views.recording import Chapter, recording_state, recording_words, vtt
from domain.ids import ItemId
from domain.procedure.playing import PlayingTime
from domain.procedure.recording import RecordedPart, Recording
from tests.templates.samples import conciliation, life_certificate, victim_appointment

NINE = datetime(2026, 11, 26, 9, tzinfo=UTC)
PARTS = (
    RecordedPart(part=1, began_at=NINE, ended_at=NINE + timedelta(minutes=10)),
    RecordedPart(part=2, began_at=NINE + timedelta(minutes=25), ended_at=NINE + timedelta(minutes=30)),
)


@pytest.mark.parametrize(
    ("minute", "second"),
    [(-1, 0), (0, 0), (4, 240), (10, 600), (15, 600), (25, 600), (26, 660), (30, 900), (99, 900)],
)
def test_time_stands_still_in_a_recess(minute: int, second: float) -> None:
    time = PlayingTime(PARTS)
    assert (time.of(NINE + timedelta(minutes=minute)), time.lasts) == (second, 900)


def test_chapters_are_a_track_that_a_player_reads() -> None:
    chapters = [
        Chapter(item=ItemId("i1"), begins=0, title="Apertura"),
        Chapter(item=ItemId("i2"), begins=3725.5, title="Declara\n--> la testigo"),
    ]
    assert vtt(chapters, 4000).splitlines() == [
        "WEBVTT",
        "",
        "00:00:00.000 --> 01:02:05.500",
        "Apertura",
        "",
        "01:02:05.500 --> 01:06:40.000",
        "Declara → la testigo",
    ]


@pytest.mark.parametrize(
    ("asked", "status", "told", "content"),
    [
        (None, 200, None, b"0123456789"),
        ("bytes=0-", 206, "bytes 0-9/10", b"0123456789"),
        ("bytes=2-4", 206, "bytes 2-4/10", b"234"),
        ("bytes=8-99", 206, "bytes 8-9/10", b"89"),
        ("bytes=-3", 206, "bytes 7-9/10", b"789"),
        ("bytes=10-", 416, "bytes */10", b""),
        ("bytes=-0", 416, "bytes */10", b""),
        ("bytes=0-1,4-5", 200, None, b"0123456789"),
        (f"bytes={'9' * 5000}-", 200, None, b"0123456789"),
        ("bytes=٣-", 200, None, b"0123456789"),
        ("pages=1-2", 200, None, b"0123456789"),
    ],
)
def test_a_player_gets_the_part_that_it_asks_for(
    asked: str | None, status: int, told: str | None, content: bytes
) -> None:
    answer = ranged(b"0123456789", "video/webm", asked, {})
    assert (answer.status_code, answer.headers.get("content-range"), answer.body) == (status, told, content)
    assert answer.headers["accept-ranges"] == "bytes"


def test_everybody_in_the_room_is_told_whether_it_is_recorded() -> None:
    """Before, while and after: what the indicator of every page says."""
    before = conciliation().procedure.but(session_ended_at=None)
    now = before.but(recording=Recording(parts=(PARTS[0].but(ended_at=None),)))
    assert recording_words(before) == "will_be_recorded"
    assert recording_words(now) == "recorded_now"
    heard = RecordedPart(part=1, began_at=NINE, sound_only=True)
    assert recording_words(before.but(recording=Recording(parts=(heard,)))) == "sound_recorded_now"
    over = conciliation().procedure.but(recording=Recording(parts=(heard.but(ended_at=NINE),), lines=3))
    assert recording_words(over) == "sound_was_recorded"
    assert recording_words(over.but(recording=Recording(parts=(heard, *PARTS), lines=3))) == "was_recorded"
    assert recording_words(before.but(recording=Recording(failed="not_begun"))) == "not_recorded"
    assert recording_words(conciliation().procedure.but(recording=Recording(parts=PARTS, lines=3))) == "was_recorded"
    assert recording_words(conciliation().procedure) == "not_recorded"
    assert recording_words(life_certificate().procedure.but(session_ended_at=None)) == "with_consent"
    assert recording_words(victim_appointment().procedure.but(session_ended_at=None)) == "not_recorded"


def test_a_crossed_out_camera_stands_only_beside_what_is_not_recorded() -> None:
    before = conciliation().procedure.but(session_ended_at=None)
    now = before.but(recording=Recording(parts=(PARTS[0].but(ended_at=None),)))
    acts = (before, now, conciliation().procedure, life_certificate().procedure.but(session_ended_at=None))
    assert [recording_state(act, "es").icon for act in acts] == ["video", "circle-dot", "video-off", "video"]
