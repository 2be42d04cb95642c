"""Whoever holds the act scans sheets at their own computer."""

import asyncio
import re
from pathlib import Path

from bench.demo.screen import PATIENCE, Screen

CODE = re.compile(r"\d{4} \d{4}")
"""What the window of a scanning agent shows."""


async def scan_pages(screen: Screen, pages: int, window: Path) -> None:
    """From the glass of this computer's scanner, with the code from its window; what fails is scanned again."""
    scanned = screen.page.locator("[data-test=scan-pages] li")
    trouble = screen.page.locator("[data-test=scan-trouble]:not(:empty)")
    deadline = asyncio.get_running_loop().time() + PATIENCE
    while (there := await scanned.count()) < pages:
        assert asyncio.get_running_loop().time() < deadline, "the scanner gives nothing"
        await screen.press("scan-page")
        await scanned.nth(there).or_(trouble).first.wait_for(timeout=PATIENCE * 1000)
        if await screen.there("scan-code"):
            await screen.fill("scan-code", CODE.findall(await asyncio.to_thread(window.read_text))[-1])
            await screen.press("scan-pair")
            await screen.control("scan-code").wait_for(state="hidden")
    await screen.picture("scanned")
