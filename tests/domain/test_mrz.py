"""Zones of documents as the norm prints them, and every way of misreading one sign of a checked field."""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.codes.mrz import NotAZone, check_digit, read_zone

SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ<"

# The specimens of ICAO Doc 9303, parts 4, 5 and 6: Anna Maria Eriksson of Utopia.
PASSPORT = ("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10")
CARD = ("I<UTOD231458907<<<<<<<<<<<<<<<", "7408122F1204159UTO<<<<<<<<<<<6", "ERIKSSON<<ANNA<MARIA<<<<<<<<<<")
BOOKLET = ("I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<", "D231458907UTO7408122F1204159<<<<<<<6")
SPANISH = ("IDESPBAA000589599999999R<<<<<<", "8001014F3106028ESP<<<<<<<<<<<9", "ESPANOLA<ESPANOLA<<CARMEN<<<<<")
"""A card of the kind in force since 2021; the DNI stands in what the issuer adds."""
SPECIMENS = {"TD1": CARD, "TD2": BOOKLET, "TD3": PASSPORT}

CHECKED = {
    "TD1": {"number": (0, range(5, 15)), "birth": (1, range(7)), "expiry": (1, range(8, 15)), "whole": (1, [29])},
    "TD2": {"number": (1, range(10)), "birth": (1, range(13, 20)), "expiry": (1, range(21, 28)), "whole": (1, [35])},
    "TD3": {
        "number": (1, range(10)),
        "birth": (1, range(13, 20)),
        "expiry": (1, range(21, 28)),
        "optional": (1, range(28, 43)),
        "whole": (1, [43]),
    },
}
"""By field: its line, and where it stands with the digit that checks it."""


@pytest.mark.parametrize(("kind", "lines"), SPECIMENS.items(), ids=SPECIMENS)
def test_the_specimens_of_the_norm_are_read(kind: str, lines: tuple[str, ...]) -> None:
    zone = read_zone(lines)
    assert (zone.kind, zone.wrong, zone.issuer, zone.nationality) == (kind, (), "UTO", "UTO")
    assert (zone.surnames, zone.given_names, zone.names_cut) == ("ERIKSSON", "ANNA MARIA", False)
    assert (zone.birth, zone.sex, zone.expiry) == ("740812", "F", "120415")
    assert zone.number == ("L898902C3" if kind == "TD3" else "D23145890")
    assert zone.names("Anna María Eriksson") and zone.names("ERIKSSON Anna Maria")
    assert not zone.names("Anna Eriksson") and not zone.names("Anna Maria Erikson")


def test_a_spanish_card_says_the_number_of_the_person() -> None:
    zone = read_zone(SPANISH)
    assert zone.numbers == ("BAA000589", "99999999R")
    assert zone.names("Carmen Española Española")
    assert not zone.expired(date(2031, 6, 2)) and zone.expired(date(2031, 6, 3))


def numbered(number: str, line: str) -> str:
    """The first line of a card with a number of more than nine signs (part 5, 4.2.2.1)."""
    return f"{line[:5]}{number[:9]}<{number[9:]}{check_digit(number)}".ljust(30, "<")


def test_a_long_number_goes_on_in_what_follows() -> None:
    number = "D23145890734"
    zone = read_zone((numbered(number, CARD[0]), *CARD[1:]))
    assert zone.number == number and "number" not in zone.wrong
    assert zone.numbers == (number,)


@pytest.mark.parametrize("kind", CHECKED)
def test_every_single_misread_sign_of_a_checked_field_is_noticed(kind: str) -> None:
    """But for signs whose values are the same modulo ten, as 0, A, K and the filler are: no digit can tell them."""
    lines, told = SPECIMENS[kind], 0
    for field, (line, places) in CHECKED[kind].items():
        for place in places:
            for sign in SIGNS:
                if check_digit(sign) == check_digit(lines[line][place]):
                    continue
                read = lines[line][:place] + sign + lines[line][place + 1 :]
                wrong = read_zone([read if at == line else one for at, one in enumerate(lines)]).wrong
                if sign == "<" and field in ("number", "optional") and place == places[-1]:
                    assert "whole" in wrong, (field, place)
                else:
                    assert field in wrong, (field, place, sign)
                told += 1
    assert told > 700


def test_what_no_digit_can_tell_apart_is_known() -> None:
    """Why a number that was read well is compared with the one of the summons all the same."""
    twins = {sign for sign in SIGNS if check_digit(sign) == check_digit("0")}
    assert twins == {"0", "A", "K", "U", "<"}


@given(st.text(SIGNS, min_size=1, max_size=39), st.integers(0, 38), st.sampled_from(SIGNS))
def test_one_sign_of_another_value_changes_the_digit(text: str, place: int, sign: str) -> None:
    place %= len(text)
    changed = text[:place] + sign + text[place + 1 :]
    same_value = check_digit(sign) == check_digit(text[place])
    assert (check_digit(changed) == check_digit(text)) == same_value


@given(st.lists(st.text(max_size=50), max_size=5))
def test_whatever_else_is_read_is_no_zone_or_one(lines: list[str]) -> None:
    with suppress(NotAZone):
        read_zone(lines)


@given(st.sampled_from(list(SPECIMENS.values())), st.data())
def test_a_zone_that_is_misread_anyhow_is_read_without_failing(lines: tuple[str, ...], data: st.DataObject) -> None:
    read = tuple(data.draw(st.text(SIGNS, min_size=len(line), max_size=len(line))) for line in lines)
    zone = read_zone(read)
    zone.expired(date(2026, 11, 27))
    zone.names("Anna María Eriksson")


@pytest.mark.parametrize(
    ("surnames", "given", "person"),
    [
        ("MUELLER", "JUERGEN", "Jürgen Müller"),
        ("MULLER", "JURGEN", "Jürgen Müller"),
        ("STRASSE", "BJOERN", "Bjørn Straße"),
        ("OCONNOR", "SEAN", "Seán O'Connor"),
        ("O<CONNOR", "SEAN", "Seán O’Connor"),
        ("NUNEZ<IBANEZ", "INIGO", "Íñigo Núñez Ibáñez"),
        ("SUKARNO", "", "Sukarno"),
        ("NGUYEN", "THI<MINH<KHAI", "Nguyễn Thị Minh Khai"),
    ],
)
def test_names_of_all_kinds_are_known_again(surnames: str, given: str, person: str) -> None:
    zone = read_zone((*CARD[:2], f"{surnames}<<{given}".ljust(30, "<")))
    assert zone.names(person)


def test_a_name_that_was_cut_is_compared_as_far_as_it_goes() -> None:
    zone = read_zone((*CARD[:2], "FERNANDEZ<DE<CORDOBA<<MARIA<DE"))
    assert zone.names_cut
    assert zone.names("María de los Ángeles Fernández de Córdoba")
    assert not zone.names("María Fernández López")


@pytest.mark.parametrize(
    ("expiry", "expired"),
    [("261126", True), ("261127", False), ("060101", True), ("071231", True), ("990101", False), ("<<<<<<", None)],
)
def test_two_digits_of_a_year_are_of_a_document_that_is_still_shown(expiry: str, expired: bool | None) -> None:
    line = f"{CARD[1][:8]}{expiry}{check_digit(expiry)}{CARD[1][15:]}"
    assert read_zone((CARD[0], line, CARD[2])).expired(date(2026, 11, 27)) is expired
