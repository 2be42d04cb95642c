"""The page of a request to a foreign authority: where it is, what it lacks, and what the clerk can do now."""

from collections.abc import Callable

import pytest

from tests.pages.shown import looks, of_procedure
from tests.templates.request_abroad import answered, begun, returned, sent_again, signed, written
from tests.templates.samples import Act

LOOKS = [look for look in looks() if look.administration.id == "atlantia"]


def painted(story: Callable[[], Act], language: str = "en") -> str:
    act, look = story(), next(look for look in LOOKS if look.language == language)
    return dict(of_procedure(act, act.procedure, len(act.events), look))["procedure"]


def test_a_request_can_be_sent_once_it_is_signed_and_not_before() -> None:
    assert 'data-test="submit-request"' not in painted(begun) + painted(written)
    assert "A signature is missing on the request: Sabela Rial Figueira" in painted(written)
    assert "Send by LexNET" in painted(signed)


def test_one_that_came_back_says_why_and_is_not_sent_unchanged() -> None:
    page = painted(returned)
    assert 'data-test="returned"' in page and "Falta la traducción al francés." in page
    assert "This is what was returned already" in page
    assert 'value="withdrawn"' in page and 'value="executed"' not in page


def test_what_was_sent_and_answered_is_there_with_hours_and_receipts() -> None:
    waiting, done = painted(sent_again), painted(answered)
    assert "Receipt LX-1" in waiting and "Receipt LX-2" in waiting and 'data-test="answer-overdue"' in waiting
    assert "Execution" in waiting or 'data-test="answer-due"' in waiting
    assert "Acta de la declaración" in done
    assert 'value="executed"' in done and 'value="refused"' not in done and 'value="withdrawn"' not in done


@pytest.mark.parametrize("story", [begun, written, signed, returned, sent_again, answered])
@pytest.mark.parametrize("language", ["es", "en"])
def test_it_is_told_in_both_languages_and_shows_no_room(story: Callable[[], Act], language: str) -> None:
    page = painted(story, language)
    title = {"es": "La solicitud y sus respuestas", "en": "The request and its answers"}[language]
    assert title in page and 'data-room-open="no"' in page
    assert "Todavía no ha llegado" not in page and "Not here yet" not in page
