"""How a person acts on a page: with a pointer, or with the keyboard alone (see `keyboard.py`)."""

from pathlib import Path
from typing import Protocol

from playwright.async_api import Locator


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
