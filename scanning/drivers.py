"""All scanners of an office computer, whichever the way to them."""

from collections.abc import Sequence

from scanning.scanner import Colours, Driver, Page, Scanner, ScannerTrouble, Which


class Drivers:
    """Several `Driver`s as one."""

    def __init__(self, drivers: Sequence[Driver]) -> None:
        self._drivers = drivers
        self._by_scanner: dict[str, Driver] = {}

    async def found(self) -> list[Scanner]:
        """Raises what the first way told that knows more than that it has none."""
        scanners: list[Scanner] = []
        troubles: list[ScannerTrouble] = []
        by_scanner: dict[str, Driver] = {}
        for driver in self._drivers:
            try:
                mine = await driver.found()
            except ScannerTrouble as trouble:
                troubles.append(trouble)
                continue
            scanners += mine
            by_scanner |= {scanner.id: driver for scanner in mine}
        self._by_scanner = by_scanner
        if not scanners:
            told = [trouble for trouble in troubles if trouble.code != "no_scanner"]
            raise told[0] if told else ScannerTrouble("no_scanner")
        return scanners

    async def page(self, id: str, colours: Colours, which: Which = "one") -> Page | None:
        if id not in self._by_scanner:
            await self.found()
        if id not in self._by_scanner:
            raise ScannerTrouble("no_scanner")
        return await self._by_scanner[id].page(id, colours, which)

    async def close(self) -> None:
        for driver in self._drivers:
            await driver.close()
