"""The two kinds of trouble: what can be tried again, and what a person must settle.

A `Refusal` is the second kind as people meet it: the rule that was broken, by code, with what the text needs.
Each is declared once in `domain/refusals/`; the words are in `templates/words/*/refusals.yaml`.
"""

from typing import Any, Self

from domain.refusals.declared import REGISTRY, Declared, Settler


class EstradoError(Exception):
    """Root of every error that the project raises on purpose."""


class TryAgain(EstradoError):
    """Transient: the same call may succeed later (a server is down, a lock is held)."""


class NotYet(TryAgain):
    """Somebody outside has not answered yet: everyday waiting, and no failure of anything."""


class DatabaseUnavailable(TryAgain):
    """PostgreSQL does not answer: nothing can be read or written, the engine may be well."""


class PersonMustAct(EstradoError):
    """Repeating changes nothing: a person has to correct, decide or repair."""

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


class Refusal(PersonMustAct):
    """A command that a rule forbids now. Nothing was changed by it."""

    def __init__(self, declared: Declared, **params: Any) -> None:
        super().__init__(declared.code, **params)
        self.declared = declared

    @classmethod
    def told(cls, code: str, **params: Any) -> Self:
        """One that another process raised, perhaps of a later version: a code that is not declared here is kept."""
        return cls(REGISTRY.get(code) or Declared(code, 409, Settler.NOBODY, frozenset()), **params)
