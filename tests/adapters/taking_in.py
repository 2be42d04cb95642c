"""A deposit taken in by the real intake, for the tests of what becomes of it."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime

from adapters.intake.intake import IntakePdf
from domain.files import LARGEST_READING_COPY
from domain.ports.documents import FixedDocument

AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
TITLE = "Certificado de empadronamiento <2026> & más"


@asynccontextmanager
async def intake(seconds: float = 110, largest: int = LARGEST_READING_COPY) -> AsyncIterator[IntakePdf]:
    opened = IntakePdf(seconds, largest)
    try:
        yield opened
    finally:
        await opened.close()


async def fixed(*parts: bytes, title: str = TITLE, languages: Sequence[str] = ("es",)) -> FixedDocument:
    async with intake() as opened:
        return await opened.fix(parts, title, languages, AT)
