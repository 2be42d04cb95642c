"""What is told of lines that were read: each doubt by itself, and zones found among whatever else stands there."""

from datetime import date

import pytest

from adapters.identity.id_document_read.judging import advice_on
from adapters.identity.id_document_read.reader import Reading
from adapters.identity.id_document_read.zones import zone_among
from bench.drawn_documents import Printed, card_zone, passport_zone
from domain.ids import ParticipantId
from domain.procedure.people import Participant
from procedure_types import load_mechanisms

ANXO = Printed()
FRONT = ("APELLIDOS / SURNAMES", "RUIZ SEOANE", "DNI", "00000022E")
PERSON = Participant(
    id=ParticipantId("p1"), role="person", name="Anxo Ruiz Seoane", document_number="00000022E", birth_date="1980-01-01"
)


def said(back: tuple[str, ...], person: Participant = PERSON, front: tuple[str, ...] = FRONT) -> tuple[str, ...]:
    told = advice_on(Reading(stills=(front, back), means={}), person, date(2026, 11, 27))
    assert (told.band == "as_summoned") == (not told.doubts)
    return told.doubts


def changed(**other: str) -> tuple[str, ...]:
    return card_zone(Printed(**{**vars(ANXO), **other}))


def misread() -> tuple[str, ...]:
    first, second, names = card_zone(ANXO)
    return first, second.replace("M310602", "M310603"), names


@pytest.mark.parametrize(
    ("back", "person", "front", "doubts"),
    [
        (card_zone(ANXO), PERSON, FRONT, ()),
        (misread(), PERSON, FRONT, ("digits_differ",)),
        (changed(person="00000022T"), PERSON, ("00000022T",), ("letter_wrong", "number_differs")),
        (card_zone(ANXO), PERSON.but(document_number=None), FRONT, ("number_unknown",)),
        (card_zone(ANXO), PERSON.but(document_number="00000001R"), FRONT, ("number_differs",)),
        (card_zone(ANXO), PERSON.but(document_number="BAA000589"), FRONT, ()),
        (card_zone(ANXO), PERSON.but(name="Anxo Ruiz Otero"), FRONT, ("name_differs",)),
        (card_zone(ANXO), PERSON.but(birth_date="1980-01-02"), FRONT, ("birth_differs",)),
        (card_zone(ANXO), PERSON.but(birth_date=None), FRONT, ()),
        (changed(expiry="261126"), PERSON, FRONT, ("expired",)),
        (changed(expiry="<<<<<<"), PERSON, FRONT, ("expired",)),
        (card_zone(ANXO), PERSON, ("RUIZ SEOANE", "ANXO"), ("sides_differ",)),
        (card_zone(ANXO), PERSON, card_zone(ANXO), ("sides_differ",)),
    ],
)
def test_each_doubt_is_told(
    back: tuple[str, ...], person: Participant, front: tuple[str, ...], doubts: tuple[str, ...]
) -> None:
    assert said(back, person, front) == doubts


def test_a_zone_is_found_among_other_lines_however_they_were_read() -> None:
    first, second, names = card_zone(ANXO)
    read = ("DOMICILIO", "C/ MAYOR 1", f" {first[:10]} {first[10:]}", second.replace("ESP", "ESΡ"), names[:-2], "x")
    zone = zone_among(read)
    assert zone is not None and not zone.wrong and zone.names("Anxo Ruiz Seoane")


def test_letters_and_digits_are_read_as_their_place_has_them() -> None:
    first, second = passport_zone(ANXO)
    zone = zone_among((first.replace("O", "0") + "<", second.replace("8001", "BOOl").upper()))
    assert zone is not None and not zone.wrong
    assert (zone.surnames, zone.birth) == ("RUIZ SEOANE", "800101")


@pytest.mark.parametrize("lines", [(), ("DNI",), card_zone(ANXO)[:2], ("<" * 44,) * 2, ("X" * 36,) * 2])
def test_what_is_no_zone_is_taken_for_none(lines: tuple[str, ...]) -> None:
    told = advice_on(Reading(stills=((), lines), means={}), PERSON, date(2026, 11, 27))
    assert told.band == "unreadable"


def test_what_has_but_the_shape_of_a_zone_is_told_as_misread() -> None:
    assert "digits_differ" in said(("A" * 30,) * 3)


def test_every_code_that_may_be_told_has_its_words() -> None:
    told = {"as_summoned", "look_closely", "unreadable", "digits_differ", "letter_wrong", "number_unknown"}
    told |= {"number_differs", "name_differs", "birth_differs", "expired", "sides_differ"}
    assert set(load_mechanisms()["id_document_read"].advice) == told
