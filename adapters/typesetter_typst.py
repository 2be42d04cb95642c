"""Sets written words as the page of a PDF with typst: PDF/A-3a and PDF/UA-1, the words attached as canonical JSON.

The same words, theme, logo and instant give the same bytes, so that an activity can be repeated. It writes no words.
"""

import asyncio
import io
from datetime import UTC, datetime
from pathlib import Path

import pikepdf
import rfc8785
import segno
import typst

from adapters.fonts import fonts_dir
from domain.errors import PersonMustAct
from domain.minutes import WrittenDocument
from domain.territory import Theme

SHEET = Path(__file__).resolve().parent.parent / "templates" / "typst" / "document.typ"
STANDARDS: list["typst.PDFStandard"] = ["a-3a", "ua-1"]


class TypstTypesetter:
    """`fonts` is the folder with the typeface; None: the one that the project makes from its web font."""

    def __init__(self, fonts: Path | None = None) -> None:
        self._fonts = fonts

    async def pdf(self, document: WrittenDocument, theme: Theme, logo: bytes, at: datetime) -> bytes:
        """The PDF of `document`, dated `at`. `logo` is an SVG. Raises `PersonMustAct('page_not_set')`."""
        return await asyncio.to_thread(self._compile, document, theme, logo, at)

    def pages(self, pdf: bytes) -> int:
        """How many pages a PDF of ours has."""
        with pikepdf.open(io.BytesIO(pdf)) as opened:
            return len(opened.pages)

    def _compile(self, document: WrittenDocument, theme: Theme, logo: bytes, at: datetime) -> bytes:
        inputs = {
            "document": rfc8785.dumps(document.model_dump(mode="json")).decode(),
            "theme": theme.model_dump_json(),
            "logo": logo.decode(),
        }
        if document.verification_url:
            inputs["qr"] = _qr(document.verification_url)
        try:
            made = typst.compile(
                SHEET,
                root=SHEET.parent,
                font_paths=[self._fonts or fonts_dir()],
                # What a computer happens to have installed must not change a document.
                ignore_system_fonts=True,
                sys_inputs=inputs,
                format="pdf",
                pdf_standards=STANDARDS,
                timestamp=int(at.astimezone(UTC).timestamp()),
            )
        except typst.TypstError as error:
            raise PersonMustAct("page_not_set", reason=error.message) from error
        assert isinstance(made, bytes)
        return made


def _qr(address: str) -> str:
    drawn = io.BytesIO()
    segno.make(address, error="m", micro=False).save(drawn, kind="svg", border=0, xmldecl=False)
    return drawn.getvalue().decode()
