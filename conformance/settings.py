"""What a trial is told: one JSON file. What it does not name is not tried."""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


class SettingsWrong(Exception):
    """The file cannot be read as settings: which name, and what it should be."""


@dataclass(frozen=True)
class Hearing:
    """Where this program is told what happens: the address was registered and its secret written down."""

    port: int
    secret: str
    host: str = "127.0.0.1"


@dataclass(frozen=True)
class Person:
    """An account of the body that holds the acts, in the sandbox."""

    login: str
    password: str


@dataclass(frozen=True)
class Api:
    url: str
    key: str
    request: dict[str, Any]
    """A request of the type that the system will ask for. Number of the case, own number and hour are made anew."""
    hearing: Hearing | None = None
    person: Person | None = None
    closed: str | None = None
    """A procedure that this key asked for and that is closed."""
    verifier: list[str] = field(default_factory=list)
    """How the offline verifier is called; `BUNDLE --trust FOLDER` is added."""
    seconds: float = 60
    """How long anything may take to be told."""


@dataclass(frozen=True)
class Receiver:
    url: str
    secret: str
    stored: list[str] = field(default_factory=list)
    """A command that prints the ids of the messages that were dealt with: one a line, each as often as it was."""
    procedure: str = "prc_" + "0" * 31 + "1"
    """The procedure that the samples are about."""
    seconds: float = 15
    """How long an answer may take: after 15 the interface counts it as none."""


def read(path: Path) -> tuple[Api | None, Receiver | None]:
    """Raises `SettingsWrong`."""
    try:
        told = json.loads(path.read_text("utf-8"))
        api, receiver = told.get("api"), told.get("receiver")
        if api is not None:
            hearing, person = api.pop("hearing", None), api.pop("person", None)
            api = Api(**api, hearing=hearing and Hearing(**hearing), person=person and Person(**person))
        return api, receiver and Receiver(**receiver)
    except (OSError, ValueError, TypeError, AttributeError) as trouble:
        raise SettingsWrong(f"{path}: {trouble}") from trouble
