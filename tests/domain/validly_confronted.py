"""Table: the same of two witnesses of an investigation, who are heard apart and then set against each other."""
# ruff: noqa: E501  (a table: one attempt a line)

from domain.commands import (
    AdmitParticipant,
    CloseSession,
    Command,
    CorrectItem,
    FillItem,
    OpenItem,
    PresentDocument,
    SkipItem,
)
from domain.events.agenda import ItemOpened
from domain.events.people import ConnectionLost
from domain.ids import ItemId, ParticipantId
from domain.procedure.people import Presence
from domain.procedure.state import Procedure
from domain.rules import agenda, minutes, people, signing
from domain.types.vocabulary import ItemState
from tests.domain.cases import PERMITTED, Case
from tests.domain.held import with_done
from tests.domain.held_types import asks, ended, written
from tests.domain.samples import in_session, then
from tests.domain.validly import let_in, seat

S = "statement_in_investigation"
OPEN, FILL, SKIP, CORRECT = agenda.may_open_item, agenda.may_fill_item, agenda.may_skip_item, agenda.may_correct_item
CLOSE, ADMIT, SHOW = minutes.may_close_session, people.may_admit_participant, signing.may_present_document
HEARD = ("A02", "A06", "A09", "A10", "A14", "A31")


def both() -> Procedure:
    """Judge, clerk and two witnesses; nothing has been done."""
    procedure = in_session(S, "witness")
    return then(procedure, *let_in(seat(procedure, "clerk")))


FIRST, SECOND = (ParticipantId(person.id) for person in both().participants if person.role == "witness")


def outside(procedure: Procedure, person: ParticipantId = SECOND) -> Procedure:
    """Arrived and warned, and not let in yet."""
    return procedure.with_participant(procedure.participant(person).but(presence=Presence.WAITING, admitted_at=None))


def absent(procedure: Procedure) -> Procedure:
    return procedure.with_participant(procedure.participant(SECOND).but(presence=Presence.EXPECTED, admitted_at=None))


def point(code: str, person: ParticipantId | None = None) -> ItemId:
    return next(one.id for one in both().agenda if one.code == code and one.person == person)


def heard(*left_out: str, **words: object) -> Procedure:
    """Each has made their statement; of the second one the items `left_out` are still to come."""
    procedure = with_done(both(), "A01", "A04", *HEARD, **words)
    for code in left_out:
        procedure = procedure.with_item(both().item(point(code, SECOND)))
    return procedure


def refused_by_second() -> Procedure:
    """Whoever does not swear and makes no statement cannot be confronted either."""
    procedure = heard()
    oath = procedure.item(point("A09", SECOND))
    return procedure.with_item(oath.but(values=oath.values | {"result": "refused", "reason": "No quiere"}))


def confronting(procedure: Procedure) -> Procedure:
    return then(procedure, ItemOpened(item=point("A15")))


def confronted() -> Procedure:
    procedure = confronting(heard())
    open_item = procedure.item(point("A15"))
    return procedure.with_item(open_item.but(state=ItemState.DONE, values=named(FIRST, SECOND)))


def named(first: ParticipantId, second: ParticipantId) -> dict[str, object]:
    return {"first": first, "second": second, "points": [{"point": "La hora", "result": "Cada cual mantiene la suya"}]}


def fills(first: ParticipantId, second: ParticipantId) -> Command:
    return asks(FillItem, S, item=point("A15"), values=named(first, second), done=True)


def corrects(first: ParticipantId, second: ParticipantId) -> Command:
    return asks(CorrectItem, S, item=point("A15"), values=named(first, second), reason="Se cambió el orden")


def opens(code: str, person: ParticipantId | None = None) -> Command:
    return asks(OpenItem, S, item=point(code, person))


def leaves_out(code: str, person: ParticipantId) -> Command:
    return asks(SkipItem, S, item=point(code, person), reason="No ha comparecido")


def shows(person: ParticipantId) -> Command:
    return asks(PresentDocument, S, document="d1", to=(person,))


def stated(procedure: Procedure) -> Procedure:
    return written(procedure, "statement", "A14")


