"""Troubles that can be ordered from a simulator, from any process, for demonstrations and tests."""

import json
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from deploy.keys import write_private

Kind = TypeVar("Kind", bound=StrEnum)


class Trouble(StrEnum):
    """Of simulators that keep what they are sent and give a receipt."""

    DOWN = "down"
    """503 to everybody."""
    SLOW = "slow"
    """It answers after two seconds."""
    ANSWER_LOST = "answer_lost"
    """What was sent is kept, and whoever sent it never hears of it."""
    WRONG_RECEIPT = "wrong_receipt"
    """The receipt is of something else."""
    NOTHING_CHANGED = "nothing_changed"
    """What was entered has its receipt, and what it ends still stands when it is asked for."""
    LISTED_TWICE = "listed_twice"
    """A mailbox lists each message twice."""


def order(directory: Path, trouble: StrEnum, times: int = 1) -> None:
    """Let the next `times` requests meet this trouble; 0 ends it."""
    directory.mkdir(parents=True, exist_ok=True)
    write_private(directory / "trouble.json", json.dumps({"trouble": trouble.value, "times": times}).encode())


def met(directory: Path, *possible: Kind) -> Kind | None:
    """The trouble that this request meets, of those that can happen to it; it is counted."""
    try:
        kept = json.loads((directory / "trouble.json").read_bytes())
    except FileNotFoundError:
        return None
    trouble = next((one for one in possible if one.value == kept["trouble"] and kept["times"] > 0), None)
    if trouble is not None:
        order(directory, trouble, kept["times"] - 1)
    return trouble
