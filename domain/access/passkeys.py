"""Passkeys of members of staff: the second thing that they show besides the password.

Standard: W3C Web Authentication Level 2; ENS (RD 311/2022 anexo II) op.acc.6, two factors where access is remote.
"""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

from pydantic import AwareDatetime, Field

from domain.base import Value
from domain.ids import AccountId

STEP_LASTS = timedelta(minutes=5)
"""Between the password and the passkey; a step is good once."""

MOST_PASSKEYS = 10


class Passkey(Value):
    id: str
    """Id of the credential, base64url without padding."""
    account: AccountId
    label: str
    public_key: bytes = Field(repr=False)
    """COSE key."""
    uses: int = 0
    """The authenticator's own counter; 0 where it does not count."""
    enrolled_at: AwareDatetime
    used_at: AwareDatetime | None = None


class PasskeyPurpose(StrEnum):
    SIGN_IN = "sign_in"
    FIRST = "first"
    """Somebody whose Administration asks for a passkey, and who has none yet, signs in by enrolling one."""
    FURTHER = "further"
    """Somebody who is signed in enrols one more."""
    SIGNATURE = "signature"
    """Somebody who is signed in signs one document."""


class PasskeyStep(Value):
    """What was asked of a browser, and is answered once."""

    id: str = Field(repr=False)
    """Random; the store keeps its SHA-256."""
    account: AccountId
    purpose: PasskeyPurpose
    challenge: bytes = Field(repr=False)
    ends_at: AwareDatetime
    used_by: str | None = None
    """The request, and what it is about, for which a passkey has been shown."""


class Passkeys(Protocol):
    """A port, implemented by `adapters/postgres/passkeys.py`; every method may raise `TryAgain`."""

    async def of(self, account: AccountId) -> tuple[Passkey, ...]:
        """The oldest first."""

    async def add(self, passkey: Passkey, *, only_as_first: bool) -> bool:
        """False when that credential is known, there are too many, or `only_as_first` and there is one already."""

    async def keep_use(self, passkey: str, uses: int, now: datetime) -> None: ...

    async def remove(self, account: AccountId, passkey: str, now: datetime) -> bool:
        """That one, by its person; False when it was not there."""

    async def remove_all(self, account: AccountId, by: AccountId, now: datetime) -> bool:
        """Every one of the account, by an administrator; its sessions end. False when there was none."""

    async def keep_step(self, step: PasskeyStep) -> None: ...

    async def take_step(self, id: str, now: datetime) -> PasskeyStep | None:
        """The step, once; None when it was taken, is unknown or over."""

    async def step(self, id: str, now: datetime) -> PasskeyStep | None:
        """The step as it stands; None when it was taken, is unknown or over."""

    async def use_step(self, id: str, request: str) -> bool:
        """It serves for that request, and for no other; False when it serves for another already."""

    async def purge_steps(self, now: datetime) -> None:
        """Forget those that nobody has answered in time."""
