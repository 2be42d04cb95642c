"""What the sheets of a PDF say besides the words of their document: page numbers, how to check it, where to sign."""

from babel import Locale

from domain.languages import DEFAULT_LANGUAGE, language
from templates.catalogues import catalogue, message, spoken


def sheet_words(code: str) -> dict[str, str | None]:
    """The words in a language, with their `{placeholders}` left for the typesetter; `lang` (ISO 639) and `region`
    (ISO 3166, or none) tell it and screen readers which language that is."""
    locale = Locale.parse(language(spoken(code)).locale)
    words = {name: str(message(f"sheet.{name}", code)) for name in catalogue("sheet", DEFAULT_LANGUAGE)}
    return {**words, "lang": locale.language, "region": locale.territory}
