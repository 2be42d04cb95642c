"""Table: the same of acts in which somebody interprets: nobody is heard through a person who has not sworn."""
# ruff: noqa: E501  (a table: one attempt a line)

from collections.abc import Iterator
from functools import partial

from domain.commands import Author, Command, FillItem, OpenItem
from domain.events.agenda import ItemAdded, ItemDone, ItemOpened
from domain.events.people import ConnectionLost, ParticipantDismissed
from domain.ids import AccountId, ItemId, ParticipantId
from domain.procedure.people import Presence
from domain.procedure.state import Procedure
from domain.rules import agenda
from domain.types.vocabulary import StaffRole
from tests.domain.cases import PERMITTED, Case, asking
from tests.domain.held import with_done
from tests.domain.samples import in_session, then
from tests.domain.validly import let_in, seat

OPEN, FILL = agenda.may_open_item, agenda.may_fill_item
S, H, R = "statement_in_investigation", "oral_hearing_witness", "ratification"
M = "marriage_file_hearing"
OATH = ItemId("oath-of-interpreter")
HEARD_IN = {S: ("A06", "A14"), H: ("A09", "A13"), R: ("A53",), M: ("A54",)}
BEFORE = {S: ("A01", "A04", "A02"), H: ("A01", "A02", "A04"), R: ("A01", "A04", "A02"), M: ("A01", "A04", "A02")}
HEARD = {S: "witness", H: "witness", R: "spouse", M: "spouse"}


def begun(type_id: str) -> Procedure:
    """Everybody is there, an interpreter among them, and nobody has been heard."""
    procedure = in_session(type_id, "interpreter")
    if type_id == S:
        procedure = then(procedure, *let_in(seat(procedure, "clerk")))
    return with_done(procedure, *BEFORE[type_id])


def sworn(type_id: str, result: str = "oath") -> Procedure:
    procedure = begun(type_id)
    interpreter, assisted = seat(procedure, "interpreter"), seat(procedure, HEARD[type_id])
    values = {"interpreter": interpreter, "language": "Rumano", "assists": assisted, "result": result}
    return then(procedure, ItemAdded(item=OATH, code="A08"), ItemOpened(item=OATH), ItemDone(item=OATH, values=values))


def opens(type_id: str, code: str) -> Command:
    return asking(OpenItem, host(type_id), item=point(type_id, code))


def host(type_id: str) -> Author:
    seat_of_host = begun(type_id).hosts[0].id
    return Author(
        participant=seat_of_host, account=AccountId("acc_one"), staff_roles=(StaffRole.OFFICIAL, StaffRole.CLERK)
    )


def point(type_id: str, code: str) -> ItemId:
    return next(one.id for one in begun(type_id).agenda if one.code == code)


def sent_out(type_id: str) -> Procedure:
    procedure = begun(type_id)
    return then(procedure, ParticipantDismissed(participant=seat(procedure, "interpreter"), reason="No hace falta"))


def not_come(type_id: str) -> Procedure:
    procedure = begun(type_id)
    person = procedure.participant(seat(procedure, "interpreter"))
    return procedure.with_participant(person.but(presence=Presence.EXPECTED, admitted_at=None))


def came_meanwhile() -> Procedure:
    """The first item was opened without an interpreter, who was let in before it was done."""
    procedure = then(not_come(S), ItemOpened(item=point(S, "A06")))
    return procedure.with_participant(begun(S).participant(seat(procedure, "interpreter")))


def fills_rights() -> Command:
    values = {"person": seat(begun(S), "witness"), "rights": "victim", "understood": True}
    return asking(FillItem, host(S), item=point(S, "A06"), values=values, done=True)


def of_every_type() -> Iterator[Case]:
    for kind, (first, *_) in HEARD_IN.items():
        asked = opens(kind, first)
        yield Case(
            f"{kind}: heard through somebody who has not sworn", partial(begun, kind), OPEN, asked, "office_not_sworn"
        )
        yield Case(
            f"{kind}: heard through somebody who refused to swear",
            partial(sworn, kind, "refused"),
            OPEN,
            asked,
            "office_not_sworn",
        )
        yield Case(f"{kind}: heard through somebody who has sworn", partial(sworn, kind), OPEN, asked, PERMITTED)
        yield Case(
            f"{kind}: heard without an interpreter, who was sent out", partial(sent_out, kind), OPEN, asked, PERMITTED
        )


