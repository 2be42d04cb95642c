"""Where a day of a list begins and ends, by the legal time of whoever looks."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

import territories
from api.pages.board.lists import Day
from api.pages.rendering import PageContext
from domain.ids import AdministrationId

ATLANTIA = PageContext("es", territories.load()[AdministrationId("atlantia")])


@pytest.mark.parametrize(
    ("now", "today", "begins", "hours"),
    [
        ("2026-11-26T22:59:59Z", "2026-11-26", "2026-11-25T23:00:00Z", 24),
        ("2026-11-26T23:00:00Z", "2026-11-27", "2026-11-26T23:00:00Z", 24),
        ("2026-03-28T23:00:00Z", "2026-03-29", "2026-03-28T23:00:00Z", 23),
        ("2026-10-24T22:00:00Z", "2026-10-25", "2026-10-24T22:00:00Z", 25),
    ],
)
def test_a_day_lasts_from_midnight_to_midnight_at_the_office(now: str, today: str, begins: str, hours: int) -> None:
    day = Day.at(datetime.fromisoformat(now), ATLANTIA)

    assert (day.on, day.since.astimezone(UTC)) == (date.fromisoformat(today), datetime.fromisoformat(begins))
    assert day.until.astimezone(UTC) - day.since.astimezone(UTC) == timedelta(hours=hours)


def test_what_is_summoned_just_after_midnight_is_tomorrows_until_midnight_and_on_one_day_only() -> None:
    at = datetime.fromisoformat("2026-11-26T23:10:00Z")
    today = Day.at(at - timedelta(minutes=20), ATLANTIA)
    tomorrow = Day.at(at - timedelta(minutes=20), ATLANTIA, today.after)

    assert not today.since <= at < today.until
    assert tomorrow.since <= at < tomorrow.until
    assert Day.at(at, ATLANTIA) == tomorrow
    assert today.until == tomorrow.since


def test_days_follow_the_same_clock_as_the_hours_that_the_page_tells() -> None:
    first, *others = ATLANTIA.administration.offices
    islands = first.but(id="islands", time_zone="Atlantic/Canary")
    held = replace(ATLANTIA, administration=ATLANTIA.administration.but(offices=(first, *others, islands)))
    at = datetime.fromisoformat("2026-11-26T23:10:00Z")

    assert (Day.at(at, held).on, held.words.clock(at)[:5]) == (date(2026, 11, 27), "00:10")
    there = replace(held, office=islands.id)
    assert (Day.at(at, there).on, there.words.clock(at)[:5]) == (date(2026, 11, 26), "23:10")
