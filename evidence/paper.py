"""The report as a paper to be read and filed: headings, paragraphs and tables, whatever it is then set with.

Everything in it is text that may be shown: escaped, cut, and so many rows of each table as anybody reads.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

__all__ = ["MAX_ROWS", "Block", "Bullets", "Heading", "Paper", "Rows", "Text", "few"]

MAX_ROWS: Final = 250
"""Of one table or list; the report as JSON has them all. A large hearing has some hundred documents."""


@dataclass(frozen=True, slots=True)
class Heading:
    text: str
    level: int = 2


@dataclass(frozen=True, slots=True)
class Text:
    text: str


@dataclass(frozen=True, slots=True)
class Bullets:
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rows:
    """A table. A cell may have several lines."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]
    """Shares of the width, one a column."""


Block: TypeAlias = Heading | Text | Bullets | Rows


@dataclass(frozen=True, slots=True)
class Paper:
    language: str
    title: str
    reference: str
    """Kind and number of the procedure, for the head of each page."""
    verdict: str
    """PASSED, FAILED or INDETERMINATE."""
    word: str
    """The verdict in one word of the language."""
    summary: str
    page: str
    """How a page is numbered: `{number}` and `{pages}` stand for the numbers."""
    dated: str
    """When the act ended: the date that a PDF must bear, as no clock is asked; empty when it is not told."""
    blocks: tuple[Block, ...]


def few(rows: Iterable[Sequence[str]], more: str) -> tuple[tuple[str, ...], ...]:
    """So many of the rows as are shown, and then how many there are more."""
    found = [tuple(row) for row in rows]
    if len(found) <= MAX_ROWS:
        return tuple(found)
    columns = len(found[0])
    told = more.format(more=len(found) - MAX_ROWS)
    return (*found[:MAX_ROWS], (told, *("" for _ in range(columns - 1))))
