"""Table: who may close and open microphones, whose, and when."""

from domain.actions.floor import FloorGiven
from domain.actions.microphones import (
    EveryoneMuted,
    MuteEveryone,
    MuteParticipant,
    ParticipantMuted,
    UnmuteEveryone,
    UnmuteParticipant,
    may_mute_everyone,
    may_mute_participant,
    may_unmute_everyone,
    may_unmute_participant,
)
from domain.procedure.people import Presence
from domain.procedure.state import Procedure
from tests.domain.cases import AS_CLERK, AS_RESPONDENT, PERMITTED, Case, asking
from tests.domain.samples import APPLICANT, CLERK, arrived, in_room, then

ONE, OPEN_ONE = may_mute_participant, may_unmute_participant
ALL, OPEN_ALL = may_mute_everyone, may_unmute_everyone
MINE, OWN = {"participant": APPLICANT}, {"participant": CLERK}


def muted() -> Procedure:
    return then(in_room(), ParticipantMuted(participant=APPLICANT))


def all_muted() -> Procedure:
    return then(in_room(), EveryoneMuted())


def all_muted_but_one() -> Procedure:
    return then(all_muted(), FloorGiven(participant=APPLICANT))


def lost() -> Procedure:
    procedure = in_room()
    return procedure.with_participant(procedure.participant(APPLICANT).but(presence=Presence.LOST))


MICROPHONES = [
    Case("the host closes one", in_room, ONE, asking(MuteParticipant, AS_CLERK, **MINE), PERMITTED),
    Case("closes it twice", muted, ONE, asking(MuteParticipant, AS_CLERK, **MINE), "already_muted"),
    Case("closes their own", in_room, ONE, asking(MuteParticipant, AS_CLERK, **OWN), "host_is_heard"),
    Case("closes that of who is lost", lost, ONE, asking(MuteParticipant, AS_CLERK, **MINE), "not_in_room"),
    Case("a party closes another's", in_room, ONE, asking(MuteParticipant, AS_RESPONDENT, **MINE), "host_only"),
    Case("before the room is open", arrived, ONE, asking(MuteParticipant, AS_CLERK, **MINE), "wrong_stage"),
    Case("the host opens one", muted, OPEN_ONE, asking(UnmuteParticipant, AS_CLERK, **MINE), PERMITTED),
    Case("opens one of all", all_muted, OPEN_ONE, asking(UnmuteParticipant, AS_CLERK, **MINE), "not_muted"),
    Case("a party opens one", muted, OPEN_ONE, asking(UnmuteParticipant, AS_RESPONDENT, **MINE), "host_only"),
    Case("the host closes all", in_room, ALL, asking(MuteEveryone, AS_CLERK), PERMITTED),
    Case("closes all twice", all_muted, ALL, asking(MuteEveryone, AS_CLERK), "everyone_already_muted"),
    Case("a party closes all", in_room, ALL, asking(MuteEveryone, AS_RESPONDENT), "host_only"),
    Case("closes all before the room is open", arrived, ALL, asking(MuteEveryone, AS_CLERK), "wrong_stage"),
    Case("the host opens all", all_muted, OPEN_ALL, asking(UnmuteEveryone, AS_CLERK), PERMITTED),
    Case("opens all where one is closed", muted, OPEN_ALL, asking(UnmuteEveryone, AS_CLERK), PERMITTED),
    Case("opens what is open", in_room, OPEN_ALL, asking(UnmuteEveryone, AS_CLERK), "everyone_not_muted"),
    Case("a party opens all", all_muted, OPEN_ALL, asking(UnmuteEveryone, AS_RESPONDENT), "host_only"),
]


def silent(procedure: Procedure) -> set[str]:
    """Whom nobody hears."""
    return {person.id for person in procedure.muted()}
