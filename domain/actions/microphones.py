"""Whose microphone is closed: whoever holds the act closes one or all, and opens them again.

Law: LEC art. 186.1 and 186.2; whoever presides over a hearing keeps order and directs who speaks. Nobody who holds the
act, or has been given the floor, is muted while that lasts. What the room does is in `rooms/room.py`.
"""

from domain.commands.base import RecordedCommand
from domain.errors import Refusal
from domain.events.base import Event
from domain.ids import ParticipantId
from domain.journal.chain import Stamp
from domain.procedure.people import Participant
from domain.procedure.state import Procedure
from domain.refusals.people import (
    ALREADY_MUTED,
    EVERYONE_ALREADY_MUTED,
    EVERYONE_NOT_MUTED,
    HOST_IS_HEARD,
    NOT_IN_ROOM,
    NOT_MUTED,
)
from domain.rules.common import as_host, at_stage
from domain.types.vocabulary import Stage

HELD = (Stage.IN_SESSION, Stage.INTERRUPTED, Stage.APPROVAL, Stage.SIGNING)


class ParticipantMuted(Event):
    """Nobody hears them, whatever their browser sends, until that is taken back or they are given the floor."""

    participant: ParticipantId

    def change(self, procedure: Procedure, stamp: Stamp) -> Procedure:
        return procedure.with_participant(procedure.participant(self.participant).but(muted_at=stamp.at))


class ParticipantUnmuted(Event):
    participant: ParticipantId

    def change(self, procedure: Procedure, stamp: Stamp) -> Procedure:
        return procedure.with_participant(procedure.participant(self.participant).but(muted_at=None))


class EveryoneMuted(Event):
    """Nobody but whoever holds the act and whoever has the floor is heard, newcomers included."""

    def change(self, procedure: Procedure, stamp: Stamp) -> Procedure:
        return procedure.but(everyone_muted_at=stamp.at)


class EveryoneUnmuted(Event):
    """Also whoever was muted alone."""

    def change(self, procedure: Procedure, stamp: Stamp) -> Procedure:
        people = tuple(person.but(muted_at=None) for person in procedure.participants)
        return procedure.but(participants=people, everyone_muted_at=None)


class MuteParticipant(RecordedCommand):
    participant: ParticipantId

    def events(self, procedure: Procedure) -> tuple[Event, ...]:
        return (ParticipantMuted(participant=self.participant),)


class UnmuteParticipant(RecordedCommand):
    participant: ParticipantId

    def events(self, procedure: Procedure) -> tuple[Event, ...]:
        return (ParticipantUnmuted(participant=self.participant),)


class MuteEveryone(RecordedCommand):
    """All at once, and whoever comes in later, until the floor is given or this is taken back."""

    def events(self, procedure: Procedure) -> tuple[Event, ...]:
        return (EveryoneMuted(),)


class UnmuteEveryone(RecordedCommand):
    def events(self, procedure: Procedure) -> tuple[Event, ...]:
        return (EveryoneUnmuted(),)


def may_mute_participant(procedure: Procedure, command: MuteParticipant) -> None:
    as_host(procedure, command)
    person = procedure.participant(command.participant)
    at_stage(procedure, *HELD)
    if procedure.role_of(person).hosts:
        raise Refusal(HOST_IS_HEARD, participant=person.id)
    if person not in procedure.present():
        raise Refusal(NOT_IN_ROOM, participant=person.id)
    if person.is_muted:
        raise Refusal(ALREADY_MUTED, participant=person.id)


def may_unmute_participant(procedure: Procedure, command: UnmuteParticipant) -> None:
    """One alone; while everybody is muted it is the floor that opens a microphone."""
    as_host(procedure, command)
    person: Participant = procedure.participant(command.participant)
    at_stage(procedure, *HELD)
    if not person.is_muted:
        raise Refusal(NOT_MUTED, participant=person.id)


def may_mute_everyone(procedure: Procedure, command: MuteEveryone) -> None:
    as_host(procedure, command)
    at_stage(procedure, *HELD)
    if procedure.everyone_is_muted:
        raise Refusal(EVERYONE_ALREADY_MUTED)


def may_unmute_everyone(procedure: Procedure, command: UnmuteEveryone) -> None:
    as_host(procedure, command)
    at_stage(procedure, *HELD)
    if not procedure.everyone_is_muted and not any(person.is_muted for person in procedure.participants):
        raise Refusal(EVERYONE_NOT_MUTED)
