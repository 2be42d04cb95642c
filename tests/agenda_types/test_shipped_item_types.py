"""The shipped item types: all there, bilingual, with sentences that read well however filled."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

import agenda_types
from agenda_types.lint import RULES
from domain.base import Texts
from domain.types.item_type import AgendaItemType
from domain.types.item_values import checked_values
from domain.types.vocabulary import InMinutes, Verb
from tests.agenda_types.sentences import fillings, languages_and_fillings, rendered, undeclared_names

ITEMS = agenda_types.load()
WANTED = (
    "A01 A02 A03 A04 A05 A06 A08 A09 A10 A11 A12 A13 A14 A15 A16 A17 A18 A19 A20 A21 A23 A24 A25 A26 A27 A28 A29 A30 "
    "A31 A32 A33 A34 A35 A36 A37 A38 A39 A40 A41 A42 A43 A44 A45 A46 A47 A48 A49 A50 A51 A52 A53 A54 A55 A56 A57 A58"
)
each_item = pytest.mark.parametrize("item", ITEMS.values(), ids=ITEMS)


def texts_of(value: Any) -> Iterator[Texts]:
    if isinstance(value, Texts):
        yield value
    elif isinstance(value, dict):
        for child in value.values():
            yield from texts_of(child)
    elif isinstance(value, tuple):
        for child in value:
            yield from texts_of(child)
    elif hasattr(value, "model_fields_set"):
        yield from texts_of({name: getattr(value, name) for name in type(value).model_fields})


def test_the_catalogue_is_complete() -> None:
    assert list(ITEMS) == WANTED.split()


def test_every_verb_that_people_perform_has_an_item() -> None:
    assert {item.verb for item in ITEMS.values()} == set(Verb)


@each_item
def test_every_text_says_something_in_spanish_and_in_english(item: AgendaItemType) -> None:
    found = list(texts_of(item))
    assert len(found) >= 3
    for texts in found:
        assert texts.root["es"].strip() and texts.root["en"].strip()


@each_item
def test_officials_are_told_what_to_do_and_why(item: AgendaItemType) -> None:
    assert item.help is not None
    assert item.legal_basis or item.code == "A03"


@each_item
def test_a_sentence_reads_only_what_its_type_declares(item: AgendaItemType) -> None:
    assert item.in_minutes is not InMinutes.NONE
    for language in ("es", "en"):
        assert undeclared_names(item, language) == set()


@each_item
def test_a_sentence_reads_well_however_the_item_is_filled(item: AgendaItemType) -> None:
    for language, values in languages_and_fillings(item):
        sentence = rendered(item, language, values)
        assert sentence == sentence.strip() and sentence[0] == sentence[0].upper(), sentence
        assert sentence.endswith("."), sentence
        assert not re.search(r"  |\.\.|\s[.,;:)]|\(\s|:\.|None|\[|\{", sentence), sentence


@each_item
def test_the_samples_are_what_the_item_accepts(item: AgendaItemType) -> None:
    for values in fillings(item):
        assert checked_values(item, values, complete=True).keys() == values.keys()


@pytest.mark.parametrize("code", ["A35", "A36"])
def test_what_is_restricted_does_not_reach_the_minutes(code: str) -> None:
    for language, values in languages_and_fillings(ITEMS[code]):
        assert "Una frase entera" not in rendered(ITEMS[code], language, values)
    assert ITEMS[code].visible_to


def test_a_confidential_proposal_does_not_reach_the_minutes() -> None:
    values = {"proposer": "p1", "terms": "Pagar a plazos.", "confidential": True}
    assert "plazos" not in rendered(ITEMS["A20"], "es", values)
    assert "plazos" in rendered(ITEMS["A20"], "es", values | {"confidential": False})


@pytest.mark.parametrize("rule", RULES.rules, ids=lambda rule: rule.id)
def test_every_rule_says_what_is_wrong_and_how_to_mend_it(rule: Any) -> None:
    assert rule.wrong.root["es"] != rule.wrong.root["en"]
    assert rule.fix.root["es"] != rule.fix.root["en"]
