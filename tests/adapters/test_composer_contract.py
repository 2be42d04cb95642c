"""What every composer does, the real one and its twin in memory; and what is to be seen and heard in a real video."""

import io
from collections.abc import AsyncIterator, Mapping
from datetime import UTC, datetime, timedelta
from functools import cache

import av
import numpy as np
import pytest
from numpy.typing import NDArray

from adapters.composing.composer import ComposerAv
from adapters.composing.sizes import picture_size
from adapters.memory import MemoryComposer
from domain.ids import ParticipantId
from domain.ports.composing import Card, Composer, Layout
from domain.procedure.playing import Shown, Stretch
from domain.procedure.recording import GapReason
from tests.adapters.filmed import RATE, segment

NINE = datetime(2026, 11, 26, 9, tzinfo=UTC)
JUDGE, WITNESS, LAWYER = (ParticipantId(name) for name in ("p1", "p2", "p3"))
WORDS = ("left", "paused", "media_process", "recorder", "nothing_sent", "no_picture", "unreadable")
LAYOUT = Layout(
    people=(
        Card(participant=JUDGE, name="Elena Souto Rial", role="Magistrada"),
        Card(participant=WITNESS, name="Anxo Caamaño Lema", role="Testigo"),
        Card(participant=LAWYER, name="Marta Lago Prieto", role="Abogada"),
    ),
    strip="31/2026",
    missing=dict.fromkeys(WORDS, "—"),
    time_zone="Europe/Madrid",
)


@pytest.fixture(params=["memory", "av"])
async def composer(request: pytest.FixtureRequest) -> AsyncIterator[Composer]:
    made: Composer = MemoryComposer() if request.param == "memory" else ComposerAv()
    yield made
    await made.close()


@pytest.fixture
async def real() -> AsyncIterator[Composer]:
    made = ComposerAv()
    yield made
    await made.close()


def stretch(n: int, length: float = 2.0) -> Stretch:
    """The judge bright and low, then gone after three seconds; the witness sends sound alone from the first second."""
    return Stretch(
        n=n,
        begins=n * length,
        ends=(n + 1) * length,
        at=NINE + timedelta(seconds=n * length),
        shown=(
            Shown(participant=JUDGE, begins=0, ends=3, n=0),
            Shown(participant=JUDGE, begins=3, ends=4, reason=GapReason.LEFT),
            Shown(participant=WITNESS, begins=1, ends=4, n=1),
        ),
    )


@cache
def segments() -> Mapping[int, bytes]:
    return {0: segment(3, 230, 400, (320, 240)), 1: segment(3, None, 1500)}


async def test_the_same_segments_are_the_same_bytes_and_clusters_fill_them(composer: Composer) -> None:
    first, again, other = [await composer.compose(LAYOUT, stretch(n), segments()) for n in (0, 0, 1)]
    assert first == again != other
    for made in (first, other):
        assert sum(cluster.size for cluster in made.clusters) == len(made.content)
    assert [made.clusters[0].begins for made in (first, other)] == [0, 2000]
    before, after = composer.around(LAYOUT, (*first.clusters, *other.clusters), 4.0)
    assert before and after


async def whole(real: Composer, given: Mapping[int, bytes]) -> bytes:
    made = [await real.compose(LAYOUT, stretch(n), given) for n in (0, 1)]
    before, after = real.around(LAYOUT, [cluster for one in made for cluster in one.clusters], 4.0)
    return b"".join((before, *(one.content for one in made), after))


def brightness(video: bytes, at: float) -> list[float]:
    """Of the middle of each person's place at that moment."""
    with av.open(io.BytesIO(video), "r") as file:
        picture = next(frame for frame in file.decode(video=0) if (frame.time or 0) >= at).to_ndarray(format="gray")
    return [float(picture[40:80, left : left + 60].mean()) for left in (40, 530)] + [
        float(picture[450:490, 40:100].mean())
    ]


def heard(video: bytes, begins: float, ends: float) -> set[int]:
    """The tones between two moments."""
    samples = np.concatenate([frame.to_ndarray().reshape(-1) for frame in _sound(video)])
    part: NDArray[np.float32] = samples[round(begins * RATE) : round(ends * RATE)]
    strength = np.abs(np.fft.rfft(part)) / len(part)
    return {tone for tone in (400, 1500) if strength[round(tone * (ends - begins))] > 0.01}


def _sound(video: bytes) -> list[av.AudioFrame]:
    with av.open(io.BytesIO(video), "r") as file:
        return list(file.decode(audio=0))


async def test_everybody_is_seen_and_heard_when_they_were_and_not_otherwise(real: Composer) -> None:
    video = await whole(real, segments())
    with av.open(io.BytesIO(video), "r") as file:
        assert file.duration == 4_000_000
        assert (file.streams.video[0].width, file.streams.video[0].height) == picture_size(3)
        times = [frame.time or 0 for frame in file.decode(video=0)]
        file.seek(2_000_000)
        assert next(file.decode(video=0)).time == 2.0, "a chapter cannot be jumped to"
    assert times == sorted(times) and len(times) == 80
    for at in (0.5, 1.95, 2.0, 2.8):
        judge, witness, lawyer = brightness(video, at)
        assert judge > 180 and max(witness, lawyer) < 70, at
    assert max(brightness(video, 3.5)) < 70, "seen after they had gone"
    assert heard(video, 0.2, 0.8) == {400}
    assert heard(video, 1.7, 2.3) == {400, 1500}, "not heard where two stretches meet"
    assert heard(video, 3.2, 3.8) == {1500}


@pytest.mark.parametrize("nonsense", [b"", b"\x1a\x45\xdf\xa3" + bytes(4000), b"no video" * 999])
async def test_what_cannot_be_decoded_hides_nobody_else(real: Composer, nonsense: bytes) -> None:
    video = await whole(real, {**segments(), 1: nonsense})
    assert brightness(video, 1.5)[0] > 180
    assert heard(video, 1.7, 2.3) == {400}


async def test_who_takes_all_the_memory_there_is_hides_nobody_else(real: Composer) -> None:
    made = segment(1, 128, None)
    # A key frame says its size in its own head (RFC 6386, 9.1): here 16383 by 16383.
    place = made.index(b"\x9d\x01\x2a") + 3
    huge = made[:place] + b"\xff\x3f\xff\x3f" + made[place + 4 :]
    video = await whole(real, {**segments(), 1: huge})
    assert brightness(video, 1.5)[0] > 180
