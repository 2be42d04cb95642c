"""The process in which deposited files are parsed: `python -m adapters.intake_process FOLDER`.

Limits itself before it imports any parser. Reads `job.json` and `part-N`, writes `fixed.pdf` and `result.json`; when
a limit ends it, there is no result, and that is the answer.
"""

import ctypes
import json
import resource
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

from domain.errors import Refusal

MEMORY = 1024**3
LARGEST_FILE = 300 * 1024**2
OPEN_FILES = 64
MOST_PAGES = 500
CPU_TO_EXAMINE, CPU_PER_PAGE, CPU_AT_MOST = 10, 0.5, 160

CLONE_NEWUSER, CLONE_NEWNET = 0x10000000, 0x40000000
PR_SET_NO_NEW_PRIVS = 38


def main(folder: Path) -> None:
    limit_resources()
    leave_network()
    try:
        result: dict[str, Any] = {"pages": fix(folder)}
    except Refusal as refusal:
        result = {"refusal": refusal.code, "params": refusal.params}
    (folder / "result.json").write_text(json.dumps(result))


def limit_resources() -> None:
    """F-40: 10 s of CPU until the number of pages is known, 1 GiB of memory, no core dump, bounded output."""
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_TO_EXAMINE, CPU_AT_MOST))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST_FILE, LARGEST_FILE))
    resource.setrlimit(resource.RLIMIT_NOFILE, (OPEN_FILES, OPEN_FILES))


def leave_network() -> bool:
    """Move into a network namespace of our own, without interfaces; False where the system forbids it.

    None of the parsers speaks to a network; this is for the day on which one of them is taken over. Where namespaces
    are forbidden (some container hosts), run the worker under a network policy (docs/operations.md).
    """
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    return any(libc.unshare(flags) == 0 for flags in (CLONE_NEWNET, CLONE_NEWUSER | CLONE_NEWNET))


def allow_time_for(pages: int) -> None:
    """More CPU time, once it is known how much honest work there is."""
    used = resource.getrusage(resource.RUSAGE_SELF).ru_utime
    soft = min(int(used + CPU_TO_EXAMINE + CPU_PER_PAGE * pages), CPU_AT_MOST)
    resource.setrlimit(resource.RLIMIT_CPU, (soft, CPU_AT_MOST))


def fix(folder: Path) -> int:
    """Write `fixed.pdf` and return its number of pages. Raises Refusal."""
    # Only now, under the limits: importing runs the libraries' own code, but parsing starts below.
    from adapters.intake_examine import examine
    from adapters.intake_pages import pages_of
    from adapters.pdfa_images import PdfaFromImages

    job = json.loads((folder / "job.json").read_text())
    parts = [folder / f"part-{number}" for number in range(1, len(job["types"]) + 1)]
    examined = [
        examine(path, kind, number) for number, (path, kind) in enumerate(zip(parts, job["types"], strict=True), 1)
    ]
    total = sum(part.pages for part in examined)
    if total > MOST_PAGES:
        raise Refusal("file_too_many_pages", part=len(parts), limit=MOST_PAGES)
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


if __name__ == "__main__":
    main(Path(sys.argv[1]))
