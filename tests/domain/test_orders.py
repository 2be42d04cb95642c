"""Items in any order: nothing that happened is lost, doubled or put elsewhere, and no order leads to a void end.

What makes an end valid is read here from the file of the type, and asked of what the rules accepted.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import procedure_types
import territories
from domain.commands import CloseSession, Command, CorrectItem, FillItem, OpenItem, SkipItem, SuspendItem
from domain.errors import Refusal
from domain.events import Event
from domain.events.agenda import ItemCorrected, ItemDone, ItemOpened, ItemSkipped, ItemSuspended
from domain.ids import AdministrationId
from domain.procedure.agenda import AgendaItem
from domain.procedure.state import Procedure
from domain.rules import agenda, minutes
from domain.types.document_plan import WrittenWhen
from domain.types.item_values import checked_values
from domain.types.vocabulary import ItemState
from rehearsal.plausible import plausible_values
from templates.record import Record
from templates.trail import Trail
from templates.words import Words
from tests.domain.cases import asking
from tests.domain.held_types import host, shown, written
from tests.domain.samples import in_session, then

HERE = territories.load()[AdministrationId("atlantia")]
HELD = sorted(id for id, kind in procedure_types.load().items() if kind.cooperation is None)
WITHOUT_END = ("ratification", "marriage_file_hearing", "statement_in_investigation", "commission_session")
"""None of these tries ends an act of theirs (people who are kept apart are all in the room): the rest is proven."""
SETTLED = (ItemState.DONE, ItemState.SKIPPED)


@dataclass
class Act:
    """One act as it goes, with everything that was accepted."""

    type_id: str
    chance: random.Random
    procedure: Procedure = field(init=False)
    happened: list[tuple[str, str, dict[str, Any]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.procedure = in_session(self.type_id)

    def tries(self, rule: Callable[..., None], event: Event, what: str, item: AgendaItem, **words: Any) -> bool:
        """The rule judges it, and what it accepts happens."""
        kinds: dict[str, type[Command]] = {
            "opened": OpenItem,
            "done": FillItem,
            "suspended": SuspendItem,
            "skipped": SkipItem,
        }
        command = asking((kinds | {"corrected": CorrectItem})[what], host(self.type_id), item=item.id, **words)
        try:
            rule(self.procedure, command)
        except Refusal:
            return False
        self.procedure = then(self.procedure, event)
        self.happened.append((what, item.id, dict(words.get("values", {}))))
        return True

    def opens(self, item: AgendaItem) -> bool:
        if not self.tries(agenda.may_open_item, ItemOpened(item=item.id), "opened", item):
            return False
        for plan in self.procedure.type.procedure.written(WrittenWhen.OPENED, item.code):
            self.procedure = shown(written(self.procedure, plan.code, item.code, signed=False))
        return True

    def finishes(self, item: AgendaItem) -> bool:
        kind = self.procedure.type.item(item.code)
        values = checked_values(kind, plausible_values(kind, self.procedure, item), complete=False)
        done = ItemDone(item=item.id, values=values)
        if not self.tries(agenda.may_fill_item, done, "done", item, values=values, done=True):
            return False
        same = [one.id for one in self.procedure.agenda if one.code == item.code]
        for plan in self.procedure.type.procedure.written(WrittenWhen.DONE, item.code):
            signed, nth = self.chance.random() < 0.8, same.index(item.id)
            self.procedure = written(self.procedure, plan.code, item.code, signed=signed, nth=nth)
        return True

    def goes_on(self, item: AgendaItem) -> None:
        """Something or other is done with that item."""
        what = self.chance.random()
        if item.state is ItemState.DONE:
            kind = self.procedure.type.item(item.code)
            values, why = plausible_values(kind, self.procedure, item), "Se anotó por error"
            event = ItemCorrected(item=item.id, values=values, reason=why)
            self.tries(agenda.may_correct_item, event, "corrected", item, values=values, reason=why)
        elif what < 0.15:
            why = "No procede"
            self.tries(agenda.may_skip_item, ItemSkipped(item=item.id, reason=why), "skipped", item, reason=why)
        elif item.state is ItemState.OPEN and what < 0.3:
            why = "Se deja para luego"
            left = ItemSuspended(item=item.id, reason=why)
            self.tries(agenda.may_suspend_item, left, "suspended", item, reason=why)
        elif item.state is ItemState.OPEN or self.opens(item):
            self.finishes(self.procedure.item(item.id))

    def ends(self, outcome: str) -> bool:
        closing: Any = asking(CloseSession, host(self.type_id), outcome=outcome)
        try:
            minutes.may_close_session(self.procedure, closing)
        except Refusal:
            return False
        return True


def nothing_is_lost(act: Act) -> None:
    items = act.procedure.agenda
    assert [item.id for item in items] == [item.id for item in in_session(act.type_id).agenda]
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


@pytest.mark.parametrize("type_id", [id for id in HELD if id not in WITHOUT_END])
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
