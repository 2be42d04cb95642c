"""Table: who may ask for the floor, take that back and give it, and when."""

from domain.actions.floor import (
    AskForFloor,
    FloorGiven,
    FloorRequested,
    GiveFloor,
    WithdrawFloorRequest,
    may_ask_for_floor,
    may_give_floor,
    may_withdraw_floor_request,
)
from domain.events.people import ParticipantAdmitted, ParticipantDismissed
from domain.procedure.people import Presence
from domain.procedure.state import Procedure
from tests.domain.cases import AS_APPLICANT, AS_APPLICANT_ELSEWHERE, AS_CLERK, AS_RESPONDENT, PERMITTED, Case, asking
from tests.domain.samples import APPLICANT, CLERK, RESPONDENT, arrived, in_room, stamp, taken_over, then

ASK, WITHDRAW, GIVE = may_ask_for_floor, may_withdraw_floor_request, may_give_floor
MINE, THEIRS, OWN = {"participant": APPLICANT}, {"participant": RESPONDENT}, {"participant": CLERK}


def asked() -> Procedure:
    return then(in_room(), FloorRequested(participant=APPLICANT))


def given() -> Procedure:
    return then(asked(), FloorGiven(participant=APPLICANT))


def passed_on() -> Procedure:
    return then(given(), FloorGiven(participant=RESPONDENT))


def lost() -> Procedure:
    procedure = asked()
    return procedure.with_participant(procedure.participant(APPLICANT).but(presence=Presence.LOST))


def let_in_again() -> Procedure:
    out = then(asked(), ParticipantDismissed(participant=APPLICANT, reason="Un descanso"))
    return ParticipantAdmitted(participant=APPLICANT).change(out, stamp(600))


FLOOR = [
    Case("a party asks for the floor", in_room, ASK, asking(AskForFloor, AS_APPLICANT, **MINE), PERMITTED),
    Case("asks twice", asked, ASK, asking(AskForFloor, AS_APPLICANT, **MINE), "floor_already_asked"),
    Case("asks while speaking", given, ASK, asking(AskForFloor, AS_APPLICANT, **MINE), "floor_already_given"),
    Case("asks once somebody else speaks", passed_on, ASK, asking(AskForFloor, AS_APPLICANT, **MINE), PERMITTED),
    Case("asks for another", in_room, ASK, asking(AskForFloor, AS_APPLICANT, **THEIRS), "only_oneself"),
    Case(
        "asks in another session",
        in_room,
        ASK,
        asking(AskForFloor, AS_APPLICANT_ELSEWHERE, **MINE),
        "session_not_arrived",
    ),
    Case(
        "asks from a seat taken over",
        taken_over,
        ASK,
        asking(AskForFloor, AS_APPLICANT_ELSEWHERE, **MINE),
        "not_in_room",
    ),
    Case("asks before the room is open", arrived, ASK, asking(AskForFloor, AS_APPLICANT, **MINE), "wrong_stage"),
    Case("asks without a line", lost, ASK, asking(AskForFloor, AS_APPLICANT, **MINE), "not_in_room"),
    Case("asks anew once let in again", let_in_again, ASK, asking(AskForFloor, AS_APPLICANT, **MINE), PERMITTED),
    Case("takes it back", asked, WITHDRAW, asking(WithdrawFloorRequest, AS_APPLICANT, **MINE), PERMITTED),
    Case(
        "takes back nothing", in_room, WITHDRAW, asking(WithdrawFloorRequest, AS_APPLICANT, **MINE), "floor_not_asked"
    ),
    Case(
        "takes back what was before",
        let_in_again,
        WITHDRAW,
        asking(WithdrawFloorRequest, AS_APPLICANT, **MINE),
        "floor_not_asked",
    ),
    Case("takes another's back", asked, WITHDRAW, asking(WithdrawFloorRequest, AS_RESPONDENT, **MINE), "only_oneself"),
    Case("the host gives it", asked, GIVE, asking(GiveFloor, AS_CLERK, **MINE), PERMITTED),
    Case("the host gives it unasked", in_room, GIVE, asking(GiveFloor, AS_CLERK, **MINE), PERMITTED),
    Case("the host takes it back", given, GIVE, asking(GiveFloor, AS_CLERK, **OWN), PERMITTED),
    Case("gives it twice", given, GIVE, asking(GiveFloor, AS_CLERK, **MINE), "floor_already_given"),
    Case("a party gives it", asked, GIVE, asking(GiveFloor, AS_RESPONDENT, **THEIRS), "host_only"),
    Case("to somebody who is not there", lost, GIVE, asking(GiveFloor, AS_CLERK, **MINE), "not_in_room"),
    Case(
        "to nobody who takes part", in_room, GIVE, asking(GiveFloor, AS_CLERK, participant="p99"), "unknown_participant"
    ),
]


def shown(procedure: Procedure) -> dict[str, str]:
    """Who asks for the floor and who has it."""
    return {
        person.id: "has it" if person.has_floor else "asks"
        for person in procedure.participants
        if person.has_floor or person.asks_for_floor
    }
