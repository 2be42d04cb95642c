"""The paper as one HTML file that needs nothing else: no script, no font, no picture, no address; it can be printed."""

from collections.abc import Iterator
from html import escape
from importlib.resources import files
from typing import Final

from evidence.paper import Block, Bullets, Heading, Paper, Rows, Text

__all__ = ["render_html"]

NOTHING_ELSE: Final = "default-src 'none'; style-src 'unsafe-inline'"
"""What a browser may load for it: nothing but its own style. Whatever a name in a bundle says, it stays text."""


def render_html(paper: Paper) -> str:
    """The whole file."""
    return "\n".join(_lines(paper)) + "\n"


def _lines(paper: Paper) -> Iterator[str]:
    style = files(__package__).joinpath("paper.css").read_text("utf-8")
    yield f'<!doctype html>\n<html lang="{paper.language}">\n<head>\n<meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{NOTHING_ELSE}">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{_text(paper.title)} · {_text(paper.reference)}</title>"
    yield f"<style>\n{style}</style>\n</head>\n<body>\n<main>"
    yield f'<h1>{_text(paper.title)}</h1>\n<p class="reference">{_text(paper.reference)}</p>'
    yield f'<div class="verdict verdict--{paper.verdict.lower()}">'
    yield f"<p><strong>{_text(paper.word)} ({paper.verdict})</strong>"
    yield f"{_text(paper.summary)}</p></div>"
    for block in paper.blocks:
        yield from _block(block)
    yield "</main>\n</body>\n</html>"


def _block(block: Block) -> Iterator[str]:
    match block:
        case Heading(text, level):
            yield f"<h{level}>{_text(text)}</h{level}>"
        case Text(text):
            yield f"<p>{_text(text)}</p>"
        case Bullets(items):
            yield "<ul>"
            yield from (f"<li>{_text(item)}</li>" for item in items)
            yield "</ul>"
        case Rows():
            yield from _table(block)


def _table(table: Rows) -> Iterator[str]:
    wide = ' class="wide"' if len(table.header) > 2 else ""
    yield f'<div class="scroll" tabindex="0"><table{wide}><colgroup>'
    yield from (f'<col style="width:{width}%">' for width in table.widths)
    yield "</colgroup><thead><tr>"
    yield from (f'<th scope="col">{_text(cell)}</th>' for cell in table.header)
    yield "</tr></thead><tbody>"
    for row in table.rows:
        yield "<tr>" + "".join(_cell(column, words) for column, words in enumerate(row)) + "</tr>"
    yield "</tbody></table></div>"


def _text(words: str) -> str:
    return escape(words).replace("\n", "<br>")


def _cell(column: int, words: str) -> str:
    first, _, rest = _text(words).partition("<br>")
    said = f"<strong>{first}</strong>" if first and not column else first
    return f"<td>{said}{'<br>' if rest else ''}{rest}</td>"
