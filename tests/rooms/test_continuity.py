"""A subscriber's stream stays one stream while the people behind it change."""

import random

import pytest

from rooms.continuity import Continuity


def test_numbers_and_media_time_go_on_where_the_former_source_stopped() -> None:
    stream = Continuity(90_000)
    first = [stream.map(seq, 3000 * n, n / 30) for n, seq in enumerate(range(500, 510))]
    stream.restart()
    second = [stream.map(seq, 7_000_000 + 3000 * n, 1 + n / 30) for n, seq in enumerate(range(9000, 9010))]
    assert [seq for seq, _ in filter(None, first + second)] == list(range(20))
    last, next_ = first[-1], second[0]
    assert last is not None and next_ is not None
    assert next_[1] - last[1] == round(90_000 * (1 - 9 / 30))


def test_a_hole_stays_a_hole_so_that_it_is_asked_for_again() -> None:
    stream = Continuity(90_000)
    assert [stream.map(seq, 0, 0.0) for seq in (10, 11, 14, 12)] == [(0, 1), (1, 1), (4, 1), (2, 1)]


def test_a_late_packet_from_before_the_beginning_is_dropped() -> None:
    stream = Continuity(90_000)
    stream.map(100, 0, 0.0)
    stream.restart()
    assert stream.map(5, 0, 0.1) is not None
    assert stream.map(3, 0, 0.1) is None


@pytest.mark.parametrize("seed", range(5))
def test_any_source_is_mapped_by_one_offset_through_every_wrap(seed: int) -> None:
    chance = random.Random(seed)
    stream = Continuity(48_000, first_sequence=chance.randrange(1 << 16))
    sequence, timestamp = chance.randrange(1 << 16), chance.randrange(1 << 32)
    offsets = set()
    for step in range(100_000):
        arrived = (sequence + step) & 0xFFFF, (timestamp + 960 * step) & 0xFFFFFFFF
        mapped = stream.map(*arrived, step / 50)
        assert mapped is not None
        offsets.add(((mapped[0] - arrived[0]) & 0xFFFF, (mapped[1] - arrived[1]) & 0xFFFFFFFF))
    assert len(offsets) == 1
