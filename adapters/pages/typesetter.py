"""Sets written words as the page of a PDF with typst: PDF/A-3a and PDF/UA-1, the words attached as canonical JSON.

The same words, theme, logo and instant give the same bytes, so that an activity can be repeated. It writes no words.
"""

import asyncio
import io
import json
import unicodedata
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pikepdf
import rfc8785
import segno
import typst

from adapters.fonts import fonts_dir
from domain.errors import PersonMustAct
from domain.procedure.minutes import WrittenDocument
from domain.text import readable
from domain.types.territory import Theme
from templates.sheet import sheet_words

SHEET = Path(__file__).resolve().parents[2] / "templates" / "typst" / "document.typ"
SIGN = SHEET.with_name("sign.typ")
STANDARDS: list["typst.PDFStandard"] = ["a-3a", "ua-1"]

UNSHOWN = "□"
"""Stands on the page for a sign that no font of ours has; the attached words keep the sign itself."""


class TypstTypesetter:
    """`fonts` is the folder with the typeface; None: the one that the project makes from its web font."""

    def __init__(self, fonts: Path | None = None) -> None:
        self._fonts = fonts

    async def pdf(self, document: WrittenDocument, theme: Theme, logo: bytes, at: datetime) -> bytes:
        """The PDF of `document`, dated `at`. `logo` is an SVG. Raises `PersonMustAct('page_not_set')`."""
        return await asyncio.to_thread(self._set, document, theme, logo, at)

    def pages(self, pdf: bytes) -> int:
        """How many pages a PDF of ours has."""
        with pikepdf.open(io.BytesIO(pdf)) as opened:
            return len(opened.pages)

    def _set(self, document: WrittenDocument, theme: Theme, logo: bytes, at: datetime) -> bytes:
        fonts = self._fonts or fonts_dir()
        words = rfc8785.dumps(document.model_dump(mode="json")).decode()
        page = json.dumps(_showable(json.loads(words), fonts), ensure_ascii=False)
        inputs = {
            "document": words,
            "page": page,
            "unshown": UNSHOWN if UNSHOWN in page else "",
            "words": json.dumps(_showable(sheet_words(document.language), fonts), ensure_ascii=False),
            "theme": theme.model_dump_json(),
            "logo": logo.decode(),
        }
        if document.verification_url:
            inputs["qr"] = _qr(document.verification_url)
        try:
            return _compiled(SHEET, fonts, inputs, int(at.astimezone(UTC).timestamp()))
        except typst.TypstError as error:
            raise PersonMustAct("page_not_set", reason=error.message) from error


def _compiled(sheet: Path, fonts: Path, inputs: dict[str, str], timestamp: int) -> bytes:
    made = typst.compile(
        sheet,
        root=SHEET.parent,
        font_paths=_read(fonts),
        sys_inputs=inputs,
        format="pdf",
        pdf_standards=STANDARDS,
        timestamp=timestamp,
    )
    assert isinstance(made, bytes)
    return made


@cache
def _read(fonts: Path) -> "typst.Fonts":
    """The fonts of a folder, read once: what a computer happens to have installed must not change a document."""
    return typst.Fonts(include_system_fonts=False, font_paths=[fonts])


def _showable(value: Any, fonts: Path) -> Any:
    """`value` with every sign that cannot be printed replaced.

    Standard: PDF/A (ISO 19005-3, 6.2.11.8) forbids text without a glyph. Scar: one emoji in a form stopped an act.
    """
    signs = {
        sign for words in _strings(value) for sign in readable(words) if not (sign.isascii() and sign.isprintable())
    }
    table = {ord(sign): _instead(sign) for sign in signs - {"\n"} if not _has_glyph(sign, fonts)}
    return _translated(value, table)


def _instead(sign: str) -> str:
    return "" if unicodedata.category(sign) in ("Cc", "Cf") else UNSHOWN


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _strings(part)


def _translated(value: Any, table: dict[int, str]) -> Any:
    if isinstance(value, dict):
        return {name: _translated(part, table) for name, part in value.items()}
    if isinstance(value, list):
        return [_translated(part, table) for part in value]
    return readable(value).translate(table) if isinstance(value, str) else value


@cache
def _has_glyph(sign: str, fonts: Path) -> bool:
    """Asked of typst itself, which has fonts of its own that no list of ours would keep up with."""
    try:
        _compiled(SIGN, fonts, {"sign": sign}, 0)
    except typst.TypstError:
        return False
    return True


def _qr(address: str) -> str:
    drawn = io.BytesIO()
    segno.make(address, error="m", micro=False).save(drawn, kind="svg", border=0, xmldecl=False)
    return drawn.getvalue().decode()
