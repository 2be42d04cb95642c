"""Troubles that can be ordered from the simulator, on its page or from any process, for demonstrations and tests."""

import json
from enum import StrEnum
from pathlib import Path

from deploy.keys import write_private


class Trouble(StrEnum):
    """What goes wrong with an identification."""

    NONE = "none"
    LOW_ASSURANCE = "low_assurance"
    """The person is identified by a means of the lowest level."""
    ANOTHER_PERSON = "another_person"
    """Somebody else is identified."""
    CLOCK_AHEAD = "clock_ahead"
    """The provider's clock is ten minutes ahead."""
    ENCRYPTED = "encrypted"
    """None: the assertion comes encrypted to the installation."""
    FAILED = "failed"
    """The provider says that it cannot identify anybody now."""
    OUTAGE = "outage"
    """No page at all."""


def order(directory: Path, trouble: Trouble, times: int = 1) -> None:
    """Let the next `times` people meet this trouble; 0 ends it."""
    write_private(directory / "trouble.json", json.dumps({"trouble": trouble.value, "times": times}).encode())


def ordered(directory: Path, *, counts: bool) -> Trouble:
    """The trouble that the next person meets; `counts`: this one has met it."""
    try:
        kept = json.loads((directory / "trouble.json").read_bytes())
    except FileNotFoundError:
        return Trouble.NONE
    if kept["times"] < 1:
        return Trouble.NONE
    trouble = Trouble(kept["trouble"])
    if counts:
        order(directory, trouble, kept["times"] - 1)
    return trouble
