"""PDFs that the simulator hands out: receipts, and what the foreign authority sends. Invented, and they say so."""

import io
from collections.abc import Iterable
from datetime import datetime

import pikepdf

from adapters.pages.typesetter import TypstTypesetter
from domain.procedure.minutes import Paragraph, Table, WrittenDocument
from domain.types.territory import Theme

THEME = Theme(brand="#3b3b3b", on_brand="#ffffff", link="#1d4f91", focus="#b3541e", accent="#1f6f54", logo="none.svg")
LOGO = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><path fill="#3b3b3b" d="M2 2h20v20H2z"/></svg>'


async def paper(
    title: str,
    body: str,
    reference: str,
    said: str,
    rows: Iterable[tuple[str, str]],
    at: datetime,
    *,
    alone: bool = True,
) -> bytes:
    """One page. `alone`: with nothing attached to it."""
    words = WrittenDocument(
        title=title,
        language="es",
        administration="Entorno de pruebas",
        body=body,
        reference=reference,
        blocks=(
            Paragraph(id="said", text=said),
            Table(id="facts", caption="Datos", header=("Dato", "Contenido"), rows=tuple(rows)),
        ),
    )
    made = await TypstTypesetter().pdf(words, THEME, LOGO, at)
    return _alone(made) if alone else made


def _alone(pdf: bytes) -> bytes:
    """Without the words that our typesetter attaches: no system of others sends them along."""
    written = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        for name in list(opened.attachments):
            del opened.attachments[name]
        if "/AF" in opened.Root:
            del opened.Root.AF
        opened.save(written, deterministic_id=True)
    return written.getvalue()