def one_came() -> Procedure:
    """The second witness never came: their items are left out, and the first one's statement is signed."""
    procedure = absent(_everybody(heard(), ended(S)))
    for item in procedure.agenda:
        if item.person == SECOND:
            procedure = procedure.with_item(item.but(state=ItemState.SKIPPED, values={}))
    return stated(procedure)


def _everybody(procedure: Procedure, other: Procedure) -> Procedure:
    done = {item.code for item in other.agenda if item.state is ItemState.DONE}
    procedure = with_done(procedure, *(code for code in done if code not in HEARD))
    for item in procedure.agenda:
        if item.state is ItemState.PLANNED:
            procedure = procedure.with_item(item.but(state=ItemState.SKIPPED))
    return procedure


def both_ended(*, signed: bool = True) -> Procedure:
    procedure = _everybody(confronted(), ended(S))
    procedure = written(procedure, "statement", "A14")
    procedure = written(procedure, "statement", "A14", nth=1)
    return written(procedure, "confrontation_record", "A15", signed=signed)


def heard_and_not() -> Procedure:
    procedure = one_came()
    return procedure.with_participant(both().participant(SECOND))


ENDS = asks(CloseSession, S, outcome="heard")
CONFRONTATION = [
    Case("lets the second witness in while the first is heard", lambda: outside(heard("A14")), ADMIT, asks(AdmitParticipant, S, participant=SECOND), "not_apart"),
    Case("lets the second witness in once both have made their statements", lambda: outside(heard()), ADMIT, asks(AdmitParticipant, S, participant=SECOND), PERMITTED),
    Case("shows the second witness what the first one said, before they are heard", lambda: stated(heard("A14")), SHOW, shows(SECOND), "said_apart"),
    Case("reads it to them once they are confronted", lambda: stated(heard()), SHOW, shows(SECOND), PERMITTED),
    Case("a confrontation before the second witness is heard", lambda: heard("A14"), OPEN, opens("A15"), "item_too_early"),
    Case("a confrontation", heard, OPEN, opens("A15"), PERMITTED),
    Case("a confrontation of both", lambda: confronting(heard()), FILL, fills(FIRST, SECOND), PERMITTED),
    Case("a confrontation with a second witness who refused the oath", lambda: confronting(refused_by_second()), FILL, fills(FIRST, SECOND), "oath_not_taken"),
    Case("a confrontation, the other way round, with one who refused the oath", lambda: confronting(refused_by_second()), FILL, fills(SECOND, FIRST), "oath_not_taken"),
    Case("a confrontation of a witness with themselves", lambda: confronting(heard()), FILL, fills(FIRST, FIRST), "person_named_twice"),
    Case("a confrontation with somebody who waits outside", lambda: confronting(outside(heard())), FILL, fills(FIRST, SECOND), "presence_missing"),
    Case("a confrontation with somebody whose line is lost", lambda: then(confronting(heard()), ConnectionLost(participant=SECOND)), FILL, fills(FIRST, SECOND), "presence_not_live"),
    Case("a confrontation, corrected to one who refused the oath", lambda: confronted().with_item(refused_by_second().item(point("A09", SECOND))), CORRECT, corrects(SECOND, FIRST), "oath_not_taken"),
    Case("a confrontation, corrected once the second has left", lambda: outside(confronted()), CORRECT, corrects(SECOND, FIRST), PERMITTED),
    Case("leaves out the rights of a witness who came", both, SKIP, leaves_out("A06", SECOND), "item_required"),
    Case("leaves out the rights of a witness who never came", lambda: absent(both()), SKIP, leaves_out("A06", SECOND), PERMITTED),
    Case("heard, and the second witness never came", one_came, CLOSE, ENDS, PERMITTED),
    Case("heard, and the second one came and was not heard", heard_and_not, CLOSE, ENDS, "outcome_needs_item"),
    Case("heard and confronted", both_ended, CLOSE, ENDS, PERMITTED),
    Case("heard and confronted, and one does not sign the record of it", lambda: both_ended(signed=False), CLOSE, ENDS, "signature_pending"),
]  # fmt: skip
