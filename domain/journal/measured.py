"""What is counted of each procedure, once, when it has ended: written with the journal, and free of personal data."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from domain.base import Value
from domain.ids import AdministrationId, OfficeId, ProcedureId
from domain.procedure.state import Procedure
from domain.types.vocabulary import Privacy, Stage

OWN_DEVICE = "own_device"
AT_AN_OFFICE = "office"


class Step(StrEnum):
    """The furthest that an act came which was not held to its end."""

    SUMMONS = "summons"
    """Nobody had arrived."""
    ARRIVAL = "arrival"
    """Somebody had arrived, and the session had not begun."""
    SESSION = "session"
    MINUTES = "minutes"
    """The session was over; its minutes were not sealed."""


class Measured(Value):
    """One procedure that has ended."""

    procedure: ProcedureId
    administration: AdministrationId
    office: OfficeId
    body: str
    type: str
    privacy: Privacy
    sealed_at: datetime | None = None
    """When its minutes were sealed."""
    ended_at: datetime
    held: bool
    """To its end: neither cancelled nor without somebody who was needed."""
    step: Step | None = None
    """Where it was abandoned; None where it was held."""
    interruptions: int = 0
    places: tuple[str, ...] = ()
    """Where each person who is not of the authority sat in the act: an office, or `own_device`. Whoever came to the
    court itself is not among them."""


def measured(procedure: Procedure) -> Measured | None:
    """What is counted of it; None before it has ended."""
    if not procedure.stage.ended or procedure.changed_at is None:
        return None
    held = procedure.stage is Stage.CLOSED
    return Measured(
        procedure=procedure.id,
        administration=procedure.administration,
        office=procedure.office,
        body=procedure.body,
        type=procedure.type.procedure.id,
        privacy=procedure.type.procedure.privacy,
        sealed_at=procedure.minutes.sealed_at if procedure.minutes else None,
        ended_at=procedure.changed_at,
        held=held,
        step=None if held else _step(procedure),
        interruptions=procedure.interruptions,
        places=tuple(sorted(_places(procedure))) if held else (),
    )


def _step(procedure: Procedure) -> Step:
    if procedure.session_ended_at:
        return Step.MINUTES
    if procedure.session_began_at:
        return Step.SESSION
    return Step.ARRIVAL if any(person.checked_in_at for person in procedure.citizens) else Step.SUMMONS


def _places(procedure: Procedure) -> list[str]:
    seated = [person for person in procedure.citizens if procedure.appeared(person)]
    at_offices = [str(person.office or procedure.office) for person in seated if person.place == AT_AN_OFFICE]
    return at_offices + [OWN_DEVICE for person in seated if person.place == OWN_DEVICE]


def as_record(ended: Measured) -> dict[str, Any]:
    """In JSON types, by the columns of the table `indicators`."""
    return ended.model_dump(mode="json")
