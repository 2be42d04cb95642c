"""How a person acts on a page: with a pointer, or with the keyboard alone (see `keyboard.py`)."""

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from playwright.async_api import Locator

Points = Sequence[tuple[float, float]]


class Hands(Protocol):
    """The gestures that pages ask for. `timeout`: milliseconds to wait for a control that is there and can be used.

    Playwright's own error says that the page has moved on meanwhile and is to be looked at again; AssertionError, that
    the page has a defect.
    """

    async def press(self, control: Locator, timeout: float) -> None: ...

    async def fill(self, control: Locator, text: str, timeout: float) -> None: ...

    async def choose(self, control: Locator, value: str, timeout: float) -> None: ...

    async def check(self, control: Locator, timeout: float) -> None: ...

    async def hand_over(self, control: Locator, file: Path, timeout: float) -> None: ...

    async def draw(self, control: Locator, points: Points, timeout: float) -> bool:
        """One stroke through points told in parts of the control. False for hands that do not draw."""


class Pointer:
    """Clicks, and fields that get their words at once."""

    async def press(self, control: Locator, timeout: float) -> None:
        await control.click(timeout=timeout)

    async def fill(self, control: Locator, text: str, timeout: float) -> None:
        await control.fill(text, timeout=timeout)

    async def choose(self, control: Locator, value: str, timeout: float) -> None:
        await control.select_option(value, timeout=timeout)

    async def check(self, control: Locator, timeout: float) -> None:
        await control.check(timeout=timeout)

    async def hand_over(self, control: Locator, file: Path, timeout: float) -> None:
        await control.set_input_files(file, timeout=timeout)

    async def draw(self, control: Locator, points: Points, timeout: float) -> bool:
        await control.scroll_into_view_if_needed(timeout=timeout)
        box = await control.bounding_box(timeout=timeout)
        assert box is not None
        mouse = control.page.mouse
        for number, (x, y) in enumerate(points):
            await mouse.move(box["x"] + box["width"] * x, box["y"] + box["height"] * y)
            if number == 0:
                await mouse.down()
        await mouse.up()
        return True
