"""The account of the Administration, shown again by whoever is signed in: the third way beside password and passkey.

Standard: OpenID Connect Core 1.0, 3.1.2.1 (`prompt`, `max_age`) and 3.1.3.7 (`auth_time`); ENS op.acc.6 R6.
"""

from datetime import datetime, timedelta
from typing import Protocol

from pydantic import AwareDatetime

from domain.access.account_providers import ToShowAgain
from domain.base import Value

SHOWN_LASTS = timedelta(minutes=5)
"""From the way back to the act; what was shown is good once."""

PASSKEYS = "passkeys"
"""What it is about, where no document is signed: a passkey of one's own is added or removed."""


class ShownAccount(Value):
    what: ToShowAgain
    shown_at: AwareDatetime

    @property
    def ends_at(self) -> datetime:
        return self.shown_at + SHOWN_LASTS


class AccountsShown(Protocol):
    """A port, implemented by `adapters/postgres/accounts_shown.py`; every method may raise `TryAgain`."""

    async def keep(self, shown: ShownAccount) -> None:
        """In place of what was shown in that session for the same before."""

    async def unused(self, session: str, now: datetime) -> tuple[ShownAccount, ...]:
        """What still serves in that session."""

    async def use(self, what: ToShowAgain, request: str, now: datetime) -> bool:
        """It serves for that request, and for no other; False when nothing serves."""

    async def purge(self, now: datetime) -> None:
        """Forget what serves no more."""
