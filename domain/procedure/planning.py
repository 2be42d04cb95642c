"""The agenda with which a procedure begins: the plan of its type, with the people who take part in it."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from domain.ids import ItemId, ParticipantId
from domain.procedure.agenda import AgendaItem
from domain.procedure.people import Participant
from domain.types.agenda_plan import AgendaPlan, PlannedItem


def planned_agenda(plan: AgendaPlan, people: Sequence[Participant]) -> tuple[AgendaItem, ...]:
    """An item a line; of lines with `each`, one for each person, all of one person before those of the next."""
    if not plan.has_points_of_each:
        return tuple(
            AgendaItem(id=ItemId(f"i{number}"), code=line.item, role=line.role)
            for number, line in enumerate(plan.planned, start=1)
        )
    return tuple(
        AgendaItem(id=ItemId(f"i{number}"), code=line.item, role=line.role, person=person, line=place)
        for number, (place, line, person) in enumerate(_points(plan, people), start=1)
    )


def _points(plan: AgendaPlan, people: Sequence[Participant]) -> Iterator[tuple[int, PlannedItem, ParticipantId | None]]:
    for (each, role), group in groupby(enumerate(plan.planned), key=lambda one: (one[1].each, one[1].role)):
        lines = list(group)
        if not each:
            yield from ((place, line, None) for place, line in lines)
            continue
        for person in people:
            if person.role == role:
                yield from ((place, line, person.id) for place, line in lines)
