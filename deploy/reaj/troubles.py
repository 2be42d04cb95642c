"""Troubles that can be ordered from the simulator, from any process, for demonstrations and tests."""

import json
from enum import StrEnum
from pathlib import Path

from deploy.keys import write_private


class Trouble(StrEnum):
    NONE = "none"
    DOWN = "down"
    """503 to everybody."""
    SLOW = "slow"
    """It answers after two seconds."""
    ANSWER_LOST = "answer_lost"
    """What was sent is entered, and whoever sent it never hears of it."""
    WRONG_RECEIPT = "wrong_receipt"
    """The receipt is of another document."""


def order(directory: Path, trouble: Trouble, times: int = 1) -> None:
    """Let the next `times` requests meet this trouble; 0 ends it."""
    directory.mkdir(parents=True, exist_ok=True)
    write_private(directory / "trouble.json", json.dumps({"trouble": trouble.value, "times": times}).encode())


def met(directory: Path, *possible: Trouble) -> Trouble:
    """The trouble that this request meets, of those that can happen to it; it is counted."""
    try:
        kept = json.loads((directory / "trouble.json").read_bytes())
    except FileNotFoundError:
        return Trouble.NONE
    if kept["times"] < 1 or kept["trouble"] not in possible:
        return Trouble.NONE
    order(directory, Trouble(kept["trouble"]), kept["times"] - 1)
    return Trouble(kept["trouble"])
