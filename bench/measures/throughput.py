"""Procedures per minute while many are held at once: as one ends the next begins."""

import asyncio
import time
from collections.abc import Awaitable, Callable

from bench.measures.effects import Effects
from bench.measures.figures import Aim, Figure
from bench.measures.ground import Ground, Played


async def measure_throughput(ground: Ground, known: Played, *, at_once: int, rounds: int) -> Figure:
    """`known` is a procedure that was held before: the floors do as much as it did."""
    effects: Effects = await ground.effects(known.procedure)
    real = await per_minute(ground.play, at_once=at_once, rounds=rounds)
    floor = await per_minute(lambda: ground.walk_floor(known.account.floor, effects), at_once=at_once, rounds=rounds)
    return Figure(
        name=f"procedures_per_minute_{at_once}_at_once",
        value=real,
        unit="1/min",
        against=floor,
        said=f"{at_once} floors at once",
        aim=Aim(0.75, of="ratio", at_least=True),
    )


async def per_minute(once: Callable[[], Awaitable[object]], *, at_once: int, rounds: int) -> float:
    """How many were done per minute by `at_once` players, each doing `rounds`, from the first start to the last end."""

    async def player() -> None:
        for _ in range(rounds):
            await once()

    since = time.monotonic()
    async with asyncio.TaskGroup() as group:
        for _ in range(at_once):
            group.create_task(player())
    return 60 * at_once * rounds / (time.monotonic() - since)
