"""Several deposited files become one PDF/A. Runs only inside `process`, under its limits."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from adapters.intake.examine import examine
from adapters.intake.pages import pages_of, told_as_large
from adapters.intake.pdfa_images import PdfaFromImages
from adapters.intake.words import Reader
from adapters.limited.limits import allow_time_for
from adapters.limited.work import Work
from domain.errors import Refusal
from domain.files import MIB, MOST_PAGES, MOST_TOLD
from domain.refusals.files import FILE_GROWS_TOO_LARGE, FILE_TOO_MANY_PAGES

Told = Mapping[str, Any]
SLOWER = 2
"""A page larger than A3 has the time of so many more."""


def fix(work: Work) -> dict[str, Any]:
    """Make the reading copy of all parts. Raises Refusal.

    Every page becomes an image, whatever a file says of itself: a claim to be PDF/A proves nothing. The words that it
    has, or that are read in it, lie unseen over it.
    """
    job, signatures, remarks, total, slow = work.job, [], [], 0, 0
    for number, kind in enumerate(job["types"], 1):
        work.at(number)
        examined = examine(work.part(number), kind, number)
        total += examined.pages
        slow += examined.large
        signatures.append(examined.signatures)
        remarks.append(examined.remarks)
        if total > MOST_PAGES:
            raise Refusal(FILE_TOO_MANY_PAGES, part=number, limit=MOST_PAGES)
    allow_time_for(total + SLOWER * slow)
    reader = Reader(job["languages"]) if job["read"] else None
    document = PdfaFromImages(job["title"], job["languages"][0], datetime.fromisoformat(job["at"]))
    losses = []
    for number, kind in enumerate(job["types"], 1):
        large = []
        work.at(number, 1)
        for page, sheet in enumerate(pages_of(work.part(number), kind, number), 1):
            words = sheet.words or (reader.read(sheet.image, sheet.tall) if reader else ())
            document.add_page(sheet.image, sheet.tall, words, sheet.size)
            if (told := told_as_large(sheet, page)) is not None:
                large.append(told)
            if document.size > job["largest"]:
                raise Refusal(FILE_GROWS_TOO_LARGE, part=number, page=page, limit_mb=job["largest"] // MIB)
            work.at(number, page + 1)
        losses.append((remarks[number - 1], large))
    work.keep(document.written())
    return {"pages": document.pages, "signatures": signatures, "losses": list(_told(losses))}


def _told(losses: Iterable[tuple[Sequence[Told], Sequence[Told]]]) -> Iterator[dict[str, Any] | None]:
    """As `domain.procedure.documents.CopyLosses`, a part each: all are counted, the first of the deposit told."""
    notes, pages = MOST_TOLD, MOST_TOLD
    for remarks, large in losses:
        told = {"remarks": remarks[:notes], "large_pages": large[:pages]}
        counted = {"remark_count": len(remarks), "large_page_count": len(large)}
        notes, pages = max(notes - len(remarks), 0), max(pages - len(large), 0)
        yield told | counted if remarks or large else None
