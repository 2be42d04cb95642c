"""Whom nobody hears, as events come."""

from collections.abc import Callable

import pytest

from domain.actions.floor import FloorGiven
from domain.actions.microphones import EveryoneUnmuted, ParticipantMuted, ParticipantUnmuted
from domain.events.people import ParticipantAdmitted, ParticipantDismissed
from domain.procedure.state import Procedure
from tests.domain.microphones import all_muted, all_muted_but_one, muted, silent
from tests.domain.samples import APPLICANT, CLERK, RESPONDENT, in_room, stamp, then


@pytest.mark.parametrize(
    ("state", "told"),
    [
        (in_room, set()),
        (muted, {APPLICANT}),
        (all_muted, {APPLICANT, RESPONDENT}),
        (all_muted_but_one, {RESPONDENT}),
    ],
)
def test_whoever_holds_the_act_or_has_the_floor_is_always_heard(state: Callable[[], Procedure], told: set[str]) -> None:
    assert silent(state()) & {APPLICANT, RESPONDENT, CLERK} == told


def test_the_floor_opens_a_microphone_for_as_long_as_somebody_has_it() -> None:
    speaks = then(muted(), FloorGiven(participant=APPLICANT))
    assert silent(speaks) == set()
    assert silent(then(speaks, FloorGiven(participant=CLERK))) == {APPLICANT}


def test_what_is_opened_is_heard() -> None:
    assert silent(then(muted(), ParticipantUnmuted(participant=APPLICANT))) == set()
    both = then(all_muted(), ParticipantMuted(participant=APPLICANT))
    assert silent(then(both, EveryoneUnmuted())) == set()


def test_whoever_is_let_in_again_is_heard() -> None:
    out = then(muted(), ParticipantDismissed(participant=APPLICANT, reason="Un descanso"))
    assert silent(ParticipantAdmitted(participant=APPLICANT).change(out, stamp(600))) == set()


def test_a_state_in_which_nobody_was_muted_says_nothing_of_it() -> None:
    """Earlier versions wrote such states, and their readers stay."""
    state = in_room()
    assert "muted_at" not in state.participant(APPLICANT).model_dump()
    assert "everyone_muted_at" not in state.model_dump()