def cut_off_interpreter(type_id: str) -> Procedure:
    procedure = sworn(type_id)
    return then(procedure, ConnectionLost(participant=seat(procedure, "interpreter")))


def opened_and_cut_off() -> Procedure:
    """The witness is told of their rights through an interpreter, whose line is lost meanwhile."""
    procedure = then(sworn(S), ItemOpened(item=point(S, "A06")))
    return then(procedure, ConnectionLost(participant=seat(procedure, "interpreter")))


def replaced(*, back: bool = True) -> Procedure:
    """The first interpreter left; another one is named, and their line holds, or not."""
    procedure = cut_off_interpreter(S)
    other = procedure.participant(seat(procedure, "interpreter")).but(
        id=ParticipantId("p9"), name="Olena Bondar", presence=Presence.CONNECTED if back else Presence.LEFT
    )
    procedure = procedure.but(participants=(*procedure.participants, other))
    again = ItemId("oath-of-another")
    values = {"interpreter": other.id, "language": "Rumano", "assists": seat(procedure, "witness"), "result": "oath"}
    return then(
        procedure, ItemAdded(item=again, code="A08"), ItemOpened(item=again), ItemDone(item=again, values=values)
    )


def released() -> Procedure:
    """It is noted that the witness gets along without the interpreter, who has left."""
    procedure, again = cut_off_interpreter(S), ItemId("released")
    values = {"interpreter": seat(procedure, "interpreter"), "language": "Rumano", "assists": seat(procedure, "witness"),
              "result": "released"}  # fmt: skip
    return then(
        procedure, ItemAdded(item=again, code="A08"), ItemOpened(item=again), ItemDone(item=again, values=values)
    )


def assisting_another() -> Procedure:
    """Whoever lost the line assists the second witness, who waits outside."""
    procedure = in_session(S, "interpreter", "witness")
    procedure = with_done(then(procedure, *let_in(seat(procedure, "clerk"))), *BEFORE[S])
    second = [one for one in procedure.participants if one.role == "witness"][1]
    values = {
        "interpreter": seat(procedure, "interpreter"),
        "language": "Rumano",
        "assists": second.id,
        "result": "oath",
    }
    procedure = then(
        procedure, ItemAdded(item=OATH, code="A08"), ItemOpened(item=OATH), ItemDone(item=OATH, values=values)
    )
    return then(procedure, ConnectionLost(participant=seat(procedure, "interpreter")))


def of_everybody_assisted() -> Iterator[Case]:
    for kind, (first, *_) in HEARD_IN.items():
        asked = opens(kind, first)
        lost = partial(cut_off_interpreter, kind)
        yield Case(f"{kind}: heard while their interpreter is cut off", lost, OPEN, asked, "helper_missing")


INTERPRETED = [
    *of_everybody_assisted(),
    Case("done while their interpreter is cut off", opened_and_cut_off, FILL, fills_rights(), "helper_missing"),
    Case("heard through whoever took the place of the first interpreter", replaced, OPEN, opens(S, "A06"), PERMITTED),
    Case("heard without an interpreter who is needed no more", released, OPEN, opens(S, "A06"), PERMITTED),
    Case("heard while the second interpreter is gone too", lambda: replaced(back=False), OPEN, opens(S, "A06"), "helper_missing"),
    Case("heard while the interpreter of another witness is cut off", assisting_another, OPEN, opens(S, "A06"), PERMITTED),
    *of_every_type(),
    Case("heard, the interpreter having never come", lambda: not_come(S), OPEN, opens(S, "A06"), PERMITTED),
    Case("done through somebody who came meanwhile and has not sworn", came_meanwhile, FILL, fills_rights(), "office_not_sworn"),
]  # fmt: skip
