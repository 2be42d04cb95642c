"""The floor of an act: people ask for it and take that back, whoever holds the act gives it."""

from domain.commands.base import RecordedCommand
from domain.errors import Refusal
from domain.events.base import Event
from domain.ids import ParticipantId
from domain.journal.chain import Stamp
from domain.procedure.people import Participant
from domain.procedure.state import Procedure
from domain.refusals.people import FLOOR_ALREADY_ASKED, FLOOR_ALREADY_GIVEN, FLOOR_NOT_ASKED, NOT_IN_ROOM
from domain.rules.common import as_host, as_oneself, at_stage
from domain.types.vocabulary import Stage


class FloorRequested(Event):
    participant: ParticipantId

    def change(self, procedure: Procedure, stamp: Stamp) -> Procedure:
        person = procedure.participant(self.participant)
        return procedure.with_participant(person.but(floor_asked_at=stamp.at))


class FloorRequestWithdrawn(Event):
    participant: ParticipantId

    def change(self, procedure: Procedure, stamp: Stamp) -> Procedure:
        person = procedure.participant(self.participant)
        return procedure.with_participant(person.but(floor_asked_at=None))


class FloorGiven(Event):
    """Nobody else has the floor from now on; whoever asks for it too still asks."""

    participant: ParticipantId

    def change(self, procedure: Procedure, stamp: Stamp) -> Procedure:
        people = tuple(person.but(floor_given_at=None) for person in procedure.participants)
        person = procedure.participant(self.participant).but(floor_asked_at=None, floor_given_at=stamp.at)
        return procedure.but(participants=people).with_participant(person)


class AskForFloor(RecordedCommand):
    participant: ParticipantId

    def events(self, procedure: Procedure) -> tuple[Event, ...]:
        return (FloorRequested(participant=self.participant),)


class WithdrawFloorRequest(RecordedCommand):
    participant: ParticipantId

    def events(self, procedure: Procedure) -> tuple[Event, ...]:
        return (FloorRequestWithdrawn(participant=self.participant),)


class GiveFloor(RecordedCommand):
    """To somebody in the room; to oneself, to take it back."""

    participant: ParticipantId

    def events(self, procedure: Procedure) -> tuple[Event, ...]:
        return (FloorGiven(participant=self.participant),)


def may_ask_for_floor(procedure: Procedure, command: AskForFloor) -> None:
    person = as_oneself(procedure, command, command.participant)
    _in_the_room(procedure, person)
    if person.has_floor:
        raise Refusal(FLOOR_ALREADY_GIVEN, participant=person.id)
    if person.asks_for_floor:
        raise Refusal(FLOOR_ALREADY_ASKED, participant=person.id)


def may_withdraw_floor_request(procedure: Procedure, command: WithdrawFloorRequest) -> None:
    person = as_oneself(procedure, command, command.participant)
    if not person.asks_for_floor:
        raise Refusal(FLOOR_NOT_ASKED, participant=person.id)


def may_give_floor(procedure: Procedure, command: GiveFloor) -> None:
    """Whether they asked for it or not."""
    as_host(procedure, command)
    person = procedure.participant(command.participant)
    _in_the_room(procedure, person)
    if person.has_floor:
        raise Refusal(FLOOR_ALREADY_GIVEN, participant=person.id)


def _in_the_room(procedure: Procedure, person: Participant) -> None:
    at_stage(procedure, Stage.IN_SESSION, Stage.APPROVAL, Stage.SIGNING)
    if person not in procedure.present():
        raise Refusal(NOT_IN_ROOM, participant=person.id)
