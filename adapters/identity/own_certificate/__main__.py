"""The listener as a process: `python -m adapters.identity.own_certificate`, with the settings of `ListenerSettings`."""

import asyncio
import logging
import signal

from adapters.identity.own_certificate.listener import Listener
from adapters.identity.own_certificate.page import Page
from adapters.identity.own_certificate.settings import ListenerSettings
from templates.catalogues import LANGUAGES_WITH_WORDS
from templates.texts import text


async def serve() -> None:
    """Until SIGTERM or SIGINT."""
    ended = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, ended.set)
    settings = ListenerSettings()
    async with Listener(settings, Page(text, LANGUAGES_WITH_WORDS)).serving():
        await ended.wait()


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(message)s")
    asyncio.run(serve())
