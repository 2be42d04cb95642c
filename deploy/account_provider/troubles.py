"""Troubles that can be ordered from the simulator, on its page or from any process, for demonstrations and tests."""

import json
from enum import StrEnum
from pathlib import Path

from deploy.keys import write_private


class Trouble(StrEnum):
    """What goes wrong when somebody signs in."""

    NONE = "none"
    OTHER_NONCE = "other_nonce"
    OTHER_AUDIENCE = "other_audience"
    OTHERS_TOO = "others_too"
    """For us, and for somebody else besides."""
    OTHER_ISSUER = "other_issuer"
    EXPIRED = "expired"
    OF_THE_FUTURE = "of_the_future"
    OLD = "old"
    """Signed an hour ago, and good for another."""
    OTHER_KEY = "other_key"
    """Signed by somebody else in the name of the published key."""
    UNKNOWN_KEY = "unknown_key"
    UNSIGNED = "unsigned"
    SIGNED_WITH_SECRET = "signed_with_secret"  # noqa: S105 - the name of a trouble
    NAMELESS = "nameless"
    """Without the claim that names the account."""
    UNVERIFIED = "unverified"
    """The address is what somebody has typed."""
    REASSIGNED = "reassigned"
    """The address belongs to another person now."""
    NO_TOKEN = "no_token"  # noqa: S105 - the name of a trouble
    CODE_REFUSED = "code_refused"
    POSING = "posing"
    """Another provider's name on the way back."""
    REDIRECTING = "redirecting"
    ENDLESS = "endless"
    NO_JSON = "no_json"
    SLOW = "slow"
    OUTAGE = "outage"


def order(directory: Path, trouble: Trouble, times: int = 1) -> None:
    """Let the next `times` people meet this trouble; 0 ends it."""
    write_private(directory / "trouble.json", json.dumps({"trouble": trouble.value, "times": times}).encode())


def ordered(directory: Path) -> Trouble:
    """The trouble that the next person meets; this one has met it."""
    try:
        kept = json.loads((directory / "trouble.json").read_bytes())
    except FileNotFoundError:
        return Trouble.NONE
    if kept["times"] < 1:
        return Trouble.NONE
    order(directory, Trouble(kept["trouble"]), kept["times"] - 1)
    return Trouble(kept["trouble"])
