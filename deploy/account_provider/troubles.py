"""Troubles that can be ordered from the simulator, on its page or from any process, for demonstrations and tests."""

from enum import StrEnum


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
    NOT_ASKED_AGAIN = "not_asked_again"
    """Whoever was to show themselves again did so an hour ago."""
    NO_AUTH_TIME = "no_auth_time"
    NO_TOKEN = "no_token"  # noqa: S105 - the name of a trouble
    CODE_REFUSED = "code_refused"
    POSING = "posing"
    """Another provider's name on the way back."""
    REDIRECTING = "redirecting"
    ENDLESS = "endless"
    NO_JSON = "no_json"
    SLOW = "slow"
    OUTAGE = "outage"
