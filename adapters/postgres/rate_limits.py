"""Tries counted in one statement by the generic cell rate algorithm: a name and an instant, whatever the rate is.

Standard: ITU-T I.371 annex A. Two tries at the same moment wait for each other at the row, and both are counted.
"""

import math
from datetime import datetime

from adapters.postgres.database import Database
from domain.access.limits import Rate
from domain.errors import Refusal


class RateLimitsPostgres:
    """`RateLimits` over the table `rate_limits`. `due_at`: when every try under the name has been paid for by time."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def take(self, rate: Rate, name: str, now: datetime) -> None:
        each = rate.per / rate.tries
        taken = await self._database.row(
            "INSERT INTO rate_limits AS kept (name, due_at) VALUES ($1, $2::timestamptz + $3::interval)"
            " ON CONFLICT (name) DO UPDATE SET due_at = greatest(kept.due_at, $2::timestamptz) + $3::interval"
            " WHERE kept.due_at <= $2::timestamptz + $4::interval RETURNING due_at",
            name,
            now,
            each,
            rate.per - each,
        )
        if taken is None:
            row = await self._database.row("SELECT due_at FROM rate_limits WHERE name = $1", name)
            wait = (row["due_at"] + each - rate.per - now).total_seconds() if row else 0
            raise Refusal(rate.refusal, seconds=max(1, math.ceil(wait)))

    async def purge(self, now: datetime) -> int:
        return await self._database.execute("DELETE FROM rate_limits WHERE due_at <= $1", now)
