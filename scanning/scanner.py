"""What the agent asks of a scanner, whatever the way to it: `sane` (SANE's drivers) or `escl` (over the network)."""

from dataclasses import dataclass
from typing import Literal, Protocol, get_args

RESOLUTION = 200
"""Dots per inch. Law: RD 1065/2015 annex IV and the norm on digitisation of documents ask for at least 200."""
LONGEST_SILENCE = 60.0
"""Seconds: a lamp that warms up gives nothing for so long."""
LARGEST_PAGE = 100 * 1024**2
PNG, JPEG = "image/png", "image/jpeg"

Colours = Literal["grey", "colour"]
Which = Literal["one", "first", "next"]
"""`one` page; the `first` of what lies in the feeder; the `next` one of it, after `first`."""
COLOURS: tuple[Colours, ...] = get_args(Colours)
WHICH: tuple[Which, ...] = get_args(Which)


class ScannerTrouble(Exception):
    """`code` says what the person at the scanner has to settle."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Scanner:
    id: str
    """As the way to it names it."""
    name: str
    """Maker and model."""


@dataclass(frozen=True)
class Page:
    picture: bytes
    media_type: str
    more: bool = False
    """Whether the feeder may have a next one."""


class Driver(Protocol):
    """One way to scanners. Each page is given once: one that did not arrive whole is scanned again from its paper."""

    async def found(self) -> list[Scanner]:
        """Those that answer now. Raises `ScannerTrouble` `no_scanner` when none does."""

    async def page(self, id: str, colours: Colours, which: Which = "one") -> Page | None:
        """The whole glass or a sheet of the feeder; None: the feeder gave all it had. Raises `ScannerTrouble`."""

    async def close(self) -> None:
        """Leave every scanner free for others."""
