"""Pages of a PDF as pictures, the way people read them on screen: rendered by pdfium, one at a time."""

import asyncio
import io
import threading

import pypdfium2  # type: ignore[import-untyped]

from domain.errors import PersonMustAct, Refusal
from domain.refusals.documents import NO_SUCH_PAGE

WIDEST = 2400
"""Pixels. More would only help somebody who wants to keep the processor busy."""

A4_AT_72_DPI = 595.0


class PicturesPdfium:
    """`PagePictures`. pdfium is not thread-safe: one lock for the whole process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()

    async def png(self, pdf: bytes, page: int, width: int) -> bytes:
        """Raises `Refusal('no_such_page')`, `PersonMustAct('document_unreadable')`."""
        return await asyncio.to_thread(self._png, pdf, page, min(width, WIDEST))

    def _png(self, pdf: bytes, page: int, width: int) -> bytes:
        with self._lock:
            try:
                document = pypdfium2.PdfDocument(pdf)
            except pypdfium2.PdfiumError as error:
                raise PersonMustAct("document_unreadable") from error
            try:
                if not 1 <= page <= len(document):
                    raise Refusal(NO_SUCH_PAGE, page=page, pages=len(document))
                leaf = document[page - 1]
                # Annotations are drawn too: the stamps of signatures are what people look for.
                scale = (width - 0.5) / (leaf.get_width() or A4_AT_72_DPI)  # pdfium rounds up
                bitmap = leaf.render(scale=scale, may_draw_forms=True)
                picture = io.BytesIO()
                bitmap.to_pil().save(picture, "PNG")
                return picture.getvalue()
            finally:
                document.close()
