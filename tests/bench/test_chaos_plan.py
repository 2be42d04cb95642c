"""The plan of random kills: from the seed alone, and no part is left out."""

from collections import Counter

from bench.chaos.plan import LONGEST_HANG, PARTS, Blow, plan


def test_the_same_seed_is_the_same_plan_and_another_is_another() -> None:
    assert plan(1, 600, 6) == plan(1, 600, 6) != plan(2, 600, 6)


def test_every_part_is_struck_in_every_way_in_half_an_hour() -> None:
    strikes = plan(1, 1800, 6)

    assert {(strike.part, strike.blow) for strike in strikes} == {(part, blow) for part in PARTS for blow in Blow}
    times = Counter(strike.part for strike in strikes)
    assert max(times.values()) - min(times.values()) <= 1


def test_blows_come_in_their_order_and_last_no_longer_than_said() -> None:
    strikes = plan(3, 1800, 6)

    assert [strike.at for strike in strikes] == sorted(strike.at for strike in strikes)
    assert all(strike.at < 1800 and 0 <= strike.seconds <= LONGEST_HANG for strike in strikes)
    assert all((strike.seconds == 0) is (strike.blow is Blow.KILL) for strike in strikes)
