"""Items that the type allows and that nobody planned: added to the agenda when they are needed."""

from bench.demo.screen import Screen


async def add_item(screen: Screen, code: str) -> str:
    """Add an item of that code; its id, by which the page names its buttons."""
    # The box is still open where something was added before.
    await screen.press_until("add-item-open", screen.control("add-code"), there=True)
    await screen.choose("add-code", code)
    await screen.press_until("add-item", screen.page.locator(_item(code)), there=True)
    return await id_of_item(screen, code)


async def id_of_item(screen: Screen, code: str) -> str:
    """The id of the only item of that code."""
    name = await screen.page.locator(_item(code)).first.get_attribute("data-test")
    assert name is not None
    return name.removeprefix("item-")


def _item(code: str) -> str:
    return f'[data-test="agenda"] > [data-code="{code}"]'
