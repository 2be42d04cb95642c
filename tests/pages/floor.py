"""A conciliation in which one party has the floor and the other asks for it."""

from domain.actions.floor import FloorGiven, FloorRequested
from tests.templates.samples import Act, conciliation


def asking_for_floor() -> Act:
    act = conciliation()
    names = [type(event).__name__ for event, _ in act.events]
    act.events = act.events[: names.index("DocumentDeposited") + 2]
    first, second = act.procedure.citizens[:2]
    act.then(FloorGiven(participant=first.id))
    return act.then(FloorRequested(participant=second.id), actor=second.id)
