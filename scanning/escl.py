"""Network scanners that speak eSCL (AirScan, Mopria), at the addresses that this computer was told and at no other."""

import asyncio
from collections.abc import Sequence

from scanning.escl_http import Address
from scanning.escl_jobs import NetworkScanner
from scanning.scanner import LONGEST_SILENCE, Colours, Page, Scanner, ScannerTrouble, Which

LONGEST_ANSWER = 5
"""Silences that one answer may take in all: a page that trickles for ever is none."""


class NetworkScanners:
    """`Driver`. A scanner's id is its address."""

    def __init__(self, addresses: Sequence[Address], silence: float = LONGEST_SILENCE) -> None:
        self._scanners = {str(one): NetworkScanner(one, silence, LONGEST_ANSWER * silence) for one in addresses}

    async def found(self) -> list[Scanner]:
        """Raises what the first of them told when none answers as a scanner does."""
        asked = (scanner.name() for scanner in self._scanners.values())
        names = await asyncio.gather(*asked, return_exceptions=True)
        found = [Scanner(id, name) for id, name in zip(self._scanners, names, strict=True) if isinstance(name, str)]
        if not found:
            for name in names:
                if not isinstance(name, ScannerTrouble | str):
                    raise name
            told = [name.code for name in names if isinstance(name, ScannerTrouble)]
            away = {"scanner_silent", "no_scanner"}
            raise ScannerTrouble(next((code for code in told if code not in away), "no_scanner"))
        return found

    async def page(self, id: str, colours: Colours, which: Which = "one") -> Page | None:
        if id not in self._scanners:
            raise ScannerTrouble("no_scanner")
        return await self._scanners[id].page(colours, which)

    async def close(self) -> None:
        for scanner in self._scanners.values():
            await scanner.close()
