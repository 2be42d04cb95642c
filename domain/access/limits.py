"""How often somebody may try. Counted for all processes together, by whom or where a request comes from."""

from datetime import datetime, timedelta
from typing import Protocol

from pydantic import Field

from domain.base import Value
from domain.refusals.declared import Declared
from domain.refusals.requests import TOO_MANY_REQUESTS


class Rate(Value):
    """`tries` at once, and then one each time that `per / tries` has passed."""

    tries: int = Field(ge=1)
    per: timedelta
    refusal: Declared = TOO_MANY_REQUESTS
    """Of one try too many."""


class RateLimits(Protocol):
    async def take(self, rate: Rate, name: str, now: datetime) -> None:
        """Count one try under `name`. Raises `Refusal(rate.refusal, seconds=...)` when it is one too many."""

    async def purge(self, now: datetime) -> int:
        """Forget the names that have every try again; returns how many."""
