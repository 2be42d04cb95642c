"""Where and when an act was held, how it ended, and whether it was recorded, as its minutes tell it."""

from datetime import datetime, timedelta
from functools import cached_property

from domain.procedure.recording import Recording
from domain.procedure.state import Procedure
from domain.types.territory import Administration, Body, Office
from templates.attendance import Attendance
from templates.people import is_hidden
from templates.trail import Trail
from templates.words import Words


class Sitting(Attendance):
    """One sitting of a justice body, with the people of it."""

    def __init__(self, procedure: Procedure, administration: Administration, trail: Trail, words: Words) -> None:
        super().__init__(procedure, administration, trail, words)
        self.type = procedure.type.procedure

    @cached_property
    def body(self) -> Body | None:
        return next((body for body in self.administration.bodies if body.id == self.procedure.body), None)

    @property
    def body_name(self) -> str:
        return self.body.names.in_language(self._words.language) if self.body else self.procedure.body

    @property
    def municipality(self) -> str:
        return self.body.municipality if self.body else ""

    @cached_property
    def office(self) -> Office | None:
        return self.office_of(self.procedure.office)

    @property
    def began(self) -> datetime:
        return self.procedure.session_began_at or self.procedure.scheduled_at

    @property
    def ended(self) -> datetime | None:
        return self.procedure.session_ended_at

    @property
    def duration(self) -> timedelta | None:
        return self.ended - self.began if self.ended else None

    @property
    def class_and_number(self) -> str:
        titles = self.type.neutral_titles if self.protected and self.type.neutral_titles else self.type.titles
        return f"{titles.in_language(self._words.language)} {self.procedure.case_number}"

    @property
    def protected(self) -> bool:
        return any(is_hidden(self.procedure, person) for person in self.procedure.participants)

    @property
    def outcome(self) -> str:
        code = self.procedure.outcome
        return self.type.outcomes[code].in_language(self._words.language) if code in self.type.outcomes else ""

    @property
    def recording(self) -> Recording | None:
        """What was recorded; None when nothing was."""
        made = self.procedure.recording
        return made if made is not None and made.lines else None

    @property
    def recorded_for(self) -> timedelta:
        parts = self.recording.parts if self.recording else ()
        return sum(((part.ended_at or part.began_at) - part.began_at for part in parts), timedelta())

    @property
    def lost(self) -> timedelta:
        """What is missing of the recording although people could speak."""
        return timedelta(seconds=round(self.recording.lost) if self.recording else 0)
