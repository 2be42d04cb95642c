"""Signs that no text may hold are refused by name, and spelt out where one was kept."""

import re

import pytest
from markupsafe import Markup

from domain.errors import Refusal
from domain.text import READABLE, READABLE_LINE, readable, refuse_unreadable

SIGNS = "\x00\x07\x0b\x1b\x7f\x85\x9f\u061c\u200e\u200f\u2028\u202a\u202e\u2066\u2069\ufeff"


@pytest.mark.parametrize("sign", SIGNS, ids=lambda sign: f"U+{ord(sign):04X}")
def test_a_sign_that_hides_or_turns_is_refused_by_name(sign: str) -> None:
    with pytest.raises(Refusal) as refused:
        refuse_unreadable(f"ca{sign}gnp")
    assert (refused.value.code, refused.value.params) == ("text_unreadable", {"sign": f"U+{ord(sign):04X}"})
    assert readable(f"ca{sign}gnp") == f"ca[U+{ord(sign):04X}]gnp"


@pytest.mark.parametrize("text", ["", "línea\notra\tmás", "שלום", "سلام", "👩‍⚖️", "co­ma", "1.200,00 €"])
def test_words_of_every_script_pass(text: str) -> None:
    refuse_unreadable(text)
    assert readable(text) is text


def test_markup_stays_markup_and_numbers_stay_numbers() -> None:
    assert isinstance(readable(Markup("<b>\u202e</b>")), Markup)
    assert readable(7) == 7


def test_programs_are_told_the_same_by_a_pattern() -> None:
    for sign in map(chr, range(0x3000)):
        told = re.fullmatch(READABLE, sign) is not None
        assert told == (readable(sign) == sign), f"U+{ord(sign):04X}"
        assert (re.fullmatch(READABLE_LINE, sign) is not None) == (told and sign not in "\t\n\r")
