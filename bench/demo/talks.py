"""A lawyer and whom they assist leave the room, talk alone, and come back."""

import asyncio
from dataclasses import dataclass

from bench.demo.screen import PATIENCE, Screen

WORDS = 4.0
"""Seconds that they talk."""


@dataclass(frozen=True)
class Talk:
    after: str
    """Code of the item after which they go."""
    lawyer: str
    client: str
    """Seats of the two."""


async def talk_in_private(screen: Screen, talk: Talk) -> None:
    """Whoever holds the act sends both, and brings both back. Law: RDL 6/2023 art. 62.3.c."""
    away = screen.control("private-talk")
    await screen.press("private-open")
    await screen.choose("lawyer", talk.lawyer)
    await screen.choose("client", talk.client)
    await screen.choose("minutes", "5")
    await screen.press_until("open-private-room", away, there=True)
    await asyncio.sleep(WORDS)
    await screen.picture("in-private")
    await screen.press_until("bring-back", away, there=False)
    for seat in (talk.lawyer, talk.client):
        here = screen.page.locator(f'[data-test="presence-{seat}"] > .badge--good:first-child')
        await here.wait_for(timeout=PATIENCE * 1000)
