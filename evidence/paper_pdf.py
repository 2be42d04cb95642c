"""The paper as PDF, set with typst where that is installed: the verifier itself does without it.

The same report gives the same bytes: no clock is asked, and no font of the machine is used.
"""

import json
from datetime import datetime
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from evidence.paper import Block, Bullets, Heading, Paper, Rows, Text

if TYPE_CHECKING:
    from types import ModuleType

    import typst

__all__ = ["TypesetterMissing", "render_pdf", "typesetter"]

STANDARDS: Final[list["typst.PDFStandard"]] = ["a-3a", "ua-1"]
SHOWN: Final = ((0x20, 0x7E), (0xA0, 0x17F), (0x2013, 0x2014), (0x2018, 0x201A), (0x201C, 0x201E), (0x2022, 0x2022),
                (0x2026, 0x2026), (0x20AC, 0x20AC))  # fmt: skip
"""Code points that typst's own typefaces have: the languages of Europe that are written in Latin letters.

Standard: PDF/A (ISO 19005-3, 6.2.11.8) forbids text without a glyph; what is beyond is printed as its code."""


class TypesetterMissing(Exception):
    """typst is not installed."""


def typesetter() -> "ModuleType":
    """The optional library that sets the page."""
    try:
        import typst
    except ImportError as error:
        raise TypesetterMissing from error
    return typst


def render_pdf(paper: Paper) -> bytes:
    """The whole file, PDF/A-3a and PDF/UA-1; `TypesetterMissing` where it cannot be made."""
    typst = typesetter()
    sheet = Path(str(files(__package__).joinpath("paper.typ")))
    inputs = {"paper": json.dumps(_printable(_value(paper)), ensure_ascii=False)}
    made = typst.compile(
        sheet,
        root=sheet.parent,
        font_paths=typst.Fonts(include_system_fonts=False),
        sys_inputs=inputs,
        format="pdf",
        pdf_standards=STANDARDS,
        timestamp=int(datetime.fromisoformat(paper.dated).timestamp()) if paper.dated else 0,
    )
    assert isinstance(made, bytes)
    return made


def _value(paper: Paper) -> dict[str, Any]:
    return {
        "language": paper.language,
        "title": paper.title,
        "reference": paper.reference,
        "verdict": paper.verdict,
        "word": paper.word,
        "summary": paper.summary,
        "page": paper.page,
        "blocks": [_block(block) for block in paper.blocks],
    }


def _block(block: Block) -> dict[str, Any]:
    match block:
        case Heading(text, level):
            return {"kind": "heading", "text": text, "level": level}
        case Text(text):
            return {"kind": "text", "text": text}
        case Bullets(items):
            return {"kind": "bullets", "items": list(items)}
        case Rows(header, rows, widths):
            return {"kind": "rows", "header": list(header), "rows": [list(row) for row in rows], "widths": list(widths)}


def _printable(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _printable(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_printable(one) for one in value]
    return "".join(map(_sign, value)) if isinstance(value, str) else value


def _sign(sign: str) -> str:
    has_glyph = sign == "\n" or any(first <= ord(sign) <= last for first, last in SHOWN)
    return sign if has_glyph else f"<U+{ord(sign):04X}>"
