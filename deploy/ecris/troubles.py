"""Troubles that can be ordered from the simulator by any process, for demonstrations and tests."""

import json
from enum import StrEnum
from pathlib import Path

from deploy.keys import write_private


class Trouble(StrEnum):
    """What goes wrong with an authority."""

    NONE = "none"
    SLOW = "slow"
    """It has the question, and no answer."""
    DOWN = "down"
    """It cannot be reached."""
    ANOTHER_PERSON = "another_person"
    """Its answer is about somebody else."""
    TWICE = "twice"
    """It answers a second time, with something else."""
    MALFORMED = "malformed"
    """Its answer is no XML."""


def order(directory: Path, authority: str, trouble: Trouble) -> None:
    """From now on, until another one is ordered."""
    directory.mkdir(parents=True, exist_ok=True)
    write_private(_file(directory, authority), json.dumps(trouble.value).encode())


def ordered(directory: Path, authority: str) -> Trouble:
    try:
        return Trouble(json.loads(_file(directory, authority).read_bytes()))
    except FileNotFoundError:
        return Trouble.NONE


def _file(directory: Path, authority: str) -> Path:
    return directory / f"trouble-{authority}.json"
