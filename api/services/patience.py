"""Waiting no longer than one has said, whatever the one who was asked does about it."""

import asyncio
from collections.abc import Awaitable
from typing import Any, TypeVar

Answer = TypeVar("Answer")

_left: set[asyncio.Future[Any]] = set()
"""What nobody waits for any more, until it has ended."""


async def within(seconds: float, asked: Awaitable[Answer]) -> Answer:
    """The answer. Raises `TimeoutError` after `seconds`, and then what was asked is cancelled and left behind.

    Scar: `asyncio.timeout` waits for the cancellation too, and a connection to a hung database takes seconds to end.
    """
    task = asyncio.ensure_future(asked)
    await asyncio.wait({task}, timeout=seconds)
    if task.done():
        return task.result()
    task.cancel()
    _left.add(task)
    task.add_done_callback(_forget)
    raise TimeoutError


def _forget(task: asyncio.Future[Any]) -> None:
    _left.discard(task)
    if not task.cancelled():
        task.exception()  # looked at, so that asyncio does not report an error that nobody waits for
