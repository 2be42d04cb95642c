"""The act stops and goes on: cause, who must act, what is to be repeated, and the exact place to resume."""

from datetime import date, datetime

from pydantic import Field

from domain.events.base import Event
from domain.ids import ItemId, ParticipantId
from domain.journal.chain import Stamp
from domain.procedure.interruption import Interruption
from domain.procedure.people import Identity, Presence
from domain.procedure.state import Procedure
from domain.types.absence import AbsenceEffect
from domain.types.vocabulary import InterruptionCause, ItemState, Stage, TermDays


class ProcedureInterrupted(Event):
    cause: InterruptionCause
    note: str
    must_act: str
    repeats: tuple[ParticipantId, ...] = ()
    item: ItemId | None = None
    field: str | None = None
    planned_end: datetime | None = None
    proposes: AbsenceEffect | None = Field(default=None, exclude_if=lambda proposed: proposed is None)
    """What the type lets follow from somebody's absence, if whoever holds the act so decides."""
    legal_basis: str | None = Field(default=None, exclude_if=lambda basis: basis is None)

    def change(self, procedure: Procedure, stamp: Stamp) -> Procedure:
        interruption = Interruption(**self.model_dump(), at=stamp.at, back_to=procedure.stage)
        absence = self.cause is InterruptionCause.ABSENCE
        return procedure.but(
            stage=Stage.INTERRUPTED,
            interruption=interruption,
            interruptions=procedure.interruptions + 1,
            absence_judged_for=procedure.scheduled_at if absence else procedure.absence_judged_for,
        )


class TermReckoned(Event):
    """Until when the act may go on, counted in working days with the public holidays of the place where it is held.

    Law: RDL 6/2023 art. 56.4; what is reckoned by a machine says its rule and what it was reckoned from.
    """

    rule: str
    days: TermDays
    length: int
    """How many."""
    left_out: tuple[date, ...]
    """Weekdays in between that do not count: public holidays, and what is no court day."""
    last_day: date
    due_at: datetime
    """When that day is over, where the act is held."""

    def change(self, procedure: Procedure, stamp: Stamp) -> Procedure:
        interruption = procedure.interruption
        assert interruption is not None
        return procedure.but(interruption=interruption.but(due_at=self.due_at))


class DeadlinePassed(Event):
    """A term of the type ended while the act was stopped; whoever must act is reminded."""

    rule: str

    def change(self, procedure: Procedure, stamp: Stamp) -> Procedure:
        interruption = procedure.interruption
        assert interruption is not None
        return procedure.but(interruption=interruption.but(overdue=self.rule))


class ProcedureResumed(Event):
    """The act goes on at the same item. Identities named in the interruption have been verified again."""

    def change(self, procedure: Procedure, stamp: Stamp) -> Procedure:
        interruption = procedure.interruption
        assert interruption is not None
        return procedure.but(stage=interruption.back_to, interruption=None)


class SessionReopened(Event):
    """An adjourned act is summoned for its new date: same agenda, presence and identity from the beginning."""

    def change(self, procedure: Procedure, stamp: Stamp) -> Procedure:
        people = tuple(
            person.but(
                presence=Presence.EXPECTED,
                identity=Identity(),
                challenge=None,
                session=None,
                seat_taken_over=False,
                lost_at=None,
                autonomy_attested_by=None,  # who acted freely that day may not act freely on this one
                secure_place=None,
            )
            for person in procedure.participants
        )
        agenda = tuple(
            item.but(state=ItemState.SUSPENDED) if item.state is ItemState.OPEN else item for item in procedure.agenda
        )
        return procedure.but(stage=Stage.SUMMONED, participants=people, agenda=agenda, room_opened_at=None)
