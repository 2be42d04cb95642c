"""Deposited files become one PDF/A: what enters the file of the case, as a digitised copy (RDL 6/2023 art. 40.1).

Hostile input is expected. This process reads headers only; parsers run in `process`, one short-lived process per
deposit, with little memory, little time, no network and none of our secrets.
"""

import signal
from collections.abc import Sequence
from datetime import datetime

from adapters.intake import PROGRAM
from adapters.intake.types import media_types
from adapters.limited.processes import Ending, LimitedProcesses
from domain.errors import Refusal
from domain.files import LARGEST_READING_COPY, LONGEST_TAKING_IN
from domain.ports.documents import FixedDocument
from domain.refusals.files import FILE_TAKES_TOO_LONG, FILE_TAKES_TOO_MUCH_MEMORY, FILE_UNREADABLE

# Libraries in C end their process so when memory is refused to them; the kernel, when a machine has no more.
OUT_OF_MEMORY = {-signal.SIGABRT, -signal.SIGTRAP, -signal.SIGILL, -signal.SIGKILL}


class IntakePdf:
    """The `DocumentIntake` port. `seconds` a deposit may take by the clock, and `largest` bytes its copy may have."""

    def __init__(
        self, seconds: float = LONGEST_TAKING_IN, largest: int = LARGEST_READING_COPY, read: bool = True
    ) -> None:
        """`read`: whether words are looked for in pictures (tesseract)."""
        self._seconds = seconds
        self._largest = largest
        self._read = read
        self._processes = LimitedProcesses(PROGRAM)

    def inspect(self, parts: Sequence[bytes]) -> list[str]:
        """Media types of the parts by content. Raises Refusal for what can be told from size and header."""
        return media_types(parts)

    async def fix(self, parts: Sequence[bytes], title: str, languages: Sequence[str], at: datetime) -> FixedDocument:
        """One PDF/A-3b of all parts, pages in their order, each an image. The same parts and words give the same bytes.

        Raises Refusal with the `part` it is about: what is wrong with it, or which limit it reached, and at which page.
        """
        job = {
            "do": "fix",
            "title": title,
            "languages": list(languages),
            "at": at.isoformat(),
            "types": self.inspect(parts),
            "largest": self._largest,
            "read": self._read,
        }
        return outcome(await self._processes.run(job, parts, self._seconds))

    async def close(self) -> None:
        await self._processes.close()


def outcome(ending: Ending) -> FixedDocument:
    """What the process made. Raises Refusal: its own, or that of the limit by which it was ended."""
    said = ending.said
    if "refusal" in said:
        raise Refusal.told(said["refusal"], **said["params"])
    if "result" in said:
        return FixedDocument(pdf=ending.made, **said["result"])
    part, page = said.get("part", 1), said.get("page") or 1
    if ending.status in (None, -signal.SIGXCPU):
        raise Refusal(FILE_TAKES_TOO_LONG, part=part, page=page)
    if "out_of_memory" in said or ending.status in OUT_OF_MEMORY:
        raise Refusal(FILE_TAKES_TOO_MUCH_MEMORY, part=part, page=page)
    raise Refusal(FILE_UNREADABLE, part=part, page=page)
