"""Table: what a vote gives is what its numbers say."""
# ruff: noqa: E501  (a table: one attempt a line)

from domain.commands import Command, FillItem
from domain.events.agenda import ItemOpened
from domain.procedure.state import Procedure
from domain.rules import agenda
from rehearsal.plausible import plausible_values
from tests.domain.cases import PERMITTED, Case
from tests.domain.held_types import asks
from tests.domain.samples import then
from tests.domain.validly_apart import FIRST, C, constituted, point

FILL = agenda.may_fill_item


def counts(in_favour: int, against: int, result: str = "carried", abstained: int = 0, casting: bool = False) -> Command:
    """The chair writes down what the vote gave."""
    procedure = constituted()
    item = procedure.item(point(C, "A25", FIRST))
    votes = {"in_favour": in_favour, "against": against, "abstained": abstained, "casting_vote": casting}
    values = plausible_values(procedure.type.item("A25"), procedure, item) | votes | {"result": result}
    return asks(FillItem, C, item=item.id, values=values, done=True)


def voting() -> Procedure:
    return then(constituted(), ItemOpened(item=point(C, "A25", FIRST)))


VOTES = [
    Case("carried by a majority", voting, FILL, counts(3, 1), PERMITTED),
    Case("carried by more votes in favour, many abstaining", voting, FILL, counts(1, 0, abstained=3), PERMITTED),
    Case("two to two, carried", voting, FILL, counts(2, 2), "numbers_say_otherwise"),
    Case("two to two, not carried", voting, FILL, counts(2, 2, "not_carried"), PERMITTED),
    Case("two to two, the chair settling it", voting, FILL, counts(2, 2, casting=True), PERMITTED),
    Case("carried by a chair who outvotes the others", voting, FILL, counts(1, 3, casting=True), "numbers_say_otherwise"),
    Case("a majority that is not carried", voting, FILL, counts(3, 1, "not_carried"), "numbers_say_otherwise"),
    Case("carried by nobody", voting, FILL, counts(0, 0, abstained=4), "numbers_say_otherwise"),
]  # fmt: skip
