"""A server that answers once with nonsense is asked again before somebody is called: a person can do no more."""

import asyncio
from collections.abc import Awaitable, Callable, Collection
from typing import TypeVar

from domain.errors import PersonMustAct

T = TypeVar("T")

PAUSES = (0.2, 0.5, 1.0)
"""Seconds before each further question; after the last one the answer is believed to be meant."""


async def asked_again(question: Callable[[], Awaitable[T]], odd: Collection[str]) -> T:
    """What `question` comes to, put again when it is refused with one of the codes `odd`. Every other error passes."""
    for pause in PAUSES:
        try:
            return await question()
        except PersonMustAct as refusal:
            if refusal.code not in odd:
                raise
        await asyncio.sleep(pause)
    return await question()
