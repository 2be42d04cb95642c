"""What a member of staff is told by mail of their own account. Notices are written with the change they tell of.

Standard: OWASP ASVS 5.0 6.3.7, whoever signs in with something is told when it was changed.
"""

from datetime import datetime, timedelta
from typing import Protocol

from pydantic import Field

from domain.access.keeping_accounts import AccountChange
from domain.base import Value

GIVEN_UP_AFTER = timedelta(days=3)
"""A notice that no relay has taken by then is given up; the page of accounts says so."""


class AccountNotice(Value):
    number: int
    """That of its change: changes are counted one by one in an installation."""
    message: str
    """Random; names the mail for the relay, so that it is delivered once."""
    change: AccountChange
    link: str | None = Field(default=None, repr=False)
    """With which the person chooses a password: told here and nowhere else."""


class AccountNotices(Protocol):
    """Those that wait, for the worker. Implemented by `adapters/postgres/account_notices.py`."""

    async def waiting(self, limit: int) -> tuple[int, ...]:
        """Numbers of the oldest ones that are neither sent nor given up."""

    async def get(self, number: int) -> AccountNotice | None:
        """None when it does not wait any more. Raises `PersonMustAct('unknown_key')` for a master key that is lost."""

    async def sent(self, number: int, answer: str, now: datetime) -> None:
        """The relay took it. Repeating keeps the first hour; the link is forgotten."""

    async def give_up(self, number: int, answer: str, now: datetime) -> None:
        """It is not tried again; the link is forgotten, so that nobody finds it here."""
