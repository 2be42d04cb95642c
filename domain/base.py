"""The two shapes every model of the domain has: frozen values, and texts in several languages."""

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from pydantic import BaseModel, ConfigDict, RootModel, model_validator

DEFAULT_LANGUAGE = "es"


class Value(BaseModel):
    """A frozen value. Unknown keys are refused: a misspelt key in a type file must never be ignored silently."""

    model_config: ClassVar[ConfigDict] = ConfigDict(frozen=True, extra="forbid")

    def but(self, **changes: Any) -> Self:
        """Return a copy with `changes`, validated by the type checker of the caller only (values are trusted)."""
        return self.model_copy(update=changes)


class Texts(RootModel[Mapping[str, str]]):
    """One text in several languages, by BCP 47 code. Spanish and English are always there."""

    model_config: ClassVar[ConfigDict] = ConfigDict(frozen=True)

    @model_validator(mode="after")
    def _has_both_base_languages(self) -> "Texts":
        missing = {"es", "en"} - set(self.root)
        if missing:
            raise ValueError(f"text lacks {', '.join(sorted(missing))}")
        return self

    def in_language(self, language: str) -> str:
        """The text in `language`, or in Spanish when that language has no catalogue entry."""
        return self.root.get(language) or self.root[DEFAULT_LANGUAGE]
