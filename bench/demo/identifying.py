"""Whoever holds the act sees to who somebody is: by the picture of their document, both its sides, or their face."""

import asyncio
from contextlib import suppress

from playwright.async_api import Error as BrowserTrouble

from bench.demo.citizen import A_MOMENT, Person
from bench.demo.screen import PATIENCE, Screen

READ = "id_document_read"
TO_MOVE = 3.0
"""Seconds for which somebody gets ready to be seen as they are asked."""


async def identify(screen: Screen, person: Person) -> None:
    """Until the page asks for nothing more about that person's identity."""
    box = screen.page.locator(f"#identify-{person.id}")
    deadline = asyncio.get_running_loop().time() + PATIENCE
    while await box.is_visible():
        assert asyncio.get_running_loop().time() < deadline, f"{person.id} is not identified"
        if await screen.there(f"document-number-{person.id}"):
            await screen.picture("still")
            with suppress(BrowserTrouble):  # the number that was typed last has been compared meanwhile
                await screen.fill(f"document-number-{person.id}", person.number, A_MOMENT)
                await screen.press(f"complete-{person.id}", A_MOMENT)
        elif await screen.there(f"take-pose-{person.id}"):
            await asyncio.sleep(TO_MOVE)
            await screen.picture("pose")
            with suppress(BrowserTrouble):  # the last one was taken meanwhile
                await screen.press(f"take-pose-{person.id}", A_MOMENT)
        elif person.documents and await screen.there(f"begin-{READ}-{person.id}"):
            await screen.press(f"begin-{READ}-{person.id}")
            with suppress(BrowserTrouble):
                await screen.control(f"take-pose-{person.id}").wait_for(timeout=15000)
        elif await screen.there(f"asks-id_document_frame-{person.id}") and not person.by_face:
            await screen.press(f"begin-{person.id}")
            with suppress(BrowserTrouble):
                await screen.control(f"document-number-{person.id}").wait_for(timeout=15000)
        await asyncio.sleep(1.5)
