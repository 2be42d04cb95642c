from datetime import UTC, datetime, timedelta

import pytest

from templates.words import Words

MADRID = "Europe/Madrid"
ES, EN = Words("es", MADRID), Words("en", MADRID)


def test_amounts_are_written_as_each_language_writes_them() -> None:
    assert ES.money("1200.00") == "1.200,00 euros"
    assert EN.money("1200.00") == "EUR 1,200.00"
    assert ES.money("1234567.5") == "1.234.567,50 euros"
    assert ES.money(None) == ""


def test_days_are_written_in_words_and_in_the_legal_time_of_the_office() -> None:
    late = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)
    assert ES.day("2026-11-22") == "22 de noviembre de 2026"
    assert EN.day("2026-11-22") == "22 November 2026"
    assert ES.day(late) == "23 de noviembre de 2026"
    assert Words("es", "Atlantic/Canary").day(late) == "22 de noviembre de 2026"


def test_times_of_the_record_have_seconds_and_times_typed_into_a_form_stay_as_typed() -> None:
    assert ES.clock(datetime(2026, 11, 22, 9, 37, 2, tzinfo=UTC)) == "10:37:02"
    assert ES.clock("2026-07-01T09:37:02Z") == "11:37:02"
    assert ES.clock("10:30") == "10:30"
    assert ES.appointment("2026-11-22T09:30:00Z") == "22 de noviembre de 2026, a las 10:30"


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(0, "0 s"), (48, "48 s"), (108, "1 min 48 s"), (3900, "1 h 5 min"), (97200, "1 d 3 h"), (60, "1 min")],
)
def test_durations_say_the_two_units_that_matter(seconds: int, said: str) -> None:
    assert ES.duration(timedelta(seconds=seconds)) == said


@pytest.mark.parametrize(
    ("number", "shown"),
    [("00043210X", "***4321**"), ("X0043210M", "****3210*"), ("AAA123456", "*****3456"), ("", ""), (None, "")],
)
def test_identity_numbers_show_four_figures_and_no_more(number: str | None, shown: str) -> None:
    assert ES.id_number(number) == shown


def test_lists_are_joined_as_people_say_them() -> None:
    assert ES.listed(["Ana", "Luis", "Eva"]) == "Ana, Luis y Eva"
    assert ES.listed(["Ana", "Iria"]) == "Ana e Iria"
    assert EN.listed(["Ana", "Iria"]) == "Ana and Iria"
    assert ES.listed(["Ana"]) == "Ana"
    assert ES.listed([]) == ""
    assert (ES.listed(["padres", "hijos"]), ES.listed(["agua", "hielo"])) == ("padres e hijos", "agua y hielo")


def test_languages_have_a_name_in_each_other_and_one_that_is_not_in_the_list_is_still_told() -> None:
    assert (ES.name_of("en"), EN.name_of("es"), ES.name_of("gl")) == ("inglés", "Spanish", "gallego")
    assert ES.name_of("zz") == "zz", "asked for before the list was kept"


def test_another_language_is_written_in_spanish() -> None:
    assert Words("gl", MADRID).day("2026-11-22") == "22 de noviembre de 2026"
