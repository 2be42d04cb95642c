"""Acts whose items are gone through in any order, by whatever the rules accept, whoever has to be there coming in."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from domain.commands import (
    AdmitParticipant,
    CloseSession,
    Command,
    CorrectItem,
    DismissParticipant,
    FillItem,
    OpenItem,
    SkipItem,
    SuspendItem,
)
from domain.errors import Refusal
from domain.events import Event
from domain.events.agenda import ItemCorrected, ItemDone, ItemOpened, ItemSkipped, ItemSuspended
from domain.events.people import ParticipantAdmitted, ParticipantDismissed, ParticipantJoined
from domain.procedure.agenda import AgendaItem
from domain.procedure.people import IN_THE_ROOM, Participant, Presence
from domain.procedure.state import Procedure
from domain.rules import agenda, minutes, people
from domain.types.document_plan import WrittenWhen
from domain.types.item_values import checked_values
from domain.types.vocabulary import ItemState
from rehearsal.plausible import plausible_values
from tests.domain.cases import asking
from tests.domain.held_types import host, shown, written
from tests.domain.samples import in_session, then
from tests.shipped import shipped_types

SETTLED = (ItemState.DONE, ItemState.SKIPPED)


@dataclass
class Act:
    """One act as it goes, with everything that was accepted."""

    type_id: str
    chance: random.Random
    procedure: Procedure = field(init=False)
    happened: list[tuple[str, str, dict[str, Any]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.procedure = everybody_waits(self.type_id)
        for person in self.chance.sample(self.procedure.participants, len(self.procedure.participants)):
            self.lets_in(person)

    def lets_in(self, person: Participant) -> bool:
        """Or keeps them waiting, where the rules say so: two who are kept apart are not in the room at once."""
        command: Any = asking(AdmitParticipant, host(self.type_id), participant=person.id)
        try:
            people.may_admit_participant(self.procedure, command)
        except Refusal:
            return False
        came = (ParticipantAdmitted(participant=person.id), ParticipantJoined(participant=person.id))
        self.procedure = then(self.procedure, *came)
        nobody_meets_who_is_kept_apart(self.procedure)
        return True

    def sends_out(self, person: Participant) -> None:
        command: Any = asking(DismissParticipant, host(self.type_id), participant=person.id, reason="Ha terminado")
        people.may_dismiss_participant(self.procedure, command)
        self.procedure = then(self.procedure, ParticipantDismissed(participant=person.id, reason="Ha terminado"))

    def turns_to(self, item: AgendaItem) -> None:
        """Where the item is somebody's own who waits outside, whoever keeps them there leaves, and they come in."""
        person = self.procedure.participant(item.person) if item.person else None
        if person is None or person.presence is Presence.CONNECTED or self.lets_in(person):
            return
        for other in self.procedure.citizens:
            if other.role == person.role and other.presence is Presence.CONNECTED:
                self.sends_out(other)
        assert self.lets_in(person)

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
        self.turns_to(item)
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


def present(type_id: str) -> Procedure:
    """With two people at least of whoever is kept apart."""
    kind = shipped_types()[type_id].procedure
    alone = {role for rule in kind.validity.apart for role in rule.roles if kind.role(role).minimum < 2}
    return in_session(type_id, *sorted(alone))


def everybody_waits(type_id: str) -> Procedure:
    """Whoever holds the act is in the room, all others are identified and outside."""
    procedure = present(type_id)
    holding = procedure.hosts[0].id
    for person in procedure.participants:
        if person.id != holding and person.presence in IN_THE_ROOM:
            procedure = procedure.with_participant(person.but(presence=Presence.WAITING, admitted_at=None))
    return procedure


def nobody_meets_who_is_kept_apart(procedure: Procedure) -> None:
    unsettled = {item.code for item in procedure.agenda if item.state not in SETTLED}
    for rule in procedure.type.procedure.validity.apart:
        here = [one.id for one in procedure.participants if one.role in rule.roles and one.presence in IN_THE_ROOM]
        assert len(here) < 2 or (rule.until and rule.until not in unsettled), here
