"""Table: a seat that the law leaves to a judge, once support measures are what is asked for."""
# ruff: noqa: E501  (a table: one attempt a line)

from domain.commands import AddItem, Author, CheckIn, CloseSession, Command, FillItem, OpenItem, TakeSeat
from domain.events.people import OfficialSeated
from domain.ids import AccountId, ParticipantId
from domain.procedure.agenda import Declaration
from domain.procedure.state import Procedure
from domain.rules import agenda, minutes, people
from domain.types.vocabulary import ItemState, StaffRole
from tests.domain.cases import PERMITTED, Case, asking
from tests.domain.held_types import begun, ended, item, never_came
from tests.domain.samples import summoned, then
from tests.domain.validly_admitted import VOLUNTARY, noting

SIT, OPEN, FILL, CLOSE, ADD = (
    people.may_take_seat,
    agenda.may_open_item,
    agenda.may_fill_item,
    minutes.may_close_session,
    agenda.may_add_item,
)
ARRIVE = people.may_check_in
SEAT = {"name": "Sabela Rial Figueira", "certified": True}
SUPPORT = {"subject": "support_measures", "affects": "supported"}


def official(account: str, *roles: StaffRole) -> Author:
    seat = summoned(VOLUNTARY).hosts[0].id
    return Author(participant=seat, account=AccountId(account), staff_roles=roles)


JUDGE, OTHER_JUDGE = official("acc_judge", StaffRole.OFFICIAL), official("acc_judge_2", StaffRole.OFFICIAL)
CLERK = official("acc_clerk", StaffRole.CLERK)


def seated(procedure: Procedure, by: Author) -> Procedure:
    """They sit in the seat of whoever presides, and are there."""
    assert by.participant is not None and by.account is not None
    took = OfficialSeated(
        participant=by.participant, account=by.account, name="Breixo Lameiro", staff_roles=by.staff_roles
    )
    there = then(procedure, took).participant(by.participant)
    was = procedure.participant(by.participant)
    return procedure.with_participant(there.but(presence=was.presence, admitted_at=was.admitted_at))


def declaring(procedure: Procedure, **said: str) -> Procedure:
    values = dict(procedure.declared.values) if procedure.declared else {}
    return procedure.but(declared=Declaration(values=values | said, by="Registro"))


def free() -> Procedure:
    return declaring(summoned(VOLUNTARY), **SUPPORT)


def free_for_any() -> Procedure:
    return summoned(VOLUNTARY)


def of_a_judge() -> Procedure:
    return seated(free(), JUDGE)


def turned_out_by_clerk() -> Procedure:
    """A court clerk holds the act when it turns out that support measures are asked for."""
    return noting(seated(begun(VOLUNTARY), CLERK), **SUPPORT)


def taken_from_clerk() -> Procedure:
    """A judge has sat down instead, and has come in."""
    return seated(turned_out_by_clerk(), JUDGE)


def just_taken_from_clerk() -> Procedure:
    procedure = turned_out_by_clerk()
    assert JUDGE.participant is not None and JUDGE.account is not None
    return then(
        procedure,
        OfficialSeated(
            participant=JUDGE.participant, account=JUDGE.account, name="Sabela Rial", staff_roles=JUDGE.staff_roles
        ),
    )


def heard_by_clerk() -> Procedure:
    return noting(seated(ended(VOLUNTARY), CLERK), **SUPPORT)


def decided_by_clerk() -> Procedure:
    procedure = noting(seated(ended(VOLUNTARY, A26=False), CLERK), **SUPPORT)
    ruling = next(one for one in procedure.agenda if one.code == "A26")
    return procedure.with_item(ruling.but(state=ItemState.OPEN))


def hears(by: Author) -> Command:
    return asking(OpenItem, by, item=item(VOLUNTARY, "A11"))


def ends(by: Author) -> Command:
    return asking(CloseSession, by, outcome="ready_for_ruling")


def decides(by: Author) -> Command:
    words = {"ruling": "court_order", "grounds": "Las que constan.", "operative_part": "Se provee de apoyo."}
    return asking(FillItem, by, item=item(VOLUNTARY, "A26"), values=words, done=True)


def summoned_for_support() -> Procedure:
    return declaring(summoned(VOLUNTARY, "concerned", "prosecutor"), **SUPPORT)


def concerned() -> ParticipantId:
    return next(
        one.id for one in summoned(VOLUNTARY, "concerned", "prosecutor").participants if one.role == "concerned"
    )


def arriving(place: str) -> Command:
    return asking(CheckIn, Author(participant=concerned()), participant=concerned(), place=place, device="d-1")


JUDGE_OF_ALL = JUDGE.but(participant=summoned(VOLUNTARY, "concerned", "prosecutor").hosts[0].id)


def heard_with_them() -> Procedure:
    return noting(seated(ended(VOLUNTARY, besides=("concerned", "prosecutor")), JUDGE_OF_ALL), **SUPPORT)


def heard_without_them() -> Procedure:
    return never_came(heard_with_them(), "concerned")


SEATED = [
    Case("a court clerk takes the seat of the judge for support measures", free, SIT, asking(TakeSeat, CLERK, **SEAT), "seat_reserved"),
    Case("a judge takes it", free, SIT, asking(TakeSeat, JUDGE, **SEAT), PERMITTED),
    Case("a court clerk takes it in another case", free_for_any, SIT, asking(TakeSeat, CLERK, **SEAT), PERMITTED),
    Case("a judge takes that of another judge", of_a_judge, SIT, asking(TakeSeat, OTHER_JUDGE, **SEAT), "seat_taken"),
    Case("a court clerk goes on hearing, although it turned out otherwise", turned_out_by_clerk, OPEN, hears(CLERK), "seat_reserved"),
    Case("a court clerk decides on support measures by an order", decided_by_clerk, FILL, decides(CLERK), "seat_reserved"),
    Case("a court clerk ends what a judge has to hold", heard_by_clerk, CLOSE, ends(CLERK), "seat_reserved"),
    Case("a court clerk notes what turned out", turned_out_by_clerk, ADD, asking(AddItem, CLERK, code="A57"), PERMITTED),
    Case("a judge takes the seat over from the court clerk", turned_out_by_clerk, SIT, asking(TakeSeat, JUDGE, **SEAT), PERMITTED),
    Case("another court clerk takes it over", turned_out_by_clerk, SIT, asking(TakeSeat, CLERK.but(account=AccountId("acc_clerk_2")), **SEAT), "seat_reserved"),
    Case("whoever the support is for arrives at a municipal office", summoned_for_support, ARRIVE, arriving("office"), "place_not_allowed"),
    Case("whoever the support is for arrives at home", summoned_for_support, ARRIVE, arriving("own_device"), "place_not_allowed"),
    Case("whoever the support is for arrives in court", summoned_for_support, ARRIVE, arriving("court"), PERMITTED),
    Case("decides on support without having seen whoever it is for", heard_without_them, CLOSE, ends(JUDGE_OF_ALL), "outcome_needs_person"),
    Case("is ready to decide after having seen them", heard_with_them, CLOSE, ends(JUDGE_OF_ALL), PERMITTED),
    Case("the judge goes on hearing", taken_from_clerk, OPEN, hears(JUDGE), PERMITTED),
    Case("the judge goes on hearing before having come in", just_taken_from_clerk, OPEN, hears(JUDGE), "presence_missing"),
]  # fmt: skip
