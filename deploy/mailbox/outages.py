"""Troubles that can be ordered from the mail server, for demonstrations and tests of what happens then.

The order is a file beside the mails, so that it can be given from any process and outlives a killed server.
"""

import json
from enum import StrEnum
from pathlib import Path

from deploy.keys import write_private


class Outage(StrEnum):
    """What goes wrong with a mail."""

    REFUSED_FOR_NOW = "refused_for_now"
    """451: the sender is to come again."""
    REFUSED_FOR_GOOD = "refused_for_good"
    """550: the sender is not to come again."""
    ANSWER_LOST = "answer_lost"
    """The mail is kept, then the connection breaks before the sender hears 250."""
    KILLED_BEFORE_KEEPING = "killed_before_keeping"
    """The server is killed after the final dot, with nothing on disk."""
    KILLED_BEFORE_ANSWERING = "killed_before_answering"
    """The server is killed with the mail on disk and 250 not sent."""


def order(maildir: Path, outage: Outage, times: int = 1) -> None:
    """Let the next `times` mails meet this outage; 0 ends it."""
    maildir.mkdir(parents=True, exist_ok=True)
    write_private(maildir / "outage.json", json.dumps({"outage": outage.value, "times": times}).encode())


def next_outage(maildir: Path) -> Outage | None:
    """The outage that the mail in hand meets, counted before it happens."""
    try:
        ordered = json.loads((maildir / "outage.json").read_bytes())
    except FileNotFoundError:
        return None
    if ordered["times"] < 1:
        return None
    outage = Outage(ordered["outage"])
    order(maildir, outage, ordered["times"] - 1)
    return outage
