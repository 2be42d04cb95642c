"""What lies in the scanner and what is wrong with it, ordered from any process, for demonstrations and tests."""

import json
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path

from deploy.keys import write_private


class Trouble(StrEnum):
    NONE = "none"
    JAM = "jam"
    COVER_OPEN = "cover_open"
    CANCELLED = "cancelled"
    """Somebody presses the scanner's own button to stop."""
    CABLE_PULLED = "cable_pulled"
    """In the middle of a page."""
    SLOW = "slow"
    """503 a few times before each page."""
    HANGS = "hangs"
    """It takes a request and says nothing more."""
    BROKEN_XML = "broken_xml"
    ENTITIES = "entities"
    """XML that unfolds without end."""
    ENDLESS_XML = "endless_xml"
    NO_PICTURE = "no_picture"
    """A page that is a message of the maker's web server."""
    HALF_PAGE = "half_page"
    """A picture without its end, called a success."""
    ENDLESS_PAGE = "endless_page"
    LED_ELSEWHERE = "led_elsewhere"
    """The job is said to be at an address that is not the scanner's."""
    REDIRECTED = "redirected"
    LOCKED = "locked"
    """It wants a password."""
    BUSY = "busy"
    """Somebody else is scanning."""


@dataclass(frozen=True)
class Order:
    trouble: Trouble = Trouble.NONE
    at: int = 1
    """The page of a job at which it happens."""
    sheets: int = 0
    """In the feeder, from now on; a new order is a new pile."""
    glass: bool = True
    """Whether the scanner has one beside its feeder."""


def order(directory: Path, wanted: Order) -> None:
    directory.mkdir(parents=True, exist_ok=True)
    write_private(directory / "order.json", json.dumps(asdict(wanted)).encode())


def ordered(directory: Path) -> Order:
    try:
        kept = json.loads((directory / "order.json").read_bytes())
    except FileNotFoundError:
        return Order()
    return Order(**kept | {"trouble": Trouble(kept["trouble"])})
