"""What whoever waits may know: since when they are noted, whether the room is open, who directs it, and who else waits.

People in the room and outside are counted and not named: before being called nobody learns who else was summoned.
"""

from dataclasses import dataclass
from datetime import datetime

from api.access.visibility import citizens_read
from api.pages.rendering import PageContext
from domain.procedure.people import Participant, Presence
from domain.procedure.state import Procedure
from domain.types.privacy import Detail
from templates.texts import text


@dataclass(frozen=True)
class Directing:
    role: str
    presence: str
    here: bool


@dataclass(frozen=True)
class WaitingView:
    arrived_at: datetime | None
    opened_at: datetime | None
    directing: tuple[Directing, ...]
    """By role, not by name. Empty where the kind of the act is told to nobody outside."""
    others: int | None
    """Who wait besides; None where that is not told either."""


def waiting_view(procedure: Procedure, person: Participant, context: PageContext) -> WaitingView:
    kind, say = procedure.type.procedure, context.language
    told = citizens_read(Detail.KIND, kind.privacy)
    waiting = [one for one in procedure.citizens if one.presence is Presence.WAITING and one.id != person.id]
    return WaitingView(
        arrived_at=person.checked_in_at,
        opened_at=procedure.room_opened_at,
        directing=tuple(
            Directing(
                role=procedure.role(host.role).titles.in_language(say),
                presence=text(f"vocabulary.presence.{host.presence.value}", say),
                here=host.presence is Presence.CONNECTED,
            )
            for host in procedure.hosts
            if told
        ),
        others=len(waiting) if told else None,
    )
