"""Lint rules over declared types: small functions, each with a name, words in two languages and its law."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from agenda_types.problems import Problem
from agenda_types.source import Loc, Source, spelled
from domain.base import Texts
from domain.languages import BASE_LANGUAGES

Subject = TypeVar("Subject")
Broken = Iterator[tuple[Loc, object]]
"""Where the rule is broken, and the word there that breaks it."""


@dataclass(frozen=True)
class Rule(Generic[Subject]):
    id: str
    wrong: Texts
    """What is wrong; `{word}` stands for the offending word."""
    fix: Texts
    """What to do about it."""
    legal_basis: str | None
    check: Callable[[Subject], Broken]

    def problems(self, subject: Subject, source: Source) -> Iterator[Problem]:
        for loc, word in self.check(subject):
            texts = {language: self._said(language, word) for language in BASE_LANGUAGES}
            yield Problem(
                file=source.file,
                line=source.line(loc),
                path=spelled(loc),
                code=self.id,
                word=str(word),
                texts=Texts(texts),
                legal_basis=self.legal_basis,
            )

    def _said(self, language: str, word: object) -> str:
        wrong = self.wrong.in_language(language).format(word=word)
        law = f" [{self.legal_basis}]" if self.legal_basis else ""
        return f"{wrong}; {self.fix.in_language(language)} ({self.id}){law}"


class RuleBook(Generic[Subject]):
    """The rules that one kind of type file must keep. A rule is named after its function."""

    def __init__(self) -> None:
        self.rules: list[Rule[Subject]] = []

    def rule(
        self, es: tuple[str, str], en: tuple[str, str], law: str | None = None
    ) -> Callable[[Callable[[Subject], Broken]], Callable[[Subject], Broken]]:
        """Add a rule; `es` and `en` are (what is wrong, how to fix it)."""

        def add(check: Callable[[Subject], Broken]) -> Callable[[Subject], Broken]:
            wrong, fix = (Texts({"es": es[part], "en": en[part]}) for part in (0, 1))
            self.rules.append(Rule(check.__name__, wrong, fix, law, check))
            return check

        return add

    def problems(self, subject: Subject, source: Source) -> list[Problem]:
        return [found for rule in self.rules for found in rule.problems(subject, source)]
