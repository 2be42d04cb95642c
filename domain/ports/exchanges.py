"""What a browser carries to a provider of identity, and what it brings back: kept between the two, and used once."""

from datetime import datetime
from typing import Protocol

from domain.base import Value
from domain.ids import ParticipantId, ProcedureId


class Exchange(Value):
    """A request that the person's browser carries to the provider's own page."""

    reference: str
    """Of the identification, from its beginning to its end."""
    procedure: ProcedureId
    participant: ParticipantId
    message: str
    """The request's own id: what an answer says that it answers."""
    address: str
    """Where the form is sent."""
    fields: dict[str, str]
    """What the form says."""
    expires_at: datetime


class ProviderAnswer(Value):
    text: str
    """As the browser brought it."""
    message: str
    """Id of the request that was sent."""
    received_at: datetime


class IdentityExchanges(Protocol):
    """Sealed with the key of the procedure. What expired is forgotten a day later, once nobody tries again."""

    async def open(self, exchange: Exchange, relay: str) -> Exchange:
        """Keep it, or find again what was kept under its reference. `relay` is the secret that travels with it.

        Raises `PersonMustAct('identity_exchange_reused')` where the reference was somebody else's.
        """

    async def find(self, reference: str) -> Exchange | None: ...

    async def keep_answer(self, relay: str, text: str, at: datetime) -> str | None:
        """Keep what a browser brought back; the receipt with which that browser alone can use it.

        None where nothing was asked for under `relay`, or it has expired. A later answer takes the place of one that
        nobody has used.
        """

    async def answer(self, reference: str, receipt: str) -> ProviderAnswer | None:
        """What that browser brought. None for a wrong receipt."""

    async def use(self, message: str, reference: str, attempt: str, until: datetime) -> bool:
        """Whether the provider's message `message` is used for the first time, by that attempt, now or earlier.

        Remembered until `until`, whatever is started anew meanwhile.
        """

    async def purge(self, now: datetime) -> None:
        """Forget what no browser and no attempt can come back to."""
