"""Troubles that can be ordered from the simulator, on its page or from any process, for demonstrations and tests."""

from enum import StrEnum


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
