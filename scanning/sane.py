"""The scanners of this computer through SANE's own program, one call a page: a crash of a driver is not ours."""

import asyncio
import re
from asyncio.subprocess import DEVNULL, PIPE

from scanning.scanner import (
    LARGEST_PAGE,
    LONGEST_SILENCE,
    PNG,
    RESOLUTION,
    Colours,
    Page,
    Scanner,
    ScannerTrouble,
    Which,
)

CHUNK = 64 * 1024
PNG_END = b"IEND\xaeB`\x82"

STATUS = {3: "scanner_busy", 6: "paper_jam", 7: "no_paper", 8: "cover_open", 11: "scanner_refuses"}
"""What `scanimage` ends with is the SANE status (SANE standard 1.6, 4.2.7). Any other: the scanner does not answer."""
MODES = re.compile(r"^\s+--mode (\S.*?) \[", re.MULTILINE)
WANTED: dict[Colours, tuple[str, ...]] = {"grey": ("gray", "grey"), "colour": ("colo",)}


class SaneScanners:
    """`Driver`."""

    def __init__(self, silence: float = LONGEST_SILENCE) -> None:
        self._silence = silence
        self._found: dict[str, Scanner] = {}
        self._modes: dict[str, list[str]] = {}
        self._free = asyncio.Lock()

    async def found(self) -> list[Scanner]:
        """Those that answer now. Raises `ScannerTrouble` `no_scanner` when none does."""
        listed = (await _scanimage(self._silence, "-f", "%d\t%v %m%n")).decode(errors="replace")
        lines = [line.split("\t", 1) for line in listed.splitlines() if "\t" in line]
        self._found = {id: Scanner(id, name) for id, name in lines}
        if not self._found:
            raise ScannerTrouble("no_scanner")
        return list(self._found.values())

    async def page(self, id: str, colours: Colours, which: Which = "one") -> Page:
        """One page as PNG, of the whole glass or the next one of the feeder, which SANE's program cannot keep going.

        Raises `ScannerTrouble`.
        """
        if id not in self._found:  # a stranger's text never becomes an argument
            await self.found()
        if id not in self._found:
            raise ScannerTrouble("no_scanner")
        if self._free.locked():
            raise ScannerTrouble("scanner_busy")
        async with self._free:
            mode = await self._mode(id, colours)
            asked = ["-d", id, "--format=png", "--resolution", str(RESOLUTION), "-x", "210", "-y", "297"]
            page = await _scanimage(self._silence, *asked, *(["--mode", mode] if mode else []))
        if not page.endswith(PNG_END):  # drivers now and then call half a page, or none, a success
            raise ScannerTrouble("scanner_silent")
        return Page(page, PNG)

    async def close(self) -> None:
        """No scanner is held between two pages."""

    async def _mode(self, id: str, colours: Colours) -> str | None:
        """What this scanner calls it; every driver has names of its own."""
        if id not in self._modes:
            options = (await _scanimage(self._silence, "-d", id, "-A")).decode(errors="replace")
            named = MODES.search(options)
            self._modes[id] = named[1].split("|") if named else []
        return next((mode for mode in self._modes[id] for part in WANTED[colours] if part in mode.lower()), None)


async def _scanimage(silence: float, *arguments: str) -> bytes:
    """What it prints. `silence`: seconds without a byte after which it will not come; drivers hang now and then."""
    try:
        process = await asyncio.create_subprocess_exec(
            "scanimage", *arguments, stdin=DEVNULL, stdout=PIPE, stderr=DEVNULL
        )
    except FileNotFoundError as missing:
        raise ScannerTrouble("scanner_program_missing") from missing
    assert process.stdout is not None
    made = bytearray()
    try:
        while piece := await asyncio.wait_for(process.stdout.read(CHUNK), silence):
            made += piece
            if len(made) > LARGEST_PAGE:
                raise ScannerTrouble("page_too_large")
        ended = await asyncio.wait_for(process.wait(), silence)
    except TimeoutError as late:
        raise ScannerTrouble("scanner_silent") from late
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if ended:
        raise ScannerTrouble(STATUS.get(ended, "scanner_silent"))
    return bytes(made)
