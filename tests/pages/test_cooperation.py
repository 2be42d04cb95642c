"""The page of a request to a foreign authority: where it is, what it lacks, and what the clerk can do now."""

from collections.abc import Callable

import pytest

from api.http.problems import NotFound
from api.routes.documents import copy_to_read
from domain.events.cooperation import AnswerReceived
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


def test_what_could_not_be_copied_is_there_as_it_came_and_never_as_a_page() -> None:
    def came() -> Act:
        act = answered()
        *before, (last, stamp) = act.events
        assert isinstance(last, AnswerReceived)
        [result] = last.documents
        kept = result.but(original=result.original.but(media_type="application/octet-stream", pages=None))
        act.events = [*before, (last.but(documents=(kept,)), stamp)]
        return act

    copied, only_bytes = painted(answered), painted(came)
    number = answered().procedure.documents[-1].id
    assert f'data-test="see-{number}"' in copied and f'data-test="see-{number}"' not in only_bytes
    assert f'data-test="brought-{number}-1"' in only_bytes
    assert f"/documents/{number}/pages/" not in only_bytes
    document = came().procedure.documents[-1]
    for which in ("original", "current"):
        with pytest.raises(NotFound):
            copy_to_read(document, which)


def test_a_receipt_or_an_answer_takes_the_place_of_no_other() -> None:
    assert "replaced by a later one" not in painted(answered)


@pytest.mark.parametrize("story", [begun, written, signed, returned, sent_again, answered])
@pytest.mark.parametrize("language", ["es", "en"])
def test_it_is_told_in_both_languages_and_shows_no_room(story: Callable[[], Act], language: str) -> None:
    page = painted(story, language)
    title = {"es": "La solicitud y sus respuestas", "en": "The request and its answers"}[language]
    assert title in page and 'data-room-open="no"' in page
    assert 'data-test="recording"' not in page and 'class="timer"' not in page
    assert "Todavía no ha llegado" not in page and "Not here yet" not in page
