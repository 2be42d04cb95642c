import pytest
from babel import Locale
from pydantic import TypeAdapter, ValidationError

from domain.base import Texts
from domain.languages import (
    BASE_LANGUAGES,
    DEFAULT_LANGUAGE,
    LANGUAGE_CODES,
    LANGUAGES,
    Language,
    LanguageCode,
    language,
)
from evidence.texts import LANGUAGES as LANGUAGES_OF_THE_VERIFIER


def test_no_language_is_there_twice_and_the_base_ones_come_first() -> None:
    assert len(set(LANGUAGE_CODES)) == len(LANGUAGE_CODES)
    assert LANGUAGE_CODES[: len(BASE_LANGUAGES)] == BASE_LANGUAGES
    assert DEFAULT_LANGUAGE == "es"


@pytest.mark.parametrize("known", LANGUAGES, ids=LANGUAGE_CODES)
def test_unicode_knows_how_each_writes_dates_and_its_own_name(known: Language) -> None:
    locale = Locale.parse(known.locale)
    assert locale.language == known.code.split("-")[0]
    assert locale.months["format"]["wide"][11]
    # Valencian is a variant: CLDR names the language that it is a variant of.
    if "-" not in known.code:
        assert (locale.get_language_name(known.locale) or "").casefold() == known.endonym.casefold()


def test_a_language_that_is_not_in_the_list_is_unknown() -> None:
    assert language("eu").endonym == "Euskara"
    with pytest.raises(KeyError):
        language("tlh")


@pytest.mark.parametrize("code", ["es", "ast", "ca-valencia"])
def test_a_language_that_somebody_gives_us_is_one_of_the_list(code: str) -> None:
    assert TypeAdapter(LanguageCode).validate_python(code) == code


@pytest.mark.parametrize("code", ["zz", "ES", "es-", "valencia", "esen", ""])
def test_anything_else_is_refused(code: str) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(LanguageCode).validate_python(code)


def test_a_text_without_a_base_language_is_refused() -> None:
    with pytest.raises(ValueError, match="text lacks en"):
        Texts({"es": "Acta", "gl": "Acta"})


def test_the_verifier_speaks_the_base_languages() -> None:
    """It imports nothing of ours, so it has a list of its own."""
    assert LANGUAGES_OF_THE_VERIFIER == BASE_LANGUAGES
