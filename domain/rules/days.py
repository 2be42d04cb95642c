"""Which days can be meant in an item: not before the act, not after it, or not too long after it."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from domain.errors import Refusal
from domain.procedure.agenda import AgendaItem
from domain.procedure.state import Procedure
from domain.refusals.agenda import DATE_ALREADY_PAST, DATE_STILL_TO_COME, DATE_TOO_FAR_AWAY
from domain.types.item_type import ItemField


def on_a_day_that_can_be(procedure: Procedure, item: AgendaItem, values: Mapping[str, Any]) -> None:
    """Raises `Refusal('date_already_past')`, `Refusal('date_still_to_come')` or `Refusal('date_too_far_away')`."""
    if procedure.changed_at is None:
        return
    # The last event is the clock of a rule, in UTC: the day of the place is that one or, after midnight, the next.
    today = procedure.changed_at.date()
    for field, day in _days(procedure, item, values):
        if field.not_past and day < today:
            raise Refusal(DATE_ALREADY_PAST, field=field.name, item=item.code)
        if field.not_future and day > today + timedelta(days=1):
            raise Refusal(DATE_STILL_TO_COME, field=field.name, item=item.code)
        latest = _years_after(today, field.years_at_most) if field.years_at_most else day
        if day > latest:
            law, years = field.legal_basis or "", field.years_at_most
            raise Refusal(
                DATE_TOO_FAR_AWAY, field=field.name, item=item.code, latest=latest.isoformat(), years=years, law=law
            )


def _days(procedure: Procedure, item: AgendaItem, values: Mapping[str, Any]) -> Iterator[tuple[ItemField, date]]:
    for field in procedure.type.item(item.code).fields:
        for row in values.get(field.name) or [] if field.columns else [values]:
            for place in field.columns or (field,):
                if place.kind.value == "date" and row.get(place.name):
                    yield place, date.fromisoformat(row[place.name])


def _years_after(day: date, years: int) -> date:
    """The same day of the month; of 29 February, the 28th where there is no other."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
