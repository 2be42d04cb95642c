"""The keyboard alone: Tab until the control has the focus, Enter or Space to press it, keys to type. No pointer.

Every stop on the way must be visible and look focused; a control that is not reached, a focus that a repaint loses, a
field that does not take what is typed are defects of the page and end the demonstration.
"""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from playwright.async_api import Error as BrowserTrouble
from playwright.async_api import Locator

from bench.demo.hands import Points

LOOK = Path(__file__).with_suffix(".js").read_text()

MOST_PRESSES = 250
"""Stops of the fullest page, twice. Whoever has to press more often gives up."""

A_MOMENT = 20000.0
"""Milliseconds for one look at a control that was there."""

SETTLING = 3.0
"""Seconds in which a page that has just repainted itself must have the focus somewhere, and in sight."""

A_FEW_OPTIONS = 12
TRIES = 3

BETWEEN_LOOKS = 0.05


@dataclass(frozen=True)
class Stop:
    """Where the keyboard stands on the way to a control: what `keyboard.js` sees."""

    usable: bool
    reached: bool
    fault: str
    passing: bool
    """A fault that a page which is just repainting itself may have for a moment."""
    at: str
    next: str
    shortcut: str
    presses: str


class Keyboard:
    """Hands that never touch a pointer. `single_keys`: use the one key that a page offers for a frequent act."""

    def __init__(self, *, single_keys: bool) -> None:
        self._single_keys = single_keys

    async def press(self, control: Locator, timeout: float) -> None:
        if self._single_keys and (found := await self._usable(control, timeout)).shortcut:
            await control.page.keyboard.press(found.shortcut)
            # The key leads to what is asked of the act, and the button there does it.
            if await control.evaluate("e => Boolean(e.closest('form.act, #room-controls'))", timeout=A_MOMENT):
                await control.page.keyboard.press(found.presses)
            return
        stop = await self._reach(control, timeout)
        await control.page.keyboard.press(stop.presses)

    async def fill(self, control: Locator, text: str, timeout: float) -> None:
        kind = await control.get_attribute("type", timeout=timeout)
        gesture = {"date": self._type_date, "time": self._type_time}.get(kind or "", self._type)
        await self._until_held(control, timeout, "value", text, partial(gesture, control, text))

    async def _type(self, control: Locator, text: str) -> None:
        keyboard = control.page.keyboard
        await keyboard.press("Control+A")
        await keyboard.press("Delete")
        await keyboard.type(text)

    async def _type_date(self, control: Locator, text: str) -> None:
        """Number after number, from the field's first part. Which comes first only the browser's own language knows."""
        year, month, day = text.split("-")
        await self._type_parts(control, text, day + month + year, month + day + year)

    async def _type_time(self, control: Locator, text: str) -> None:
        """In twelve hours and in twenty-four: which of them, only the browser's own language knows."""
        hour, minute = text.split(":")
        half = "p" if int(hour) >= 12 else "a"
        await self._type_parts(control, text, hour + minute, f"{(int(hour) - 1) % 12 + 1:02}{minute}{half}")

    async def _type_parts(self, control: Locator, text: str, *orders: str) -> None:
        keyboard = control.page.keyboard
        for order in orders:
            for _ in range(3):
                await keyboard.press("ArrowLeft")
            await keyboard.type(order)
            if await control.input_value(timeout=A_MOMENT) == text:
                return

    async def choose(self, control: Locator, value: str, timeout: float) -> None:
        await self._until_held(control, timeout, "value", value, partial(self._choose, control, value))

    async def _choose(self, control: Locator, value: str) -> None:
        """By arrows; a far option by its name first, as whoever looks for a country types it."""
        keyboard = control.page.keyboard
        if abs(await self._steps_to(control, value)) > A_FEW_OPTIONS:
            name: str = await control.evaluate(
                "(e, value) => [...e.options].find((one) => one.value === value)?.text ?? ''", value, timeout=A_MOMENT
            )
            await keyboard.type(name.partition(" ")[0])
        steps = await self._steps_to(control, value)
        for _ in range(abs(steps)):
            await keyboard.press("ArrowDown" if steps > 0 else "ArrowUp")

    async def _steps_to(self, control: Locator, value: str) -> int:
        steps: int = await control.evaluate(
            "(e, value) => [...e.options].findIndex((one) => one.value === value) - e.selectedIndex",
            value,
            timeout=A_MOMENT,
        )
        return steps

    async def check(self, control: Locator, timeout: float) -> None:
        await self._until_held(control, timeout, "checked", True, partial(self._tick, control))

    async def _tick(self, control: Locator) -> None:
        """An arrow that leads to a radio button has chosen it already."""
        if not await control.is_checked(timeout=A_MOMENT):
            await control.page.keyboard.press("Space")

    async def _until_held(
        self, control: Locator, timeout: float, name: str, wanted: object, gesture: Callable[[], Awaitable[None]]
    ) -> None:
        """Until the control holds it. A form that is sent in the same moment is emptied: then once more."""
        found = None
        for _ in range(TRIES):
            await self._reach(control, timeout)
            await gesture()
            found = await control.evaluate("(e, name) => e[name]", name, timeout=A_MOMENT)
            if found == wanted:
                return
        raise AssertionError(f"{control} was given {wanted} by keyboard and holds {found}")

    async def hand_over(self, control: Locator, file: Path, timeout: float) -> None:
        for _ in range(TRIES):
            await self._reach(control, timeout)
            with suppress(BrowserTrouble):
                # Nothing opens when the page takes the control away in the same moment.
                async with control.page.expect_file_chooser(timeout=A_MOMENT) as chooser:
                    await control.page.keyboard.press("Enter")
                await (await chooser.value).set_files(file)
                return
        raise AssertionError(f"{control} lets nobody choose a file by keyboard")

    async def draw(self, control: Locator, points: Points, timeout: float) -> bool:
        """Nothing is drawn with keys: there is another way."""
        return False

    async def _usable(self, control: Locator, timeout: float) -> Stop:
        """Wait until it is there and not disabled."""
        await control.wait_for(state="visible", timeout=timeout)
        latest = asyncio.get_running_loop().time() + timeout / 1000
        while not (stop := await self._look(control)).usable:
            if asyncio.get_running_loop().time() > latest:
                raise BrowserTrouble(f"{control} stays disabled")
            await asyncio.sleep(BETWEEN_LOOKS)
        return stop

    async def _reach(self, control: Locator, timeout: float) -> Stop:
        """Wait for it, then Tab to it, or back to it with Shift; again if it goes away on the way and comes back."""
        latest = asyncio.get_running_loop().time() + timeout / 1000
        while True:
            try:
                await self._usable(control, timeout)
                return await self._tab(control)
            except BrowserTrouble:
                if asyncio.get_running_loop().time() > latest:
                    raise

    async def _tab(self, control: Locator) -> Stop:
        """From stop to stop; among radio buttons with the arrows."""
        stops = []
        for _ in range(MOST_PRESSES):
            stop = await self._look(control)
            if stop.reached:
                return stop
            stops.append(stop.at)
            await control.page.keyboard.press(stop.next)
        raise AssertionError(f"{control} cannot be reached by keyboard: {' > '.join(stops[-12:])}")

    async def _look(self, control: Locator) -> Stop:
        """One look; what it finds wrong is a defect of the page, once the page has come to rest."""
        latest = asyncio.get_running_loop().time() + SETTLING
        while True:
            stop = Stop(**await control.evaluate(LOOK, timeout=A_MOMENT))
            if not stop.fault:
                return stop
            if not stop.passing or asyncio.get_running_loop().time() > latest:
                raise AssertionError(f"on the way to {control}: {stop.fault}")
            await asyncio.sleep(BETWEEN_LOOKS)
