"""Talks of lawyers and those they assist, as officials see them: who, until when, and who else might."""

from dataclasses import dataclass
from datetime import datetime

from api.pages.procedure.people_view import IN_ROOM
from api.pages.rendering import PageContext
from domain.procedure.people import Participant
from domain.procedure.state import Procedure
from domain.types.vocabulary import Stage
from templates.people import shown_name

LENGTHS = (5, 10, 15, 30)
"""Minutes to choose from."""


@dataclass(frozen=True)
class PrivateTalkView:
    room: str
    lawyer: str
    client: str
    until: datetime


@dataclass(frozen=True)
class PrivateTalksView:
    talks: tuple[PrivateTalkView, ...]
    lawyers: tuple[tuple[str, str], ...]
    clients: tuple[tuple[str, str], ...]
    lengths: tuple[int, ...] = LENGTHS

    @property
    def possible(self) -> bool:
        """Somebody is in the room who might talk with their lawyer now."""
        return bool(self.lawyers and self.clients)


def private_talks_view(procedure: Procedure, context: PageContext) -> PrivateTalksView:
    def named(people: list[Participant]) -> tuple[tuple[str, str], ...]:
        return tuple((person.id, shown_name(procedure, person, context.language)) for person in people)

    held = procedure.stage in (Stage.IN_SESSION, Stage.INTERRUPTED)
    here = [p for p in procedure.participants if held and p.presence in IN_ROOM and procedure.is_identified(p)]
    lawyers = [person for person in here if procedure.role_of(person).confers_with]
    assisted = {code for lawyer in lawyers for code in procedure.role_of(lawyer).confers_with}
    talks = tuple(
        PrivateTalkView(
            room=talk.room,
            lawyer=shown_name(procedure, procedure.participant(talk.lawyer), context.language),
            client=shown_name(procedure, procedure.participant(talk.client), context.language),
            until=talk.ends_at,
        )
        for talk in procedure.private_talks
    )
    return PrivateTalksView(talks, named(lawyers), named([person for person in here if person.role in assisted]))
