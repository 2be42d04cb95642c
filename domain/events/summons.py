"""From the request to the door of the room: asked for, summoned, announced, cancelled."""

from datetime import datetime

from pydantic import Field

from domain.base import Value
from domain.events.base import Event
from domain.ids import AdministrationId, ItemId, OfficeId, ParticipantId, ProcedureId
from domain.journal.chain import Stamp
from domain.languages import DEFAULT_LANGUAGE
from domain.procedure.agenda import Declaration, Prefilled
from domain.procedure.people import Participant
from domain.procedure.planning import planned_agenda
from domain.procedure.state import Notice, Procedure
from domain.types.procedure_type import ResolvedType
from domain.types.vocabulary import BodyKind, Stage


class PrefilledItem(Value):
    """Values of one planned item, in canonical form, and whose they are."""

    item: ItemId
    prefilled: Prefilled


class ProcedureRequested(Event):
    """The first event: who, what, when, and under which version of which type."""

    id: ProcedureId
    resolved_type: ResolvedType
    administration: AdministrationId
    body: str
    body_kind: BodyKind | None = Field(default=None, exclude_if=lambda kind: kind is None)
    office: OfficeId
    case_number: str
    nig: str | None = None
    external_id: str | None = None
    language: str = DEFAULT_LANGUAGE
    scheduled_at: datetime
    shortened_terms: str | None = None
    """Why the act is held sooner than the terms of the law: the words of whoever ordered it, who asks for it here."""
    outside_working_time: str | None = Field(default=None, exclude_if=lambda reason: reason is None)
    """Why it is held on a day or at an hour that is no working one (LEC art. 131), in the same person's words."""
    declared: Declaration | None = Field(default=None, exclude_if=lambda declared: declared is None)
    """On what it is held and between whom, where the type asks for it."""
    participants: tuple[Participant, ...]
    prefilled: tuple[PrefilledItem, ...] = Field(default=(), exclude_if=lambda prefilled: not prefilled)

    def begin(self, stamp: Stamp) -> Procedure:
        known = {one.item: one.prefilled for one in self.prefilled}
        planned = planned_agenda(self.resolved_type.procedure.agenda, self.participants)
        agenda = tuple(item.but(prefilled=known[item.id]) if item.id in known else item for item in planned)
        return Procedure(
            id=self.id,
            type=self.resolved_type,
            administration=self.administration,
            body=self.body,
            body_kind=self.body_kind,
            office=self.office,
            case_number=self.case_number,
            nig=self.nig,
            external_id=self.external_id,
            language=self.language,
            scheduled_at=self.scheduled_at,
            declared=self.declared,
            participants=self.participants,
            agenda=agenda,
            changed_at=stamp.at,
        )

    def change(self, procedure: Procedure, stamp: Stamp) -> Procedure:
        raise ValueError("a procedure is requested once")


class SummonsIssued(Event):
    """The summons exists and can be presented at an office."""

    scheduled_at: datetime

    def change(self, procedure: Procedure, stamp: Stamp) -> Procedure:
        return procedure.but(stage=Stage.SUMMONED, scheduled_at=self.scheduled_at)


class NoticeSent(Event):
    """A mail was taken over by the relay. Law: it announces, it is not the notification (LEC 152.2)."""

    kind: str
    recipient: ParticipantId
    message_id: str
    smtp_reply: str

    def change(self, procedure: Procedure, stamp: Stamp) -> Procedure:
        notice = Notice(**self.model_dump(), sent_at=stamp.at)
        return procedure.but(notices=(*procedure.notices, notice))


class ProcedureCancelled(Event):
    reason: str

    def change(self, procedure: Procedure, stamp: Stamp) -> Procedure:
        return procedure.but(stage=Stage.CANCELLED, interruption=None, cancelled_because=self.reason)


class NoShowRecorded(Event):
    """Somebody needed was not there, and the act counts as not held: a person decided it (up to 0.2, the clock)."""

    absent: tuple[ParticipantId, ...]
    reason: str | None = Field(default=None, exclude_if=lambda reason: reason is None)
    """The words of whoever decided it."""

    def change(self, procedure: Procedure, stamp: Stamp) -> Procedure:
        return procedure.but(stage=Stage.NO_SHOW, interruption=None)


class ProcedureAdjourned(Event):
    """The act goes on another day: what is done stays done, open items wait, everybody identifies again."""

    reason: str
    new_date: datetime

    def change(self, procedure: Procedure, stamp: Stamp) -> Procedure:
        return procedure.but(stage=Stage.ADJOURNED, scheduled_at=self.new_date, interruption=None)
