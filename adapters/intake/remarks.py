"""Notes and drawings laid over the pages of a PDF (annotations, ISO 32000-2 12.5) that a picture of the page lacks.

Runs only inside `process`.
"""

import re
from collections.abc import Iterator
from typing import Any

import pikepdf

from adapters.intake.words import clean
from domain.files import LONGEST_REMARK

NO_REMARK = ("/Link", "/Widget", "/PrinterMark", "/TrapNet")
"""Their `Contents` describe what they lead to or ask for."""
DRAWN_ANYHOW = ("/Text", "/Ink", "/Highlight", "/Underline", "/StrikeOut", "/Squiggly", "/Square", "/Circle")
"""pdfium draws these where they bring no picture of themselves; measured, and tried in a test."""
TAG = re.compile(r"<[^>]*>")


def remarks(pdf: pikepdf.Pdf) -> Iterator[dict[str, Any]]:
    """As `domain.procedure.documents.Remark`, in the order of the pages."""
    for number, page in enumerate(pdf.pages, 1):
        laid = page.obj.get("/Annots")
        for one in laid if isinstance(laid, pikepdf.Array) else []:
            if isinstance(one, pikepdf.Dictionary) and (said := remark(one)) is not None:
                yield {"page": number, "words": said}


def remark(annotation: pikepdf.Dictionary) -> str | None:
    """What an annotation says, or "" for a drawing without words; None where its page shows all of it."""
    kind = annotation.get("/Subtype")
    if not isinstance(kind, pikepdf.Name) or str(kind) in NO_REMARK:
        return None
    if kind == "/Popup" and "/Parent" in annotation:
        return None  # a window for the words of another
    pictured = isinstance(annotation.get("/AP"), pikepdf.Dictionary) and "/N" in annotation["/AP"]
    if kind == "/FreeText" and pictured:
        return None  # its words are what is drawn
    words = said_in(annotation)
    return words if words or not (pictured or str(kind) in (*DRAWN_ANYHOW, "/Popup")) else None


def said_in(annotation: pikepdf.Dictionary) -> str:
    """Its words, cut, or those of its formatted text."""
    for key in ("/Contents", "/RC"):
        value = annotation.get(key)
        if isinstance(value, pikepdf.String):
            words = clean(str(value) if key == "/Contents" else TAG.sub(" ", str(value)))
            if words:
                return words if len(words) <= LONGEST_REMARK else words[: LONGEST_REMARK - 1] + "…"
    return ""
