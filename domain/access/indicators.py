"""Indicators of the service: what was held, what journeys it saved, how long it took, where it was abandoned.

The smallest group of which figures are given is a *cell*: the acts of one type that ended at one office in one month,
those of a pilot apart. Whoever needs protection would be recognised in a small one: of every type that is not of
ordinary privacy a cell is given whole, once its month is over, where each of its numbers is nought or at least
`FEWEST`, or not at all. Every total is the sum of cells that are given: no subtraction of totals tells of another.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Protocol

from pydantic import Field

from domain.base import Value
from domain.ids import AdministrationId
from domain.journal.measured import OWN_DEVICE, Step
from domain.types.territory import Administration
from domain.types.vocabulary import Privacy

FEWEST = 5
THERE_AND_BACK = 2


class Seats(Value):
    """People who took part from one place in acts of one body that were held."""

    place: str
    """An office, or `own_device`."""
    body: str
    people: int


class Cell(Value):
    """Acts of one type that ended at one office in one month. Months are those of the Administration's legal time."""

    month: str
    """`2026-11`."""
    office: str
    type: str
    privacy: Privacy
    pilot: bool
    ended: int
    held: int
    abandoned: Mapping[Step, int] = Field(default_factory=dict)
    interrupted: int = 0
    """Acts that were interrupted at least once."""
    interruptions: int = 0
    minutes: int = 0
    """Acts whose minutes were sealed."""
    seconds: float = 0
    """From request to sealed minutes, of all of these together."""
    seats: tuple[Seats, ...] = ()


class Figures(Value):
    """What is counted of a group of acts. Journeys and kilometres are an estimate from what the Administration declares
    of its offices and types."""

    ended: int = 0
    held: int = 0
    abandoned: Mapping[Step, int] = Field(default_factory=dict)
    """By the furthest step that was reached."""
    interrupted: int = 0
    interruptions: int = 0
    minutes: int = 0
    days_to_minutes: float | None = None
    """Mean, from the request to the sealed minutes; None where there are none."""
    journeys_avoided: int = 0
    """There and back, of people who took part from elsewhere."""
    kilometres_avoided: int = 0
    journeys_of_unknown_length: int = 0
    """Of the journeys avoided, those for which no distance is declared: they add no kilometres."""


class Group(Value):
    key: str
    """A month, the id of a type or of an office."""
    pilot: bool
    figures: Figures


class Indicators(Protocol):
    """Implemented by `adapters/postgres/indicators.py`; may raise `TryAgain`."""

    async def cells(
        self, administration: AdministrationId, since: str, until: str, zone: str, pilots: Mapping[str, str]
    ) -> tuple[Cell, ...]:
        """Every cell of the months `since` to `until`, both included, in the legal time of `zone`.

        `pilots`: for each type that has one, the last day on which what was asked for belongs to it.
        """


def may_be_given(cell: Cell, this_month: str) -> bool:
    """Of ordinary privacy, always; of any other, when nothing in it will change and nobody stands out in it."""
    if cell.privacy is Privacy.ORDINARY:
        return True
    people = (seats.people for seats in cell.seats)
    numbers = (cell.ended, cell.held, cell.minutes, cell.interrupted, *cell.abandoned.values(), *people)
    return cell.month < this_month and all(not number or number >= FEWEST for number in numbers)


def grouped(cells: Iterable[Cell], by: Callable[[Cell], str], ours: Administration) -> tuple[Group, ...]:
    """Groups in order of their key, the pilot of each after the rest of it. `cells`: only those that may be given."""
    groups: dict[tuple[str, bool], list[Cell]] = {}
    for cell in cells:
        groups.setdefault((by(cell), cell.pilot), []).append(cell)
    return tuple(
        Group(key=key, pilot=pilot, figures=figures_of(some, ours)) for (key, pilot), some in sorted(groups.items())
    )


def figures_of(cells: Iterable[Cell], ours: Administration) -> Figures:
    some = tuple(cells)
    minutes = sum(cell.minutes for cell in some)
    abandoned = {step: sum(cell.abandoned.get(step, 0) for cell in some) for step in Step}
    journeys = [_journeys(cell, seats, ours) for cell in some for seats in cell.seats]
    return Figures(
        ended=sum(cell.ended for cell in some),
        held=sum(cell.held for cell in some),
        abandoned={step: number for step, number in abandoned.items() if number},
        interrupted=sum(cell.interrupted for cell in some),
        interruptions=sum(cell.interruptions for cell in some),
        minutes=minutes,
        days_to_minutes=round(sum(cell.seconds for cell in some) / minutes / 86_400, 1) if minutes else None,
        journeys_avoided=sum(number for number, _ in journeys),
        kilometres_avoided=sum(number * THERE_AND_BACK * (length or 0) for number, length in journeys),
        journeys_of_unknown_length=sum(number for number, length in journeys if length is None),
    )


def _journeys(cell: Cell, seats: Seats, ours: Administration) -> tuple[int, int | None]:
    """How many were avoided, and how long each is one way in kilometres; None: nobody has said."""
    each = next((enabled.journeys for enabled in ours.enabled if enabled.type == cell.type), 1)
    if seats.place == OWN_DEVICE:
        return seats.people * each, None
    office = next((office for office in ours.offices if office.id == seats.place), None)
    town = next((body.municipality for body in ours.bodies if body.id == seats.body), None)
    if office is not None and office.municipality == town:
        return 0, 0
    return seats.people * each, office.kilometres.get(seats.body) if office else None
