"""Items in any order: nothing that happened is lost, doubled or put elsewhere, and no order leads to a void end.

What makes an end valid is read here from the file of the type, and asked of what the rules accepted.
"""

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import procedure_types
import territories
from domain.ids import AdministrationId
from domain.procedure.agenda import AgendaItem
from domain.procedure.state import Procedure
from domain.types.vocabulary import ItemState
from templates.record import Record
from templates.trail import Trail
from templates.words import Words
from tests.domain.any_order import SETTLED, Act, present

HERE = territories.load()[AdministrationId("atlantia")]
HELD = sorted(id for id, kind in procedure_types.load().items() if kind.cooperation is None)


def nothing_is_lost(act: Act) -> None:
    items = act.procedure.agenda
    assert [item.id for item in items] == [item.id for item in present(act.type_id).agenda]
    first_opened = list(dict.fromkeys(id for what, id, _ in act.happened if what == "opened"))
    record = Record(act.procedure, HERE, Trail(()), Words("es", "Europe/Madrid"))
    told = [item.id for item in record.items if item.opened_at]
    assert told == [id for id in first_opened if id in set(told)], "told in the order in which it began"
    for item in items:
        said = [values for what, id, values in act.happened if id == item.id and what in ("done", "corrected")]
        kept = next((what for what, id, _ in reversed(act.happened) if id == item.id and what != "corrected"), None)
        assert (kept == "done") == (item.state is ItemState.DONE)
        assert (kept == "skipped") == (item.state is ItemState.SKIPPED)
        if said and item.state is ItemState.DONE:
            assert item.values == said[-1]
    assert len(record.items) == len({item.id for item in record.items}), "told once"


def is_valid(act: Act, outcome: str) -> None:
    """What the file of the type says of that end is true of what happened."""
    procedure, kind = act.procedure, act.procedure.type.procedure
    by_code: dict[str, list[AgendaItem]] = {}
    for item in procedure.agenda:
        by_code.setdefault(item.code, []).append(item)
    assert not [item for item in procedure.agenda if item.state in (ItemState.OPEN, ItemState.SUSPENDED)]
    for line in kind.agenda.planned:
        assert not line.required or all(item.state is ItemState.DONE for item in by_code[line.item])
    for rule in kind.validity.outcomes:
        if rule.outcome == outcome and not rule.when:
            dealt = {code for code, items in by_code.items() if any(gives(procedure, item) for item in items)}
            assert set(rule.done) <= dealt and not set(rule.without) & dealt
            for code in rule.not_all:
                assert not all(gives(procedure, item) for item in by_code[code])
            for code in rule.signed:
                documents = [one for one in procedure.standing() if one.code == code]
                assert documents
                assert all(one.signed_by(who) for one in documents for who in procedure.asked_to_sign(one))
    nothing_came_too_early(act)


def gives(procedure: Procedure, item: AgendaItem) -> bool:
    return item.state is ItemState.DONE and not procedure.type.item(item.code).is_void(item.values)


def nothing_came_too_early(act: Act) -> None:
    """Where one item comes before another, it was done, or left out, whenever the other was opened."""
    code = {str(item.id): item.code for item in act.procedure.agenda}
    person = {str(item.id): item.person for item in act.procedure.agenda}
    settled: set[str] = set()
    for what, id, _ in act.happened:
        if what == "opened":
            for rule in act.procedure.type.procedure.validity.order:
                for other in code if code[id] in rule.then else ():
                    of_another = person[other] and person[id] and person[other] != person[id]
                    assert code[other] != rule.first or of_another or other in settled, (rule.first, code[id])
            settled.discard(id)
        elif what in ("done", "skipped"):
            settled.add(id)


@pytest.mark.parametrize("type_id", HELD)
@given(chance=st.randoms(use_true_random=False), rounds=st.integers(1, 4))
@settings(max_examples=12, suppress_health_check=list(HealthCheck))
def test_whatever_the_order_nothing_is_lost_and_no_end_is_void(
    type_id: str, chance: random.Random, rounds: int
) -> None:
    act = Act(type_id, chance)
    for _ in range(rounds):
        for id in chance.sample([item.id for item in act.procedure.agenda], len(act.procedure.agenda)):
            act.goes_on(act.procedure.item(id))
    nothing_is_lost(act)
    nothing_came_too_early(act)
    for outcome in act.procedure.type.procedure.outcomes:
        if act.ends(outcome):
            is_valid(act, outcome)


@pytest.mark.parametrize("type_id", HELD)
def test_some_orders_do_reach_an_end(type_id: str) -> None:
    """Or nothing would be proven of ends."""
    for seed in range(60):
        act = Act(type_id, random.Random(seed))
        for item in [*act.procedure.agenda, *act.procedure.agenda]:
            now = act.procedure.item(item.id)
            if now.state not in SETTLED:
                act.goes_on(now)
        reached = [outcome for outcome in act.procedure.type.procedure.outcomes if act.ends(outcome)]
        for outcome in reached:
            is_valid(act, outcome)
        if reached:
            return
    pytest.fail("no order ends")
