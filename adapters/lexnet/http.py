"""LexNET over HTTP, as the simulator of the local stack speaks it (`docs/lexnet.md`).

The web services of the real one are not published: what stands here is the contract that the platform needs of them,
and an installation that is let in has this one file to replace.
"""

import io
import json
from functools import partial
from urllib.parse import quote

import aiohttp
from pydantic import ValidationError

from adapters.foreign_system import ForeignSystem
from domain.errors import PersonMustAct, TryAgain
from domain.ports.lexnet import FiledReceipt, LexnetPackage, WaitingMessage
from domain.refusals.lexnet import (
    LEXNET_BUNDLED,
    LEXNET_FILE_FORMAT,
    LEXNET_FILE_NAME,
    LEXNET_NOT_TEXT,
    LEXNET_RECIPIENT_UNKNOWN,
    LEXNET_REFUSED,
    LEXNET_TOO_LARGE,
)

SECONDS_TO_ANSWER = 120
"""Of one request: a delivery of the largest size over a slow line."""

LARGEST_ANSWER = 64 * 1024**2

REFUSED = {
    "bundle": LEXNET_BUNDLED,
    "format": LEXNET_FILE_FORMAT,
    "name": LEXNET_FILE_NAME,
    "main_without_text": LEXNET_NOT_TEXT,
    "recipient": LEXNET_RECIPIENT_UNKNOWN,
    "size": LEXNET_TOO_LARGE,
}
"""What the other side calls it -> what it is here."""


class LexnetHttp:
    """`LexnetGateway`. `url`: empty where the installation has no connection."""

    def __init__(self, url: str, token: str) -> None:
        unconnected = partial(PersonMustAct, "lexnet_not_set_up")
        self._ask = ForeignSystem(
            "LexNET", url, token, SECONDS_TO_ANSWER, LARGEST_ANSWER, REFUSED, LEXNET_REFUSED, unconnected
        ).ask

    async def submit(self, package: LexnetPackage) -> FiledReceipt:
        form = aiohttp.FormData()
        told = package.model_dump(mode="json", exclude={"message": True, "files": {"__all__": {"content"}}})
        form.add_field("delivery", json.dumps(told), content_type="application/json")
        for number, file in enumerate(package.files, 1):
            # Their names are told in the delivery, in its order: not every server reads the same out of a header.
            form.add_field("file", io.BytesIO(file.content), filename=str(number), content_type=file.media_type)
        where = f"/deliveries/{quote(package.message, safe='')}"
        receipt = json.loads(await self._ask("PUT", where, data=form))
        content = await self._ask("GET", f"{where}/receipt.pdf")
        try:
            return FiledReceipt.model_validate({**receipt, "content": content})
        except (ValidationError, TypeError) as odd:
            raise PersonMustAct("lexnet_receipt_wrong", message=package.message) from odd

    async def waiting(self, mailbox: str, about: str) -> tuple[WaitingMessage, ...]:
        found = json.loads(await self._ask("GET", f"/mailboxes/{quote(mailbox, safe='')}", params={"about": about}))
        try:
            return tuple(WaitingMessage.model_validate(message) for message in found["messages"])
        except (ValidationError, TypeError, KeyError) as odd:
            raise TryAgain("LexNET lists what is no message") from odd

    async def fetch(self, mailbox: str, message: str, file: str) -> bytes:
        where = f"/mailboxes/{quote(mailbox, safe='')}/{quote(message, safe='')}/file"
        return await self._ask("GET", where, params={"name": file})
