"""Names as lists search them: how words are made alike, which beginnings are kept, and whose names are kept at all."""

import pytest

from domain.codes.name_tokens import LONGEST, name_key, searchable_words, tokens_of, tokens_to_find
from domain.ids import AdministrationId, Sha256
from domain.journal.register import register_row
from domain.procedure.state import Procedure
from tests.domain import samples

KEY = name_key(b"k" * 32)
ATLANTIA, MESETA = AdministrationId("atlantia"), AdministrationId("meseta")


def found(typed: str, *names: str) -> bool:
    asked = set(tokens_to_find(KEY, ATLANTIA, typed))
    return bool(asked) and asked <= set(tokens_of(KEY, ATLANTIA, names))


def test_accents_capitals_and_signs_are_one_and_short_words_are_none() -> None:
    assert searchable_words("María-José Núñez d'Içà, Xu") == {"maria", "jose", "nunez", "ica"}
    assert searchable_words("N\u0303UN\u0303EZ") == {"nunez"}


@pytest.mark.parametrize("typed", ["lag", "LAGO", "prieto marta", "mar pri lag", "Márta", "xu marta"])
def test_a_name_is_found_by_beginnings_of_its_words_in_any_order(typed: str) -> None:
    assert found(typed, "Marta Lago Prieto")


@pytest.mark.parametrize("typed", ["", "la", "ago", "lagos", "marta ruiz", "%", "* *"])
def test_and_by_nothing_else(typed: str) -> None:
    assert not found(typed, "Marta Lago Prieto")


def test_a_very_long_word_is_found_by_its_beginning() -> None:
    assert found("Goikoetxeandia", "Goikoetxeandiarena") and found("G" * 300, "G" * LONGEST)


def test_tokens_are_numbers_that_mean_nothing_with_another_key_or_in_another_administration() -> None:
    ours = set(tokens_of(KEY, ATLANTIA, ("Marta Lago",)))
    assert len(ours) == 5
    assert not ours & set(tokens_of(name_key(b"o" * 32), ATLANTIA, ("Marta Lago",)))
    assert not ours & set(tokens_of(KEY, MESETA, ("Marta Lago",)))
    assert all(-(2**63) <= token < 2**63 for token in ours)


def test_protected_people_and_the_authority_have_no_names_to_find() -> None:
    def names(procedure: Procedure) -> set[str]:
        return set(register_row(procedure, seq=1, head=Sha256("a" * 64)).names_to_find)

    ordinary = samples.summoned()
    assert names(ordinary) == {person.name for person in ordinary.citizens} != set()
    assert names(samples.summoned("victim_appointment")) == set()
