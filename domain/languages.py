"""The one list of languages: in which people may be addressed and texts may be written, what each calls itself, and how
Unicode's CLDR knows it. In which of them there are words to show is told by the folders of `templates/words/`.
"""

from typing import Annotated, NamedTuple

from pydantic import Field


class Language(NamedTuple):
    code: str
    """BCP 47 tag, as in the `lang` attribute, in addresses and in the names of folders."""
    endonym: str
    """What its own speakers call it, as it stands on the switch of a page."""
    locale: str
    """CLDR identifier: how it writes dates, figures and lists."""


LANGUAGES = (
    Language("es", "Español", "es_ES"),
    Language("en", "English", "en_GB"),
    Language("ca", "Català", "ca_ES"),
    Language("ca-valencia", "Valencià", "ca_ES_valencia"),
    Language("eu", "Euskara", "eu_ES"),
    Language("gl", "Galego", "gl_ES"),
    Language("oc", "Occitan", "oc"),
    Language("an", "Aragonés", "an_ES"),
    Language("ast", "Asturianu", "ast_ES"),
    Language("fr", "Français", "fr_FR"),
    Language("pt", "Português", "pt_PT"),
    Language("de", "Deutsch", "de_DE"),
    Language("it", "Italiano", "it_IT"),
    Language("ro", "Română", "ro_RO"),
    Language("ar", "العربية", "ar"),
    Language("uk", "Українська", "uk_UA"),
)
"""The languages of Spain, and those that offices often need. To add one: docs/languages.md."""

LANGUAGE_CODES = tuple(language.code for language in LANGUAGES)

BASE_LANGUAGES = ("es", "en")
"""Every text exists in these."""

DEFAULT_LANGUAGE = BASE_LANGUAGES[0]
"""What stands in for a text that another language lacks."""

LanguageCode = Annotated[str, Field(pattern=f"^({'|'.join(LANGUAGE_CODES)})$")]
"""A language of the list, where somebody outside gives it to us."""


def language(code: str) -> Language:
    """The language with that code. Raises `KeyError` for one that is not in the list."""
    found = next((known for known in LANGUAGES if known.code == code), None)
    if found is None:
        raise KeyError(code)
    return found
