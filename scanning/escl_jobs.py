"""The jobs of one eSCL scanner: at most one at a time, whose pages are each taken once.

A page that broke on its way is never asked for again: the scanner would give the next sheet in its place. The job ends,
and the sheet is scanned anew. A job ends, too, when nobody asks for its next page, so that others may use the scanner.
"""

import asyncio
from contextlib import suppress
from dataclasses import dataclass

from scanning import escl_xml as xml
from scanning.escl_http import Address, Requests
from scanning.scanner import JPEG, LARGEST_PAGE, PNG, Colours, Page, ScannerTrouble, Which

SOON = 0.5
"""Seconds until a scanner is asked again that says 503 and not when."""
LATEST = 5.0
JPEG_BEGIN, JPEG_END, PNG_BEGIN, PNG_END = b"\xff\xd8\xff", b"\xff\xd9", b"\x89PNG\r\n\x1a\n", b"IEND\xaeB`\x82"
PADDING = 4096
"""Bytes that some scanners add after the end of a JPEG."""
FAILED = {"Aborted", "Canceled"}


@dataclass(frozen=True)
class Job:
    path: str
    feeder: bool


class NetworkScanner:
    def __init__(self, address: Address, silence: float, longest: float) -> None:
        self._address, self._silence = address, silence
        self._requests = Requests(address, silence, longest)
        self._busy = asyncio.Lock()
        self._job: Job | None = None
        self._forgetting: asyncio.Task[None] | None = None

    async def name(self) -> str:
        return (await self._abilities()).name

    async def page(self, colours: Colours, which: Which) -> Page | None:
        """None after the last sheet of the feeder. Raises `ScannerTrouble`; no job is open then."""
        if self._busy.locked():
            raise ScannerTrouble("scanner_busy")
        async with self._busy:
            self._stay()
            if which == "next" and self._job is None:
                raise ScannerTrouble("scan_cancelled")
            if which != "next":
                await self._end()
                self._job = await self._begun(colours)
            assert self._job is not None
            try:
                page = await self._next(self._job, which)
            except BaseException:
                await asyncio.shield(self._end())
                raise
            if page is None or not page.more:
                await self._end()
            else:
                self._forgetting = asyncio.create_task(self._forget())
            if page is None and which != "next":
                raise ScannerTrouble("no_paper")
            return page

    async def close(self) -> None:
        self._stay()
        await self._end()

    async def _begun(self, colours: Colours) -> Job:
        abilities, status = await self._abilities(), await self._status()
        if trouble := status.trouble():
            raise ScannerTrouble(trouble)
        feeder = xml.FEEDER in abilities.sources and status.feeder == "ScannerAdfLoaded"
        if not feeder and xml.GLASS not in abilities.sources:
            raise ScannerTrouble("no_paper")
        asked = xml.settings(abilities, xml.FEEDER if feeder else xml.GLASS, colours)
        answer = await self._requests.ask("POST", "/ScanJobs", xml.LARGEST, asked)
        if answer.status == 201:
            return Job(self._address.path_of(answer.location), feeder)
        busy = "scanner_busy" if answer.status == 503 else "scanner_garbled"
        raise ScannerTrouble((await self._status()).trouble() or busy)

    async def _next(self, job: Job, which: Which) -> Page | None:
        patience = asyncio.get_running_loop().time() + self._silence
        while True:
            answer = await self._requests.ask("GET", f"{job.path}/NextDocument", LARGEST_PAGE)
            if answer.status == 200:
                return Page(answer.body, picture_type(answer.body), more=job.feeder and which != "one")
            status = await self._status()
            if trouble := status.trouble():
                raise ScannerTrouble(trouble)
            ended = status.jobs.get(job.path.rpartition("/")[2])
            if answer.status == 404 and ended not in FAILED:
                return None
            if answer.status in (404, 410) or ended in FAILED:
                raise ScannerTrouble("scan_cancelled")
            if answer.status not in (409, 503):
                raise ScannerTrouble("scanner_garbled")
            if asyncio.get_running_loop().time() > patience:
                raise ScannerTrouble("scanner_silent")
            await asyncio.sleep(min(answer.retry_after or SOON, LATEST))

    async def _abilities(self) -> xml.Abilities:
        return xml.abilities_of(await self._said("/ScannerCapabilities"))

    async def _status(self) -> xml.Status:
        return xml.status_of(await self._said("/ScannerStatus"))

    async def _said(self, path: str) -> bytes:
        try:
            answer = await self._requests.ask("GET", path, xml.LARGEST)
        except ScannerTrouble as trouble:
            raise ScannerTrouble("scanner_garbled" if trouble.code == "page_too_large" else trouble.code) from trouble
        if answer.status != 200:
            raise ScannerTrouble("scanner_busy" if answer.status == 503 else "scanner_garbled")
        return answer.body

    async def _end(self) -> None:
        """Let the scanner go; what it says of it changes nothing."""
        job, self._job = self._job, None
        if job is not None:
            with suppress(ScannerTrouble):
                await self._requests.ask("DELETE", job.path, xml.LARGEST)

    async def _forget(self) -> None:
        await asyncio.sleep(self._silence)
        async with self._busy:
            self._forgetting = None
            await self._end()

    def _stay(self) -> None:
        if self._forgetting is not None:
            self._forgetting.cancel()
            self._forgetting = None


def picture_type(content: bytes) -> str:
    """Raises `ScannerTrouble` `page_no_picture` for what is none, or not whole."""
    if content.startswith(JPEG_BEGIN) and JPEG_END in content[-PADDING:]:
        return JPEG
    if content.startswith(PNG_BEGIN) and content.endswith(PNG_END):
        return PNG
    raise ScannerTrouble("page_no_picture")
