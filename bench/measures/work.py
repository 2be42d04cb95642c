"""Server work of one whole conciliation without media, against the least that the same servers need for as much."""

import statistics
from collections.abc import AsyncGenerator
from dataclasses import dataclass, field

from bench.measures.figures import Aim, Figure
from bench.measures.ground import Ground, Played
from bench.measures.history import lengths


@dataclass
class Work:
    """The samples of both sides, taken in turn so that whatever else the machine does touches them alike."""

    real: list[float] = field(default_factory=list)
    floor: list[float] = field(default_factory=list)
    last: Played | None = None

    @property
    def figure(self) -> Figure:
        assert self.last is not None
        counted = self.last.account.floor
        return Figure(
            name="procedure_server_work",
            value=statistics.median(self.real),
            unit="s",
            against=statistics.median(self.floor),
            said=f"{counted.activities} empty activities, {counted.updates} updates, raw signatures, puts and mails",
            aim=Aim(1.3, of="ratio"),
        )

    def profile(self) -> str:
        """Where the last procedure's time went, dearest first."""
        assert self.last is not None
        spans = {**self.last.account.activities, "(workflow tasks)": self.last.account.tasks}
        rows = sorted(((sum(lengths(kept)), len(kept), name) for name, kept in spans.items()), reverse=True)
        return "\n".join(f"    {name:<20} {times:>4} x {1000 * spent / times:>7.1f} ms" for spent, times, name in rows)


async def measure_work(ground: Ground, *, warm_up: int, times: int) -> AsyncGenerator[Work, None]:
    """Yields what is known after each pair of runs; the last one has all. One procedure at a time."""
    work = Work()
    for number in range(warm_up + times):
        played = await ground.play()
        floor = await ground.walk_floor(played.account.floor, await ground.effects(played.procedure))
        if number >= warm_up:
            work.real.append(played.work)
            work.floor.append(floor)
            work.last = played
            yield work
