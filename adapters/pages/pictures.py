"""Pages of a PDF as people read them on screen, as pictures and as text: by pdfium, one at a time."""

import asyncio
import io
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

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

    async def words(self, pdf: bytes, page: int) -> str:
        """Raises as `png`. Empty for a page that is a picture itself."""
        return await asyncio.to_thread(self._words, pdf, page)

    def _png(self, pdf: bytes, page: int, width: int) -> bytes:
        with self._leaf(pdf, page) as leaf:
            # Annotations are drawn too: the stamps of signatures are what people look for.
            scale = (width - 0.5) / (leaf.get_width() or A4_AT_72_DPI)  # pdfium rounds up
            bitmap = leaf.render(scale=scale, may_draw_forms=True)
            picture = io.BytesIO()
            bitmap.to_pil().save(picture, "PNG")
            return picture.getvalue()

    def _words(self, pdf: bytes, page: int) -> str:
        with self._leaf(pdf, page) as leaf:
            written = str(leaf.get_textpage().get_text_range())
        # A word divided at the end of a line carries U+FFFE where the hyphen was drawn.
        return written.replace("\ufffe\r\n", "").replace("\ufffe", "").replace("\r\n", "\n").strip()

    @contextmanager
    def _leaf(self, pdf: bytes, page: int) -> Iterator[Any]:
        with self._lock:
            try:
                document = pypdfium2.PdfDocument(pdf)
            except pypdfium2.PdfiumError as error:
                raise PersonMustAct("document_unreadable") from error
            try:
                if not 1 <= page <= len(document):
                    raise Refusal(NO_SUCH_PAGE, page=page, pages=len(document))
                yield document[page - 1]
            finally:
                document.close()
