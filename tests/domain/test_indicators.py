"""What is counted of an act that has ended, what may be given of it, and that no subtraction tells of one person."""

import itertools
from typing import Any

import pytest

import territories
from domain.access.indicators import FEWEST, Cell, Seats, figures_of, grouped, may_be_given
from domain.ids import AdministrationId
from domain.journal.measured import Step, measured
from domain.types.vocabulary import Privacy, Stage
from tests.domain import samples

ATLANTIA = territories.load()[AdministrationId("atlantia")]
NOW = "2026-11"


def cell(**changes: Any) -> Cell:
    said = Cell(month="2026-10", office="ojm-vilar", type="conciliation", privacy=Privacy.ORDINARY, pilot=False,
                ended=9, held=9)  # fmt: skip
    return said.but(**changes)


def protected(**changes: Any) -> Cell:
    return cell(type="victim_appointment", privacy=Privacy.PROTECTED).but(**changes)


def test_of_ordinary_acts_every_cell_is_given() -> None:
    assert may_be_given(cell(ended=1, held=1, month=NOW), NOW)


@pytest.mark.parametrize("privacy", [Privacy.PROTECTED, Privacy.RESTRICTED])
@pytest.mark.parametrize(
    "changes",
    [
        {"ended": 4, "held": 4},
        {"ended": 9, "held": 5, "abandoned": {Step.ARRIVAL: 4}},
        {"ended": 9, "held": 9, "minutes": 8, "interrupted": 1},
        {"ended": 9, "held": 9, "minutes": 1},
        {"ended": 9, "held": 9, "seats": (Seats(place="ojm-lira", body="b", people=3),)},
        {"month": NOW},
    ],
    ids=["few", "few_abandoned", "few_interrupted", "few_with_minutes", "few_from_one_office", "month_not_over"],
)
def test_of_others_a_cell_in_which_somebody_stands_out_is_not_given(privacy: Privacy, changes: dict[str, Any]) -> None:
    assert not may_be_given(protected(privacy=privacy).but(**changes), NOW)


def test_of_others_a_large_cell_of_a_month_that_is_over_is_given() -> None:
    assert may_be_given(protected(ended=10, held=5, abandoned={Step.SUMMONS: 5, Step.SESSION: 0}), NOW)


def test_no_subtraction_of_totals_tells_of_a_small_cell() -> None:
    """Whatever months, offices and types are added up, of protected acts it is nought or five and more; so are the
    differences of any two that lie one within the other."""
    numbers = (3, 5, 12, 1, 6)
    cells = [protected(ended=n, held=n, month=f"2026-0{m + 1}", office=f"o{n}") for m, n in enumerate(numbers)] + [
        protected(ended=n, held=n, month=f"2026-0{m + 1}", office="one") for m, n in enumerate(numbers)
    ]
    given = [one for one in cells if may_be_given(one, NOW)]
    totals = {
        frozenset(id(one) for one in some): figures_of(some, ATLANTIA).held
        for size in range(len(given) + 1)
        for some in itertools.combinations(given, size)
    }
    for (some, total), (others, other) in itertools.combinations(totals.items(), 2):
        if some < others:
            assert other - total >= FEWEST


def test_pilots_are_apart() -> None:
    groups = grouped([cell(), cell(pilot=True, ended=2, held=1), cell(office="ojm-lira")], lambda c: c.type, ATLANTIA)
    assert [(g.key, g.pilot, g.figures.held) for g in groups] == [
        ("conciliation", False, 18),
        ("conciliation", True, 1),
    ]


def test_kilometres_are_what_the_administration_declares_there_and_back() -> None:
    declared = next(office for office in ATLANTIA.offices if office.id == "ojm-vilar").kilometres["court-ponte-nova"]
    seats = (
        Seats(place="ojm-vilar", body="court-ponte-nova", people=3),
        Seats(place="own_device", body="court-ponte-nova", people=2),
        Seats(place="court-ponte-nova", body="court-ponte-nova", people=7),
    )
    figures = figures_of([cell(seats=seats)], ATLANTIA)
    assert figures.journeys_avoided == 5
    assert figures.kilometres_avoided == 3 * 2 * declared
    assert figures.journeys_of_unknown_length == 2


def test_days_to_minutes_are_a_mean_over_all_cells() -> None:
    figures = figures_of([cell(minutes=1, seconds=86_400.0), cell(minutes=3, seconds=3 * 5 * 86_400.0)], ATLANTIA)
    assert figures.days_to_minutes == 4.0
    assert figures_of([cell()], ATLANTIA).days_to_minutes is None


def test_a_procedure_is_counted_when_it_has_ended_and_says_how_far_it_came() -> None:
    summoned = samples.summoned()
    assert measured(summoned) is None
    cancelled = measured(summoned.but(stage=Stage.CANCELLED))
    assert cancelled is not None
    assert (cancelled.held, cancelled.step) == (False, Step.SUMMONS)
    later: dict[Step, dict[str, Any]] = {
        Step.ARRIVAL: {"participants": tuple(p.but(checked_in_at=samples.START) for p in summoned.participants)},
        Step.SESSION: {"session_began_at": samples.START},
        Step.MINUTES: {"session_began_at": samples.START, "session_ended_at": samples.START},
    }
    for step, changes in later.items():
        ended = measured(summoned.but(stage=Stage.NO_SHOW, **changes))
        assert ended is not None
        assert ended.step is step


def test_where_people_sat_is_counted_without_their_names() -> None:
    summoned = samples.summoned()
    people = tuple(
        p.but(place="office", office="ojm-vilar", admitted_at=samples.START, name="Canaria")
        for p in summoned.participants
    )
    ended = measured(summoned.but(stage=Stage.CLOSED, participants=people))
    assert ended is not None
    assert set(ended.places) == {"ojm-vilar"}
    assert len(ended.places) == len(summoned.citizens)
    assert "Canaria" not in ended.model_dump_json()
