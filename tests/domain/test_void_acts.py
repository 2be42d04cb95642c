"""Whoever tries to hold a void act is told what is missing, by which article, and the lawful way out."""

import pytest

from domain.errors import Refusal
from domain.languages import BASE_LANGUAGES
from templates.texts import refusal_text
from tests.domain.cases import PERMITTED, Case, answer, name
from tests.domain.validly import VALIDLY
from tests.domain.validly_admitted import ADMITTED
from tests.domain.validly_apart import APART
from tests.domain.validly_at_offices import AT_OFFICES
from tests.domain.validly_confronted import CONFRONTATION
from tests.domain.validly_elsewhere import ELSEWHERE
from tests.domain.validly_ending_powers import ENDING
from tests.domain.validly_interpreted import INTERPRETED
from tests.domain.validly_seated import SEATED
from tests.domain.validly_voting import VOTES

BESIDES = [*ELSEWHERE, *ENDING, *APART, *VOTES, *AT_OFFICES, *CONFRONTATION, *INTERPRETED, *ADMITTED, *SEATED]
ACTS = [*VALIDLY, *BESIDES]
VOID = [case for case in ACTS if case.answer != PERMITTED]
WITHOUT_ARTICLE = {
    "signature_pending",
    "signature_not_planned",
    "requires_oath_taken",
    "seat_taken",
    "oath_not_taken",
    "item_of_somebody_else",
    "person_named_twice",
    "field_required",
    "letter_does_not_fit",
    "document_number_malformed",
    "membership_number_malformed",
    "given_name_too_long",
    "phone_malformed",
    "email_malformed",
    "date_already_past",
    "date_still_to_come",
}
"""Their words name it, as it is always the same, it is that of the refusal beside them, or it is a slip of the hand."""


@pytest.mark.parametrize("case", BESIDES, ids=name)
def test_rule(case: Case) -> None:
    assert answer(case) == case.answer


@pytest.mark.parametrize("case", VOID, ids=name)
def test_a_void_act_is_refused_with_its_article_and_the_way_out(case: Case) -> None:
    with pytest.raises(Refusal) as refused:
        case.rule(case.state(), case.command)

    for language in BASE_LANGUAGES:
        told = refusal_text(refused.value, language)
        assert told.title and told.why and told.next
        if refused.value.code not in WITHOUT_ARTICLE:
            assert str(refused.value.params["law"]) in told.why


def test_there_are_many_attempts_and_each_type_has_a_lawful_act_beside_them() -> None:
    assert len(VOID) >= 120
    types = {case.state().type.procedure.id for case in ACTS if case.answer == PERMITTED}
    assert types == {case.state().type.procedure.id for case in VOID}
    assert len(types) == 17
