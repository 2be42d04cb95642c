"""Deposited files become one PDF/A: what enters the file of the case, as a digitised copy (RDL 6/2023 art. 40.1).

Hostile input is expected. This process reads headers only; parsers run in `intake_process`, one short-lived process
per deposit, with little memory, little time, no network and none of our secrets.
"""

import asyncio
import json
import os
import sys
import tempfile
from asyncio.subprocess import Process
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from adapters.intake.process import BEGUN
from adapters.intake.types import media_types
from domain.errors import Refusal
from domain.ports.documents import FixedDocument
from domain.refusals.files import FILE_UNREADABLE

PROJECT = Path(__file__).resolve().parents[2]
SECONDS = 180.0
"""Wall time for the largest deposit; the process limits its own CPU time long before."""


class IntakePdf:
    """The `DocumentIntake` port. `scratch`: where the private folders are made; the system's own place if None."""

    def __init__(self, scratch: Path | None = None) -> None:
        self._scratch = scratch
        self._processes = LimitedProcesses()

    def inspect(self, parts: Sequence[bytes]) -> list[str]:
        """Media types of the parts by content. Raises Refusal for what can be told from size and header."""
        return media_types(parts)

    async def fix(self, parts: Sequence[bytes], title: str, language: str, at: datetime) -> FixedDocument:
        """One PDF/A-3b of all parts, pages in their order. The same parts and words give the same bytes.

        A single PDF that says it is PDF/A and holds nothing active stays as it is; every other page becomes an image.
        Raises Refusal `file_encrypted`, `file_dangerous` (with `found`), `file_too_many_pages`, `file_empty`,
        `image_too_many_pixels` or `file_unreadable`, with `part`, besides those of `inspect`.
        """
        types = self.inspect(parts)
        with tempfile.TemporaryDirectory(prefix="estrado-intake-", dir=self._scratch) as private:
            folder = Path(private)
            job = {"title": title, "language": language, "at": at.isoformat(), "types": types}
            await asyncio.to_thread(lay_out, folder, parts, job)
            await self._processes.run(folder)
            return await asyncio.to_thread(outcome, folder)

    async def close(self) -> None:
        await self._processes.close()


class LimitedProcesses:
    """One process per deposit, the next one started ahead: importing the parsers takes longer than parsing a page."""

    def __init__(self) -> None:
        self._spare: Process | None = None
        self._preparing = asyncio.Lock()

    async def run(self, folder: Path) -> None:
        """Run a process to its end, whatever that is; what it achieved is in the folder."""
        spare, self._spare = self._spare, None
        if spare is not None:
            await _tell(spare, folder)
        if not (folder / BEGUN).exists():  # there was none yet, or it had died while it waited
            await _tell(await self._start(), folder)
        async with self._preparing:  # of several deposits that end at once only one leaves a process behind
            if self._spare is None:
                self._spare = await self._start()

    async def close(self) -> None:
        spare, self._spare = self._spare, None
        if spare is not None:
            await _end(spare)

    async def _start(self) -> Process:
        return await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "adapters.intake.process"),
            cwd=PROJECT,
            env={"PATH": os.defpath, "LANG": "C.UTF-8"},  # nothing of ours: no key, no address, no password
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.DEVNULL,
        )


async def _tell(process: Process, folder: Path) -> None:
    """Give a process its one job and see it to its end."""
    try:
        await asyncio.wait_for(process.communicate(os.fsencode(folder)), SECONDS)
    finally:
        await _end(process)


async def _end(process: Process) -> None:
    if process.returncode is None:
        process.kill()
        await process.wait()


def lay_out(folder: Path, parts: Sequence[bytes], job: dict[str, Any]) -> None:
    for number, part in enumerate(parts, 1):
        (folder / f"part-{number}").write_bytes(part)
    (folder / "job.json").write_text(json.dumps(job))


def outcome(folder: Path) -> FixedDocument:
    """What the process left. Raises Refusal; `file_unreadable` when it was ended by one of its limits."""
    try:
        result = json.loads((folder / "result.json").read_bytes())
    except (OSError, ValueError):
        raise Refusal(FILE_UNREADABLE, part=1) from None
    if "refusal" in result:
        raise Refusal.told(result["refusal"], **result["params"])
    return FixedDocument(pdf=(folder / "fixed.pdf").read_bytes(), pages=result["pages"])
