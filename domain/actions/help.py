"""Help: whoever has a summons asks for it, staff say that it was given."""

from domain.commands.base import RecordedCommand
from domain.errors import Refusal
from domain.events.base import Event
from domain.ids import ParticipantId
from domain.journal.chain import Stamp
from domain.procedure.state import Procedure
from domain.refusals.access import STAFF_ONLY
from domain.refusals.people import HELP_ALREADY_GIVEN
from domain.refusals.procedure import PROCEDURE_ENDED
from domain.rules.common import in_seat, oneself_or_staff


class HelpRequested(Event):
    participant: ParticipantId

    def change(self, procedure: Procedure, stamp: Stamp) -> Procedure:
        person = procedure.participant(self.participant)
        return procedure.with_participant(person.but(asks_for_help=True))


class HelpGiven(Event):
    participant: ParticipantId

    def change(self, procedure: Procedure, stamp: Stamp) -> Procedure:
        person = procedure.participant(self.participant)
        return procedure.with_participant(person.but(asks_for_help=False))


class AskHelp(RecordedCommand):
    participant: ParticipantId

    def events(self, procedure: Procedure) -> tuple[Event, ...]:
        return (HelpRequested(participant=self.participant),)


class AnswerHelp(RecordedCommand):
    participant: ParticipantId

    def events(self, procedure: Procedure) -> tuple[Event, ...]:
        return (HelpGiven(participant=self.participant),)


def may_ask_help(procedure: Procedure, command: AskHelp) -> None:
    in_seat(procedure, command, command.participant)
    if procedure.stage.ended:
        raise Refusal(PROCEDURE_ENDED)


def may_answer_help(procedure: Procedure, command: AnswerHelp) -> None:
    person = oneself_or_staff(procedure, command, command.participant)
    if command.author.account is None:
        raise Refusal(STAFF_ONLY)
    if not person.asks_for_help:
        raise Refusal(HELP_ALREADY_GIVEN)
