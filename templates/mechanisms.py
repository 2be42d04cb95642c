"""Mechanisms of identification in words: those of the catalogues first, then what the mechanism itself declares."""

from domain.procedure.people import Advice
from domain.procedure.state import Procedure
from templates.texts import has_text, text


def mechanism_title(procedure: Procedure, code: str, language: str) -> str:
    """As lists and pages call it."""
    return _said("identity_method", procedure, code, language)


def mechanism_within(procedure: Procedure, code: str, language: str) -> str:
    """Its title within a sentence; a name with a sign in it keeps its capital."""
    title = mechanism_title(procedure, code, language)
    return title if "@" in title else title.lower()


def mechanism_spoken(procedure: Procedure, code: str, language: str) -> str:
    """Within a sentence: by which means somebody was identified."""
    return _said("by_method", procedure, code, language)


def advised(procedure: Procedure, code: str, advice: Advice, language: str) -> list[str]:
    """A sentence for what the mechanism saw, and one for each of its doubts."""
    said = procedure.type.mechanism(code).advice
    return [said[one].in_language(language) if one in said else one for one in (advice.band, *advice.doubts)]


def _said(kind: str, procedure: Procedure, code: str, language: str) -> str:
    key = f"vocabulary.{kind}.{code}"
    if has_text(key):
        return text(key, language)
    declared = procedure.type.mechanism(code)
    return (declared.titles if kind == "identity_method" else declared.spoken).in_language(language)
