"""Several deposited files become one PDF/A. Runs only inside `intake_process`, under its limits."""

import json
from datetime import datetime
from pathlib import Path

from adapters.intake.examine import examine
from adapters.intake.limits import allow_time_for
from adapters.intake.pages import pages_of
from adapters.intake.pdfa_images import PdfaFromImages
from domain.errors import Refusal
from domain.refusals.files import FILE_TOO_MANY_PAGES

MOST_PAGES = 500


def fix(folder: Path) -> int:
    """Write `fixed.pdf` as `job.json` asks and return its number of pages. Raises Refusal."""
    job = json.loads((folder / "job.json").read_text())
    parts = [folder / f"part-{number}" for number in range(1, len(job["types"]) + 1)]
    examined = [
        examine(path, kind, number) for number, (path, kind) in enumerate(zip(parts, job["types"], strict=True), 1)
    ]
    total = sum(part.pages for part in examined)
    if total > MOST_PAGES:
        raise Refusal(FILE_TOO_MANY_PAGES, part=len(parts), limit=MOST_PAGES)
    allow_time_for(total)
    if len(parts) == 1 and examined[0].pdfa:
        (folder / "fixed.pdf").write_bytes(parts[0].read_bytes())
        return total
    document = PdfaFromImages(job["title"], job["language"], datetime.fromisoformat(job["at"]))
    for number, (path, kind) in enumerate(zip(parts, job["types"], strict=True), 1):
        for image in pages_of(path, kind, number):
            document.add_page(image)
    document.save(folder / "fixed.pdf")
    return document.pages
