"""Several deposited files become one PDF/A. Runs only inside `process`, under its limits."""

from datetime import datetime
from typing import Any

from adapters.intake.examine import examine
from adapters.intake.pages import pages_of
from adapters.intake.pdfa_images import PdfaFromImages
from adapters.intake.words import Reader
from adapters.limited.limits import allow_time_for
from adapters.limited.work import Work
from domain.errors import Refusal
from domain.files import MIB, MOST_PAGES
from domain.refusals.files import FILE_GROWS_TOO_LARGE, FILE_TOO_MANY_PAGES


def fix(work: Work) -> dict[str, Any]:
    """Make the reading copy of all parts. Raises Refusal.

    Every page becomes an image, whatever a file says of itself: a claim to be PDF/A proves nothing. The words that it
    has, or that are read in it, lie unseen over it.
    """
    job, signatures, total = work.job, [], 0
    for number, kind in enumerate(job["types"], 1):
        work.at(number)
        examined = examine(work.part(number), kind, number)
        total += examined.pages
        signatures.append(examined.signatures)
        if total > MOST_PAGES:
            raise Refusal(FILE_TOO_MANY_PAGES, part=number, limit=MOST_PAGES)
    allow_time_for(total)
    reader = Reader() if job["read"] else None
    document = PdfaFromImages(job["title"], job["language"], datetime.fromisoformat(job["at"]))
    for number, kind in enumerate(job["types"], 1):
        work.at(number, 1)
        for page, sheet in enumerate(pages_of(work.part(number), kind, number), 1):
            words = sheet.words or (reader.read(sheet.image, sheet.tall) if reader else ())
            document.add_page(sheet.image, sheet.tall, words)
            if document.size > job["largest"]:
                raise Refusal(FILE_GROWS_TOO_LARGE, part=number, page=page, limit_mb=job["largest"] // MIB)
            work.at(number, page + 1)
    work.keep(document.written())
    return {"pages": document.pages, "signatures": signatures}
