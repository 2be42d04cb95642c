"""What the pass to the video says of the room, from where the procedure stands."""

from api.routes.rooms import claims_of
from domain.codes.room_tokens import MOST_SEATS
from domain.events.interruptions import ProcedureInterrupted, ProcedureResumed
from domain.events.summons import ProcedureCancelled
from domain.ids import main_room, private_room
from domain.types.vocabulary import InterruptionCause
from tests.templates.conferring import LAWYER, conferred, conferring
from tests.templates.samples import ANXO, ELENA, MARTA, conciliation, hearing


def test_the_room_holds_everybody_whom_the_type_allows() -> None:
    """Judge, clerk, witness, four lawyers and two interpreters."""
    procedure = hearing().procedure
    allowed = sum(role.maximum for role in procedure.type.procedure.roles)
    assert claims_of(procedure, procedure.participants[0].id).seats == allowed >= 9


def test_no_room_has_more_seats_than_one_process_carries() -> None:
    procedure = hearing().procedure
    roles = tuple(role.but(maximum=40) for role in procedure.type.procedure.roles)
    crowded = procedure.but(type=procedure.type.but(procedure=procedure.type.procedure.but(roles=roles)))
    assert claims_of(crowded, procedure.participants[0].id).seats == MOST_SEATS


def test_whoever_directs_is_let_in_however_full_it_is() -> None:
    procedure = conciliation().procedure
    assert claims_of(procedure, ELENA).hosts
    assert not claims_of(procedure, ANXO).hosts


def test_who_comes_in_a_recess_brings_the_news_of_it() -> None:
    act = conciliation()
    act.events = act.events[: [type(event).__name__ for event, _ in act.events].index("DocumentWritten")]
    assert not claims_of(act.procedure, ANXO).paused
    act.then(ProcedureInterrupted(cause=InterruptionCause.RECESS, note="", must_act="clerk"))
    assert claims_of(act.procedure, ANXO).paused
    assert not claims_of(act.then(ProcedureResumed()).procedure, ANXO).paused


def test_who_talks_in_private_gets_a_pass_to_that_room_and_to_no_other() -> None:
    act = conferring()
    act.then(ProcedureInterrupted(cause=InterruptionCause.RECESS, note="", must_act="mediator"))
    private = private_room(act.procedure.id, 1)
    for seat in (LAWYER, MARTA):
        claims = claims_of(act.procedure, seat)
        assert (claims.room, claims.admitted, claims.seats, claims.paused) == (private, True, 2, False)
    others = [claims_of(act.procedure, seat) for seat in (ANXO, act.procedure.hosts[0].id)]
    assert {(claims.room, claims.paused) for claims in others} == {(main_room(act.procedure.id), True)}
    assert claims_of(conferred().procedure, MARTA).room == main_room(act.procedure.id)


def test_no_pass_admits_to_an_act_that_was_called_off() -> None:
    act = conferring().then(ProcedureCancelled(reason="Desisten"))
    assert not any(claims_of(act.procedure, person.id).admitted for person in act.procedure.participants)
