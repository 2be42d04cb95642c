"""Pages of a PDF as people read them on screen, as pictures and as text: each made in a limited process."""

import asyncio
from typing import Any

from adapters.intake import PROGRAM
from adapters.limited.processes import LimitedProcesses
from domain.errors import PersonMustAct, Refusal

WIDEST = 2400
"""Pixels. More would only help somebody who wants to keep the processor busy."""

SECONDS = 30.0
AT_ONCE = 4


class PicturesPdfium:
    """`PagePictures`."""

    def __init__(self) -> None:
        self._processes = LimitedProcesses(PROGRAM)
        self._places = asyncio.Semaphore(AT_ONCE)

    async def png(self, pdf: bytes, page: int, width: int) -> bytes:
        """Raises `Refusal('no_such_page')`, `PersonMustAct('document_unreadable')`: also when drawing took too much."""
        return await self._made({"do": "picture", "page": page, "width": min(width, WIDEST)}, pdf)

    async def words(self, pdf: bytes, page: int) -> str:
        """Raises as `png`. Empty for a page that is a picture itself."""
        return (await self._made({"do": "words", "page": page}, pdf)).decode()

    async def _made(self, job: dict[str, Any], pdf: bytes) -> bytes:
        async with self._places:
            ending = await self._processes.run(job, [pdf], SECONDS)
        if "result" in ending.said:
            return ending.made
        if "refusal" in ending.said and ending.said["refusal"] != "document_unreadable":
            raise Refusal.told(ending.said["refusal"], **ending.said["params"])
        raise PersonMustAct("document_unreadable")

    async def close(self) -> None:
        await self._processes.close()
