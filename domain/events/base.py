"""What every event of the journal is: content, the documents it speaks of, and the change it makes to the procedure."""

import re
from abc import abstractmethod
from typing import Any, ClassVar

from domain.base import Value
from domain.journal.chain import Stamp
from domain.procedure.state import Procedure

EVENTS: dict[str, type["Event"]] = {}
"""Every event type by the name it has in the journal; filled as the modules of this package are read."""


class Event(Value):
    """A fact in the past tense. Its class name in snake case is its `type` in the journal."""

    type: ClassVar[str] = "event"

    @classmethod
    def __pydantic_init_subclass__(cls, **_: Any) -> None:
        cls.type = re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()
        EVENTS[cls.type] = cls

    @abstractmethod
    def change(self, procedure: Procedure, stamp: Stamp) -> Procedure:
        """The procedure after this event."""

    def subjects(self) -> tuple[str, ...]:
        """SHA-256 of the documents this event speaks of; public in the journal (CHK-04 matches them)."""
        return ()

    def content(self) -> dict[str, Any]:
        """The content in JSON types, as the journal commits to it."""
        return self.model_dump(mode="json")
