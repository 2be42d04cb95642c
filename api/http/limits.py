"""How often strangers may try: sign-in, summons codes, public verification. Counted per address, in this process."""

import time
from collections.abc import Awaitable, Callable
from typing import Any

from fastapi import Depends, Request
from limits import RateLimitItem, parse
from limits.aio.storage import MemoryStorage
from limits.aio.strategies import MovingWindowRateLimiter

from domain.errors import Refusal
from domain.refusals.requests import TOO_MANY_REQUESTS


class Limits:
    """One per application. The account's own lock (five wrong passwords) is kept in the database, not here."""

    def __init__(self) -> None:
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    async def take(self, limit: RateLimitItem, name: str, address: str) -> None:
        """Count one try. Raises `Refusal('too_many_requests', seconds=...)` when it is one too many."""
        if not await self._limiter.hit(limit, name, address):
            window = await self._limiter.get_window_stats(limit, name, address)
            raise Refusal(TOO_MANY_REQUESTS, seconds=max(1, round(window.reset_time - time.time())))


def limited(name: str, rate: str) -> Any:
    """A dependency: at most `rate` (as in `20/minute`) requests of one address for `name`."""
    limit = parse(rate)

    async def count(request: Request) -> None:
        limits: Limits = request.app.state.limits
        await limits.take(limit, name, request.client.host if request.client else "unknown")

    counted: Callable[[Request], Awaitable[None]] = count
    return Depends(counted)
