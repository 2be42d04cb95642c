"""The sheet that a skeleton writes on: calls to `page` become blocks, so typed words can never become layout."""

import re
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from domain.procedure.minutes import Block, Heading, Paragraph, Table
from templates.texts import broken_rule, text
from templates.words import Words

FOLDER = Path(__file__).parent / "skeletons"
GENERAL = "general"
"""The skeleton of a folder that serves every name it has no file for."""

LINE_BREAK = "\u2028"
"""Stands for a line break that a person typed, while the line breaks of template files are squeezed out."""

_BLANKS = re.compile(r"[ \t\r\n]+")


def keep_breaks(typed: str) -> str:
    """`typed` with its line breaks protected from `squeezed`."""
    return re.sub(r"\s*\n\s*", LINE_BREAK, typed.strip())


def squeezed(written: str) -> str:
    """What a template wrote, as running text: single blanks, and the line breaks that people typed."""
    text = _BLANKS.sub(" ", written).strip()
    return text.replace(f" {LINE_BREAK}", LINE_BREAK).replace(LINE_BREAK, "\n").strip()


class Page:
    """Collects the blocks of one document. `redact` looks over every word that goes on it."""

    def __init__(self, redact: Callable[[str], str]) -> None:
        self.title = ""
        self.reference = ""
        self.blocks: list[Block] = []
        self._redact = redact

    def name(self, *, caller: Callable[[], str]) -> str:
        """The title of the document."""
        self.title = self._words(caller())
        return ""

    def refer(self, *, caller: Callable[[], str]) -> str:
        """What stands under the title instead of class and number of the procedure."""
        self.reference = self._words(caller())
        return ""

    def heading(self, id: str, text: str, level: int = 2) -> str:
        self.blocks.append(Heading(id=id, level=level, text=self._words(text)))
        return ""

    def paragraph(self, id: str, events: Iterable[int] = (), *, caller: Callable[[], str]) -> str:
        """For `{% call page.paragraph(...) %}words{% endcall %}`; without words there is no paragraph."""
        if text := self._words(caller()):
            self.blocks.append(Paragraph(id=id, text=text, events=tuple(events)))
        return ""

    def table(
        self,
        id: str,
        caption: str,
        header: Iterable[str],
        rows: Iterable[Iterable[str]],
        events: Iterable[int] = (),
    ) -> str:
        """A table with at least one row; without rows there is none."""
        cells = tuple(tuple(self._words(cell) for cell in row) for row in rows)
        if cells:
            self.blocks.append(
                Table(id=id, caption=self._words(caption), header=tuple(header), rows=cells, events=tuple(events))
            )
        return ""

    def _words(self, text: str) -> str:
        return self._redact(squeezed(text))


@cache
def environment() -> Environment:
    """Skeletons that ship with the project: in what order what is said, once for all languages. Plain text: what they
    write is set by typst or escaped by the sheet of a letter, never read by a browser."""
    return Environment(
        loader=FileSystemLoader(FOLDER),
        undefined=StrictUndefined,
        autoescape=False,  # noqa: S701
        extensions=["jinja2.ext.do"],
    )


def skeleton(folder: str, name: str | None) -> Template:
    """`folder/name.jinja`; a name without a file is served by `general`."""
    stems = [stem for stem in (name, GENERAL) if stem and re.fullmatch(r"[a-z0-9_]+", stem)]
    return environment().select_template([f"{folder}/{stem}.jinja" for stem in stems])


def written(skeleton: Template, redact: Callable[[str], str], words: Words, **facts: Any) -> Page:
    """What `skeleton` writes about `facts` in the language of `words`."""
    page = Page(redact)
    skeleton.render(page=page, words=words, **speech(words), **facts)
    return page


def speech(words: Words) -> dict[str, Callable[..., Any]]:
    """How a skeleton reaches the catalogues: `say` a key, `spoken` for several values, `ruled` for a rule's code."""
    language = words.language

    def say(key: str, /, **params: Any) -> str:
        return text(key, language, **params)

    def spoken(noun: str, values: Iterable[str]) -> list[str]:
        return [text(f"{noun}.{value}", language) for value in values]

    def ruled(code: str) -> str:
        return broken_rule(code, language)

    return {"say": say, "spoken": spoken, "ruled": ruled}
