"""What the registrar sees of an entry that is looked for, and what the minutes say of it."""

from collections.abc import Callable
from functools import partial

import pytest

from domain.events.minutes import SessionClosed
from tests.pages.test_register_entries import minutes, painted
from tests.templates.certificate import answered_wrongly, being_searched, found, withheld
from tests.templates.samples import Act


@pytest.mark.parametrize(
    ("story", "english", "spanish"),
    [
        (being_searched, "Being looked for in the registry since", "Se busca en el registro desde"),
        (partial(found, 1), "There is one entry: RC-1990-7", "Consta un asiento: RC-1990-7"),
        (partial(found, 0), "There is no entry with these details", "No consta ningún asiento con esos datos"),
        (partial(found, 3), "3 entries fit", "Coinciden 3 asientos"),
        (partial(found, 3), "and have it signed again; or note the details by hand", "o anote los datos a mano"),
        (withheld, "The entry holds specially protected data", "El asiento tiene datos especialmente protegidos"),
        (withheld, "there is a month to appeal", "se puede recurrir en un mes"),
        (answered_wrongly, "answers something that is not of this search", "no es de esta búsqueda"),
    ],
)
def test_the_application_says_where_the_search_stands(story: Callable[[], Act], english: str, spanish: str) -> None:
    assert english in painted(story()) and spanish in painted(story(), "es")
    assert 'data-test="entry-d1"' in painted(story())


def test_of_what_nobody_waits_for_any_more_nothing_is_shown() -> None:
    assert 'data-test="entry-d1"' not in painted(being_searched().then(SessionClosed(outcome="not_issued")))


def test_the_timeline_tells_of_it_in_words() -> None:
    assert "entries that fit, 3 (query C-2026-1)" in painted(found(3))
    assert "The registry gives no access: the entry holds specially protected data" in painted(withheld())


@pytest.mark.parametrize(
    ("story", "english", "spanish"),
    [
        (partial(found, 1), "there is one entry, RC-1990-7", "consta un asiento, RC-1990-7"),
        (partial(found, 0), "there is no entry with these details", "no consta ningún asiento"),
        (partial(found, 3), "3 entries fit", "coinciden 3 asientos"),
        (withheld, "gave no access to the entry: the entry holds", "no dio acceso al asiento: el asiento tiene"),
        (being_searched, "had not answered when the act ended", "no había contestado cuando terminó el acto"),
    ],
)
def test_the_minutes_say_what_was_found(story: Callable[[], Act], english: str, spanish: str) -> None:
    assert english in minutes(story(), "en", "not_issued") and spanish in minutes(story(), "es", "not_issued")
