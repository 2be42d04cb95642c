"""What a procedure type protects by declaring its privacy: which details are kept from those outside the act."""

from collections.abc import Mapping
from enum import StrEnum

from domain.types.vocabulary import Privacy


class Detail(StrEnum):
    """What can be told of a procedure."""

    NAME = "name"
    """Of the people who take part."""
    ROLE = "role"
    KIND = "kind"
    """Which procedure it is: its type and the title of that."""
    BODY = "body"
    """Which body holds it, at which office."""
    OUTCOME = "outcome"
    AGENDA = "agenda"
    """Titles of its items."""
    CONTENT = "content"
    """What was filled in."""
    DOCUMENT = "document"
    MINUTES = "minutes"
    """Of any version, approved or not."""
    NOTE = "note"
    """What somebody typed about an interruption."""


# Law: RD 1109/2015 and LO 19/1994 art. 2. Outside the room nothing says who is protected, before whom, from what.
PROTECTED: Mapping[Privacy, frozenset[Detail]] = {
    Privacy.ORDINARY: frozenset(),
    Privacy.RESTRICTED: frozenset(),
    Privacy.PROTECTED: frozenset(Detail),
}
