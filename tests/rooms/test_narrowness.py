"""Sound comes first: over a narrow network single pictures come, and nobody else is sent less for it."""

import asyncio
import random
from collections.abc import Callable

from bench.rooms.house import House
from bench.rooms.person import Person
from bench.rooms.waiting import until
from rooms.narrowness import Downlink, Reported, Uplink
from rooms.vp8 import is_key_frame


def test_reports_that_go_on_make_a_way_narrow_and_those_of_one_instant_do_not() -> None:
    way = Downlink()
    for at, loss in ((1.0, 0.6), (1.0, 0.6), (2.0, 0.1), (3.0, 0.6)):
        way.note(loss, at)
        assert not way.is_narrow(at)
    way.note(0.3, 4.0)
    assert way.is_narrow(4.0) and way.is_narrow(23.9) and not way.is_narrow(24.1)


def test_reports_of_a_handful_of_packets_are_taken_together() -> None:
    reported = Reported()
    told = [reported.note(2 * n // 3, 65_500 + 4 * n // 3, n / 10) for n in range(40)]
    shares = [share for share in told if share is not None]
    assert 2 <= len(shares) <= 3 and all(0.4 < share < 0.6 for share in shares)


def test_what_chance_loses_makes_no_way_narrow() -> None:
    way = Downlink()
    for at in range(1, 100):
        way.note(0.12, float(at))
        assert not way.is_narrow(at)


def test_a_way_that_stays_narrow_is_tried_ever_less_often() -> None:
    way, now, times = Downlink(), 100.0, []
    for _ in range(6):
        began = now
        while not way.is_narrow(now):
            now += 1
            way.note(0.6, now)
        while way.is_narrow(now):
            now += 1
        times.append(now - began)
    assert times == sorted(times) and times[0] <= 25 and Downlink.LONGEST <= times[-1] <= Downlink.LONGEST + 5


def test_a_way_in_is_narrow_when_what_was_sent_again_is_lost_too() -> None:
    chance, whole, lossy = random.Random(3), Uplink(), Uplink()
    for n in range(2000):
        whole.note((65_000 + n) & 0xFFFF, n / 100)
        if chance.random() > 0.3:
            lossy.note((65_000 + n) & 0xFFFF, n / 100)
    assert not whole.is_narrow(20.0)
    assert lossy.is_narrow(20.0)
    for n in range(2000, 6000):
        lossy.note((65_000 + n) & 0xFFFF, n / 100)
    assert not lossy.is_narrow(60.0)


def test_a_way_in_that_was_too_narrow_again_is_asked_for_more_ever_less_often() -> None:
    way, waited = Uplink(), []
    sequence, now = 0, 0.0
    for _ in range(5):
        while not way.is_narrow(now):
            sequence, now = sequence + 3, now + 0.03  # two of three packets are lost
            way.note(sequence & 0xFFFF, now)
        began = now
        while way.is_narrow(now):
            sequence, now = sequence + 1, now + 0.03
            way.note(sequence & 0xFFFF, now)
        waited.append(round(now - began))
    assert waited[0] in range(20, 24) and waited == sorted(waited) and waited[-1] in range(160, 165)


def test_packets_that_come_late_or_twice_make_no_way_in_narrow() -> None:
    way = Uplink()
    for n in range(0, 2000, 2):
        for sequence in (n + 1, n, n):
            way.note(sequence, n / 100)
    assert not way.is_narrow(20.0)


async def test_whoever_loses_most_of_it_gets_sound_and_single_pictures_and_the_others_everything(
    house: House, person: Callable[..., Person]
) -> None:
    clerk, far, citizen = person(house, seed=1), person(house, seed=2), person(house, seed=3)
    for name, somebody in (("clerk", clerk), ("far", far), ("citizen", citizen)):
        await somebody.join(house.token(name))
    await far.sees("citizen")
    await clerk.sees("citizen")

    far.lose_packets(random.Random(5), share=0.5)
    shown = far.seen[str(far.stream_of("citizen")), "video"].frames
    whole = clerk.seen[str(clerk.stream_of("citizen")), "video"].frames
    # The first time it lasts twenty seconds, and then everything is tried again.
    await until(lambda: len(shown) > 2 and all(is_key_frame(frame) for frame in shown[-2:]), seconds=30)
    before, here, heard = len(shown), len(whole), _sounds(far)
    await asyncio.sleep(2.5)
    assert len(shown) - before <= 3 and all(is_key_frame(frame) for frame in shown[before:])
    assert len(whole) - here > 25
    assert _sounds(far) - heard > 80


def _sounds(somebody: Person) -> int:
    return len(somebody.seen[str(somebody.stream_of("citizen")), "audio"].frames)
