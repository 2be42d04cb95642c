"""Waiting for something to become true, with an end."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


async def until(condition: Callable[[], T], seconds: float = 10) -> T:
    """Return what `condition` says as soon as it is truthy. Raise `TimeoutError` after `seconds`."""
    async with asyncio.timeout(seconds):
        while not (outcome := condition()):  # noqa: ASYNC110 (media arrives by callbacks of another library)
            await asyncio.sleep(0.02)
    return outcome
