"""One page of a PDF as a PNG, or as its text. Runs only inside `process`."""

import io
import math
from typing import Any

import pypdfium2  # type: ignore[import-untyped]

from adapters.intake.pages import MOST_PIXELS_OF_A_PAGE
from adapters.limited.work import Work
from domain.errors import PersonMustAct, Refusal
from domain.refusals.documents import NO_SUCH_PAGE

A4_AT_72_DPI = 595.0


def picture(work: Work) -> dict[str, Any]:
    """As wide as asked for, or less where the page is too long for that."""
    leaf = _leaf(work)
    width, height = leaf.get_size()
    scale = (work.job["width"] - 0.5) / (width or A4_AT_72_DPI)  # pdfium rounds up
    if width > 0 and height > 0:
        scale = min(scale, math.sqrt(MOST_PIXELS_OF_A_PAGE / (width * height)))
    drawn = io.BytesIO()
    # Annotations are drawn too: the stamps of signatures are what people look for.
    leaf.render(scale=scale, may_draw_forms=True).to_pil().save(drawn, "PNG")
    work.keep(drawn.getvalue())
    return {}


def words(work: Work) -> dict[str, Any]:
    """What is written on the page; nothing on one that is a picture itself."""
    written = str(_leaf(work).get_textpage().get_text_range())
    # A word divided at the end of a line carries U+FFFE where the hyphen was drawn.
    work.keep(written.replace("\ufffe\r\n", "").replace("\ufffe", "").replace("\r\n", "\n").strip().encode())
    return {}


def _leaf(work: Work) -> Any:
    page: int = work.job["page"]
    try:
        document = pypdfium2.PdfDocument(work.part(1))
    except pypdfium2.PdfiumError as error:
        raise PersonMustAct("document_unreadable") from error
    if not 1 <= page <= len(document):
        raise Refusal(NO_SUCH_PAGE, page=page, pages=len(document))
    return document[page - 1]
