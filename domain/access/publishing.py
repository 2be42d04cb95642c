"""Types that an Administration publishes while everything runs: what was uploaded, who decided what about it, and when.

A publication never changes: what people decide about it is added to it. What was approved keeps its id and version for
ever, so that whoever looks for them finds one text.
"""

import hashlib
from datetime import date
from enum import StrEnum
from typing import Protocol

from pydantic import AwareDatetime

from domain.base import Value
from domain.errors import Refusal
from domain.ids import AccountId, AdministrationId, Sha256
from domain.refusals.publishing import PUBLICATION_SETTLED, SECOND_PERSON_NEEDED, START_IN_THE_PAST

MOST_DEFINITIONS = 20
"""Texts in one publication: a type, and the item types that are new in it."""


class DefinitionKind(StrEnum):
    PROCEDURE_TYPE = "procedure_type"
    ITEM_TYPE = "item_type"


class Definition(Value):
    """One text as it was uploaded."""

    kind: DefinitionKind
    name: str
    """The id of a procedure type, the code of an item type."""
    id: str
    """The id of either."""
    version: int = 1
    """Of a procedure type; an item type has one."""
    text: str

    @property
    def sha256(self) -> Sha256:
        return Sha256(hashlib.sha256(self.text.encode()).hexdigest())


class Act(StrEnum):
    """What people do with a publication."""

    PROPOSED = "proposed"
    APPROVED = "approved"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


class PublicationAct(Value):
    act: Act
    by: AccountId
    at: AwareDatetime
    why: str
    effective_on: date
    """Of a proposal, the first day; of a withdrawal, the first day on which nothing new is asked for."""


class State(StrEnum):
    """Where a publication stands on a day."""

    PROPOSED = "proposed"
    APPROVED = "approved"
    """From a day that is still to come."""
    IN_FORCE = "in_force"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


class Decision(Value):
    """Law: each Community's heads of Justice decide which procedures may be held."""

    approved_by: str
    approved_on: date
    document: str
    bodies: tuple[str, ...] = ()
    """Ids of the bodies that may hold it; empty: every one."""
    offices: tuple[str, ...] = ()
    """Ids of the offices from which people may take part in it; empty: every one."""


class Publication(Value):
    id: str
    """`pub_` and random hex."""
    administration: AdministrationId
    decision: Decision
    definitions: tuple[Definition, ...]
    acts: tuple[PublicationAct, ...]
    """In the order in which they were done; the first is the proposal."""

    def done(self, act: Act) -> PublicationAct | None:
        return next((one for one in self.acts if one.act is act), None)

    @property
    def starts_on(self) -> date:
        return self.acts[0].effective_on

    @property
    def ends_on(self) -> date | None:
        withdrawn = self.done(Act.WITHDRAWN)
        return withdrawn.effective_on if withdrawn else None

    def state(self, day: date) -> State:
        if self.done(Act.REJECTED):
            return State.REJECTED
        if not self.done(Act.APPROVED):
            return State.PROPOSED
        if self.ends_on is not None and self.ends_on <= day:
            return State.WITHDRAWN
        return State.IN_FORCE if self.starts_on <= day else State.APPROVED

    def of(self, kind: DefinitionKind) -> tuple[Definition, ...]:
        return tuple(one for one in self.definitions if one.kind is kind)


def may_follow(publication: Publication, act: Act, by: AccountId, day: date, effective_on: date) -> None:
    """Raises `Refusal` when `by` may not do that to it on `day`.

    Two people publish: whoever proposed it does not approve it. Anybody of the two takes it back or ends it: that gives
    nobody a procedure.
    """
    state = publication.state(day)
    wanted = (State.APPROVED, State.IN_FORCE) if act is Act.WITHDRAWN else (State.PROPOSED,)
    if state not in wanted or publication.done(act):
        raise Refusal(PUBLICATION_SETTLED, state=state.value)
    if act is Act.APPROVED and publication.acts[0].by == by:
        raise Refusal(SECOND_PERSON_NEEDED)
    if act is Act.WITHDRAWN:
        refuse_past(effective_on, day)


def refuse_past(effective_on: date, day: date) -> None:
    """Raises `Refusal('start_in_the_past')`: what was asked for yesterday was asked for under what held yesterday."""
    if effective_on < day:
        raise Refusal(START_IN_THE_PAST, earliest=day.isoformat())


class Publications(Protocol):
    """Publications of every Administration. Nothing is changed and nothing removed."""

    async def latest(self) -> int:
        """How many acts there are: while it is the same, everything is the same."""

    async def every(self) -> tuple[Publication, ...]:
        """In the order in which they were proposed."""

    async def propose(self, publication: Publication) -> None:
        """Keep it with its first act. Of two under one id the first is kept."""

    async def add(self, publication: str, act: PublicationAct, day: date) -> Publication:
        """Do `act` where it may follow on `day`; the publication with it.

        Raises what `may_follow` does, `KeyError` for an unknown one, and `Refusal('definition_taken')` when something
        of the same id and version, or an item type of the same code, was approved before.
        """
