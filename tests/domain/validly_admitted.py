"""Table: what turns out while an act lasts, and excludes it: nothing goes on, and it ends as the law says."""
# ruff: noqa: E501  (a table: one attempt a line)

from collections.abc import Callable

from domain.commands import AddItem, CloseSession, Command, FillItem, OpenItem
from domain.events.agenda import ItemAdded, ItemCorrected, ItemDone, ItemOpened
from domain.ids import ItemId
from domain.procedure.state import Procedure
from domain.rules import agenda, minutes
from domain.types.vocabulary import BodyKind, ItemState
from tests.domain.cases import PERMITTED, Case, asking
from tests.domain.held import agreed, not_agreed, under_way, with_done
from tests.domain.held_types import begun, ended, host, item, leaves_out
from tests.domain.samples import in_session, then

ADD, OPEN, FILL, SKIP = agenda.may_add_item, agenda.may_open_item, agenda.may_fill_item, agenda.may_skip_item
CLOSE = minutes.may_close_session
NOTED = ItemId("i90")
CONCILIATION, MEDIATION, VOLUNTARY = "conciliation", "mediation", "voluntary_jurisdiction_hearing"


def noting(procedure: Procedure, **turned_out: str) -> Procedure:
    """The declaration is noted anew, with what turned out instead of what was declared."""
    admission = procedure.type.procedure.validity.admission
    assert admission is not None and procedure.declared is not None
    values = dict(procedure.declared.values) | turned_out
    added = ItemAdded(item=NOTED, code=admission.item)
    return then(procedure, added, ItemOpened(item=NOTED), ItemDone(item=NOTED, values=values))


def a_minor_turns_up() -> Procedure:
    return noting(under_way(), parties="minor")


def a_slip_is_corrected() -> Procedure:
    values = dict(in_session().declared.values)  # type: ignore[union-attr]
    return then(a_minor_turns_up(), ItemCorrected(item=NOTED, values=values, reason="Se anotó por error"))


def more_than_a_justice_of_the_peace_may() -> Procedure:
    return noting(under_way(), amount="6000.00")


def just_below() -> Procedure:
    return noting(under_way(), amount="5999.99")


def agreed_with_a_town() -> Procedure:
    """Everybody has signed when it turns out that one of them is a public administration."""
    return noting(agreed(), parties="public_body")


def stopped() -> Procedure:
    """Nothing was heard; it is noted that the act could not go on, and the decree says so."""
    return noting(not_agreed(), matter="not_disposable")


def opening(type_id: str, code: str) -> Command:
    return asking(OpenItem, host(type_id), item=item(type_id, code))


def ending(type_id: str, outcome: str) -> Command:
    return asking(CloseSession, host(type_id), outcome=outcome)


def mediated() -> Procedure:
    return noting(begun(MEDIATION), matter="criminal")


def heard_and_sued() -> Procedure:
    return noting(ended(VOLUNTARY), obstacle="lawsuit")


def before(body: BodyKind) -> Procedure:
    procedure = with_done(not_agreed(), "A26").but(body_kind=body)
    ruling = next(one for one in procedure.agenda if one.code == "A26")
    return procedure.with_item(ruling.but(state=ItemState.OPEN))


def ruling(kind: str) -> Command:
    words = {"ruling": kind, "operative_part": "Se hace constar que no hubo avenencia."}
    return asking(FillItem, host(CONCILIATION), item=item(CONCILIATION, "A26"), values=words, done=True)


def at_peace_court() -> Procedure:
    return before(BodyKind.PEACE_COURT)


def at_court() -> Procedure:
    return before(BodyKind.COURT)


def deciding(**declared: str) -> Callable[[], Procedure]:
    def heard() -> Procedure:
        procedure = noting(ended(VOLUNTARY, A26=False), **declared)
        found = next(one for one in procedure.agenda if one.code == "A26")
        return procedure.with_item(found.but(state=ItemState.OPEN))

    return heard


def decision(kind: str, grounds: str = "Se cumplen los requisitos de la ley.") -> Command:
    words = {"ruling": kind, "grounds": grounds, "operative_part": "Se aprueba lo pedido."}
    return asking(FillItem, host(VOLUNTARY), item=item(VOLUNTARY, "A26"), values=words, done=True)


ADMITTED = [
    Case("gives an order as justice of the peace", at_peace_court, FILL, ruling("court_order"), PERMITTED),
    Case("gives a decree as justice of the peace", at_peace_court, FILL, ruling("decree"), "answer_not_allowed"),
    Case("gives a judgment as justice of the peace", at_peace_court, FILL, ruling("judgment"), "answer_not_allowed"),
    Case("gives a decree as court clerk", at_court, FILL, ruling("decree"), PERMITTED),
    Case("gives an order as court clerk", at_court, FILL, ruling("court_order"), "answer_not_allowed"),
    Case("decides by decree what touches nobody's status", deciding(), FILL, decision("decree"), PERMITTED),
    Case("names a defender for a minor by decree", deciding(affects="minor"), FILL, decision("decree"), PERMITTED),
    Case("decides by order on support measures", deciding(subject="support_measures"), FILL, decision("court_order"), PERMITTED),
    Case("decides by decree on support measures", deciding(subject="support_measures"), FILL, decision("decree"), "answer_not_allowed"),
    Case("decides by order without giving grounds", deciding(), FILL, decision("court_order", ""), "answer_missing"),
    Case("decides by decree without giving grounds", deciding(), FILL, decision("decree", ""), "answer_missing"),
    Case("orders the course of the case without grounds", deciding(), FILL, decision("procedural", ""), PERMITTED),
    Case("is about what was declared", under_way, OPEN, opening(CONCILIATION, "A11"), PERMITTED),
    Case("goes on although a minor turns up", a_minor_turns_up, OPEN, opening(CONCILIATION, "A11"), "act_excluded"),
    Case("agrees although a minor turns up", a_minor_turns_up, OPEN, opening(CONCILIATION, "A23"), "act_excluded"),
    Case("leaves out what can no longer be heard", a_minor_turns_up, SKIP, leaves_out(CONCILIATION, "A11"), PERMITTED),
    Case("goes on once a slip is corrected", a_slip_is_corrected, OPEN, opening(CONCILIATION, "A11"), PERMITTED),
    Case("notes anew what it is about", under_way, ADD, asking(AddItem, host(CONCILIATION), code="A55"), PERMITTED),
    Case("claims 6,000 euros before the justice of the peace", more_than_a_justice_of_the_peace_may, OPEN, opening(CONCILIATION, "A20"), "act_excluded"),
    Case("claims less before the justice of the peace", just_below, OPEN, opening(CONCILIATION, "A11"), PERMITTED),
    Case("ends as agreed with an administration", agreed_with_a_town, CLOSE, ending(CONCILIATION, "agreement"), "act_excluded"),
    Case("ends as not agreed although it was excluded", stopped, CLOSE, ending(CONCILIATION, "no_agreement"), "act_excluded"),
    Case("ends as attempted where it was excluded", stopped, CLOSE, ending(CONCILIATION, "attempted"), PERMITTED),
    Case("mediates on a crime", mediated, OPEN, opening(MEDIATION, "A42"), "act_excluded"),
    Case("agrees on a crime", mediated, CLOSE, ending(MEDIATION, "continues"), "act_excluded"),
    Case("decides what a lawsuit is about", heard_and_sued, CLOSE, ending(VOLUNTARY, "ready_for_ruling"), "act_excluded"),
]  # fmt: skip
