"""How often somebody may try. Counted for all processes together, by whom or where a request comes from."""

from datetime import datetime, timedelta
from typing import Protocol

from pydantic import Field

from domain.base import Value
from domain.refusals.declared import Declared
from domain.refusals.requests import TOO_MANY_ACTS_ASKED_FOR, TOO_MANY_COMMANDS, TOO_MANY_REQUESTS

MINUTE = timedelta(minutes=1)


class Rate(Value):
    """`tries` at once, and then one each time that `per / tries` has passed."""

    tries: int = Field(ge=1)
    per: timedelta
    refusal: Declared = TOO_MANY_REQUESTS
    """Of one try too many."""


class Rates(Value):
    """How often those who are signed in may act and ask."""

    commands_of_staff: Rate = Rate(tries=300, per=MINUTE, refusal=TOO_MANY_COMMANDS)
    commands_of_a_citizen: Rate = Rate(tries=60, per=MINUTE, refusal=TOO_MANY_COMMANDS)
    commands_of_all_citizens: Rate = Rate(tries=180, per=MINUTE, refusal=TOO_MANY_COMMANDS)
    """In one procedure. Whoever holds the act is not counted here: nobody takes their turn away."""
    acts_asked_for: Rate = Rate(tries=30, per=timedelta(hours=1), refusal=TOO_MANY_ACTS_ASKED_FOR)
    """By the desks of one office, or by one member of staff of no office: each summons people whom it names."""


class RateLimits(Protocol):
    async def take(self, rate: Rate, name: str, now: datetime) -> None:
        """Count one try under `name`. Raises `Refusal(rate.refusal, seconds=...)` when it is one too many."""

    async def purge(self, now: datetime) -> int:
        """Forget the names that have every try again; returns how many."""
