"""The two shapes every model of the domain has: frozen values, and texts in several languages."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, ClassVar, Self

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, RootModel, model_validator

from domain.languages import BASE_LANGUAGES, DEFAULT_LANGUAGE


def _of_these_centuries(at: datetime) -> datetime:
    if not 2000 <= at.year < 2200:
        raise ValueError("a year from 2000 to 2199 is wanted")
    return at


Moment = Annotated[AwareDatetime, AfterValidator(_of_these_centuries)]
"""An instant that somebody gave us. Scar: the last evening of the year 9999 has no date in UTC, and no database keeps
it; a procedure that was adjourned to it tried to write that down for ever."""


Revision = Annotated[int | None, Field(ge=0, exclude_if=lambda revision: revision is None)]
"""How often it had been saved when it was on the screen of whoever asks: what somebody else saved since is not written
over. None: they do not say, and the last one stays."""


class Value(BaseModel):
    """A frozen value. Keys that this version does not know are ignored: during a deployment two versions talk.

    Whoever reads what a person wrote (a file, a request) validates with `extra="forbid"`: there a misspelt key must
    never be ignored silently.
    """

    model_config: ClassVar[ConfigDict] = ConfigDict(frozen=True, extra="ignore")

    def but(self, **changes: Any) -> Self:
        """Return a copy with `changes`, validated by the type checker of the caller only (values are trusted)."""
        return self.model_copy(update=changes)


class Texts(RootModel[Mapping[str, str]]):
    """One text in several languages, by BCP 47 code. Spanish and English are always there."""

    model_config: ClassVar[ConfigDict] = ConfigDict(frozen=True)

    @model_validator(mode="after")
    def _has_both_base_languages(self) -> "Texts":
        missing = set(BASE_LANGUAGES) - set(self.root)
        if missing:
            raise ValueError(f"text lacks {', '.join(sorted(missing))}")
        return self

    def in_language(self, language: str) -> str:
        """The text in `language`, or in Spanish when that language has no catalogue entry."""
        return self.root.get(language) or self.root[DEFAULT_LANGUAGE]
