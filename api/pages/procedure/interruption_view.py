"""Why an act has stopped, who moves next, what is missing and until when: what the page of officials says of it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from api.pages.procedure.next_step import absent_from
from api.pages.rendering import PageContext
from domain.procedure.people import Presence
from domain.procedure.state import Procedure
from domain.types.procedure_type import DeadlineStart
from domain.types.vocabulary import Side
from templates.people import shown_name
from templates.texts import text


@dataclass(frozen=True)
class InterruptionView:
    cause: str
    note: str
    at: datetime
    must_act: str
    missing: tuple[str, ...]
    until: datetime | None
    due_at: datetime | None
    """The last moment of the term for going on, where it is one of working days."""
    due_law: str
    overdue: bool
    """A term of the type ended meanwhile."""
    proposes: str
    """`no_show` or `cancel`: what may follow from somebody's absence; empty where nothing in particular does."""
    law: str


def interruption_view(procedure: Procedure, must_act: str, context: PageContext) -> InterruptionView | None:
    """None while it goes on. `must_act`: by the name that people use."""
    stopped = procedure.interruption
    if stopped is None:
        return None
    missing = []
    for person in procedure.participants:
        name = shown_name(procedure, person, context.language)
        if person in absent_from(procedure):
            missing.append(text("pages.interruption.to_come", context.language, name=name))
        if person.presence in (Presence.LOST, Presence.LEFT):
            missing.append(text("pages.board.missing_presence", context.language, name=name))
        if person.id in stopped.repeats and procedure.role_of(person).side is not Side.AUTHORITY:
            if person.presence is Presence.DISMISSED or procedure.is_identified(person):
                continue
            missing.append(text("pages.interruption.identity_of", context.language, name=name))
    return InterruptionView(
        cause=text(f"vocabulary.interruption_cause.{stopped.cause.value}", context.language),
        note=stopped.note,
        at=stopped.at,
        must_act=must_act,
        missing=tuple(missing),
        until=stopped.planned_end,
        due_at=stopped.due_at - timedelta(microseconds=1) if stopped.due_at else None,
        due_law=_law_of_resuming(procedure),
        overdue=stopped.overdue is not None,
        proposes=stopped.proposes or "",
        law=stopped.legal_basis or "",
    )


def _law_of_resuming(procedure: Procedure) -> str:
    """The article whose term runs while the act is stopped."""
    terms = (one for one in procedure.type.procedure.deadlines if one.start is DeadlineStart.INTERRUPTED)
    return next((one.legal_basis for one in terms if one.legal_basis), "")
