"""What every command has: its author, its idempotency key, its receipt."""

import inspect
import re
from abc import abstractmethod
from typing import Any, ClassVar

from pydantic import Field

from domain.base import Value
from domain.events.base import Event
from domain.ids import AccountId, CommandId, OfficeId, ParticipantId
from domain.procedure.state import Procedure
from domain.types.vocabulary import StaffRole


class Author(Value):
    """Who asks. Made by the API from the session, never from what a request says."""

    participant: ParticipantId | None = None
    """Set for everybody who has a seat in this procedure."""
    account: AccountId | None = None
    staff_roles: tuple[StaffRole, ...] = ()
    office: OfficeId | None = None
    session: str | None = Field(default=None, exclude_if=lambda session: session is None)
    """Of a citizen: the one session in which they arrived may act. It opens nothing."""

    @property
    def ref(self) -> str:
        """The opaque reference that the journal keeps."""
        return self.account or self.participant or "system"


class Command(Value):
    update: ClassVar[str] = "command"
    """Name of the Update: the class name in snake case."""

    id: CommandId = Field(min_length=8, max_length=80)
    author: Author
    request: str | None = Field(default=None, exclude_if=lambda request: request is None)
    """Which request of the caller this is: two requests under one key ask for one command."""
    expects: tuple[str, ...] | None = Field(default=None, exclude_if=lambda expects: expects is None)
    """It is carried out only while the journal stands at one of these (`domain.journal.chain.position`)."""

    @classmethod
    def __pydantic_init_subclass__(cls, **_: Any) -> None:
        cls.update = re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()
        if not inspect.isabstract(cls):
            COMMANDS[cls.update] = cls


class RecordedCommand(Command):
    """One that is written down and nothing else: nothing is done in the world, so it needs no handler."""

    @abstractmethod
    def events(self, procedure: Procedure) -> tuple[Event, ...]:
        """What it comes to, in the state in which nobody else writes."""


COMMANDS: dict[str, type[Command]] = {}
"""Every command by the name of its Update."""


class Receipt(Value):
    """The answer to an accepted command: it is in the journal under this number, and survives anything."""

    seq: int
    stage: str
    detail: dict[str, Any] = Field(default_factory=dict)
