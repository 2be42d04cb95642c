"""Who asks for the floor and who has it, as events come."""

from collections.abc import Callable

import pytest

from domain.actions.floor import FloorRequested, FloorRequestWithdrawn
from domain.procedure.state import Procedure
from tests.domain.floor import asked, given, let_in_again, lost, passed_on, shown
from tests.domain.samples import APPLICANT, RESPONDENT, in_room, then


@pytest.mark.parametrize(
    ("state", "told"),
    [
        (in_room, {}),
        (asked, {APPLICANT: "asks"}),
        (given, {APPLICANT: "has it"}),
        (passed_on, {RESPONDENT: "has it"}),
        (lost, {APPLICANT: "asks"}),
        (let_in_again, {}),
    ],
)
def test_one_person_has_the_floor_and_whoever_left_asks_no_more(
    state: Callable[[], Procedure], told: dict[str, str]
) -> None:
    assert shown(state()) == told


def test_whoever_asks_meanwhile_still_asks_once_somebody_else_has_it() -> None:
    both = then(given(), FloorRequested(participant=RESPONDENT))
    assert shown(both) == {APPLICANT: "has it", RESPONDENT: "asks"}
    assert shown(then(both, FloorRequestWithdrawn(participant=RESPONDENT))) == {APPLICANT: "has it"}


def test_a_state_in_which_nobody_asked_says_nothing_of_it() -> None:
    """Earlier versions wrote such states, and their readers stay."""
    assert not {"floor_asked_at", "floor_given_at"} & set(in_room().participant(APPLICANT).model_dump())
