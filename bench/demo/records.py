"""Whoever holds the act asks registers for a record, goes on, and reads the answer when it has come."""

from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass

from playwright.async_api import Error as BrowserTrouble

from bench.demo.adding import add_item, id_of_item
from bench.demo.screen import PATIENCE, Screen

ITEM = "A47"


@dataclass(frozen=True)
class Record:
    """What is asked of registers, after which item, and after which one the answer is read."""

    asked_after: str
    read_after: str
    values: dict[str, str]


KEPT = 'input[name="revision"]:not([value="0"])'

Fill = Callable[[dict[str, str]], Awaitable[None]]


async def see_to_record(
    screen: Screen, record: Record, after: str, fill: Fill, blow: Callable[[str], Awaitable[None]]
) -> None:
    """What is due after that item: asking, or reading. `blow` hears that it was asked for."""
    if after == record.read_after:
        await read_record(screen, fill)
    if after == record.asked_after:
        await ask_for_record(screen, record.values, fill)
        await blow("record asked")
        await leave_for_later(screen)


async def ask_for_record(screen: Screen, values: dict[str, str], fill: Fill) -> None:
    """Add the item, say of whom and for what, and ask. What was typed is kept first: only what is kept is asked."""
    item = await add_item(screen, ITEM)
    await screen.press_until(f"open-{item}", screen.control("ask-record"), there=True)
    await fill(values)
    await screen.press("keep-item")
    with suppress(BrowserTrouble):
        await screen.page.locator(KEPT).first.wait_for(state="attached", timeout=9000)
    await screen.press_until("ask-record", screen.control("record-cr1"), there=True)
    await screen.picture("record-asked")


async def leave_for_later(screen: Screen) -> None:
    """The act goes on with its other items."""
    suspended = screen.page.locator(f'[data-code="{ITEM}"][data-state="suspended"]')
    await screen.press("suspend-open")
    await screen.fill("suspend-reason", "Se espera a los registros")
    await screen.press_until("suspend-item", suspended, there=True)


async def read_record(screen: Screen, fill: Fill) -> None:
    """Once everybody has answered: read it, and put down that it came."""
    waiting = screen.page.locator('[data-test^="record-cr1-"]:not([data-tone="good"])')
    await waiting.first.wait_for(state="hidden", timeout=PATIENCE * 1000)
    await screen.press("read-record-cr1")
    await screen.picture("record")
    item = await id_of_item(screen, ITEM)
    done = screen.page.locator(f'[data-test="item-{item}"][data-state="done"]')
    await screen.press_until(f"open-{item}", screen.control("done-item"), there=True)
    await fill({"received": "true"})
    await screen.press_until("done-item", done, there=True)
