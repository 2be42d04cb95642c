"""A citizen at an office computer: does the one thing that the screen asks for, until nothing is asked any more."""

import asyncio
from dataclasses import dataclass, field
from math import cos, sin
from pathlib import Path

from playwright.async_api import Error as BrowserTrouble

from bench.demo.screen import PATIENCE, Screen, last_pin
from deploy.clave.pages import PIN

A_MOMENT = 3000
"""Milliseconds for one gesture."""

FACE = "face_against_document"

BUTTONS = {
    "begin_identification": "begin-identification",
    "complete_identification": "complete-identification",
    "read": "read-page",
    "understand": "understand",
    "ask_sign_pin": "send-sign-pin",
    "sign": "sign",
}
"""The one primary button of each task."""

SIGNATURE = tuple((0.1 + 0.008 * n, 0.5 + 0.28 * sin(n / 5) * cos(n / 17)) for n in range(100))
"""Points of a stroke, in parts of the box."""


@dataclass(frozen=True)
class Person:
    """What a citizen brings: the summons code, a telephone, an identity document."""

    id: str
    name: str
    code: str
    mobile: str
    number: str
    computer: str
    """Token of the office computer."""
    by_clave: bool = False
    """Uses Cl@ve wherever it is offered."""
    by_face: bool = False
    """Consents to have their face compared wherever that is offered."""
    documents: dict[str, bytes] = field(default_factory=dict)
    """Pictures of both sides of the document that they hold up, where it is read; empty: it is looked at alone."""


class Citizen:
    def __init__(self, screen: Screen, person: Person, outbox: Path) -> None:
        self._screen = screen
        self._person = person
        self._outbox = outbox

    async def arrive(self) -> None:
        """Welcome, code, what will happen, warnings, camera."""
        screen = self._screen
        await screen.keep("estrado-device", self._person.computer)
        await screen.go("/")
        await screen.picture("welcome")
        await screen.press("have-summons")
        await screen.fill("summons-code", self._person.code)
        await screen.press("enter-code")
        await screen.press_until("check-in", screen.control("accept-warnings"), there=True)
        await screen.picture("warnings")
        await screen.press_until("accept-warnings", screen.control("equipment-good"), there=True)
        await screen.press_until("equipment-good", screen.page.locator("#task"), there=True)

    async def take_part(self) -> None:
        """Until the screen says that the act is over."""
        seen: set[str] = set()
        while (kind := await self._task()) != "done":
            if kind not in seen:
                seen.add(kind)
                await self._screen.picture(kind)
            try:
                await self._do(kind)
            except BrowserTrouble:
                await asyncio.sleep(0.5)
        await self._screen.picture("end")

    async def _task(self) -> str:
        """What the screen asks; the page may be repainting, or the session be over."""
        deadline = asyncio.get_running_loop().time() + PATIENCE
        while asyncio.get_running_loop().time() < deadline:
            if "/citizen/end" in self._screen.page.url:
                return "done"
            try:
                found = await self._screen.page.locator("#task").get_attribute("data-task", timeout=2000)
            except BrowserTrouble:
                await asyncio.sleep(0.3)
                continue
            return found or ""
        raise AssertionError(f"{self._person.id} sees no task")

    async def _do(self, kind: str) -> None:
        """One attempt: the page may have moved on meanwhile, and then it is looked at again."""
        screen = self._screen
        if await screen.page.locator('#task [aria-disabled="true"]').count():
            # What was asked last is still under way.
            await asyncio.sleep(0.3)
            return
        if self._person.by_clave and await screen.there("begin-clave"):
            await self._go_to_clave()
            return
        if self._person.by_face and await screen.there(f"begin-{FACE}"):
            await screen.press(f"begin-{FACE}", A_MOMENT)
            await asyncio.sleep(0.7)
            return
        if kind in ("complete_identification", "sign"):
            field = "pin" if kind == "complete_identification" else "sign-pin"
            await screen.fill(field, last_pin(self._outbox, self._person.mobile), A_MOMENT)
        if kind == "sign":
            await screen.check("explicit", A_MOMENT)
        if kind == "handwrite" and await screen.draw("hand-pad", SIGNATURE, A_MOMENT):
            await screen.press("handwrite", A_MOMENT)
        elif kind == "handwrite":
            await screen.press("decline-handwriting", A_MOMENT)
        if kind in BUTTONS:
            await screen.press(BUTTONS[kind], A_MOMENT)
        await asyncio.sleep(0.7)

    async def _go_to_clave(self) -> None:
        """To its page in the same window, and back."""
        screen = self._screen
        await screen.press_until("begin-clave", screen.control("clave-number"), there=True)
        await screen.picture("clave")
        await screen.fill("clave-number", self._person.number)
        await screen.fill("clave-pin", PIN)
        await screen.press("clave-enter")
        await screen.page.wait_for_url("**/citizen/**", timeout=PATIENCE * 1000)
