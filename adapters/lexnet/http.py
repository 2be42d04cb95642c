"""LexNET over HTTP, as the simulator of the local stack speaks it (`docs/lexnet.md`).

The web services of the real one are not published: what stands here is the contract that the platform needs of them,
and an installation that is let in has this one file to replace.
"""

import io
import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

import aiohttp
from pydantic import ValidationError

from domain.errors import PersonMustAct, Refusal, TryAgain
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
        self._url = url.rstrip("/")
        self._headers = {"Authorization": f"Bearer {token}"}

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

    async def _ask(self, method: str, path: str, **asked: Any) -> bytes:
        """The body of the answer. Raises `TryAgain`, or `Refusal` where the other side says why it does not take it."""
        if not self._url:
            raise PersonMustAct("lexnet_not_set_up")
        patience = aiohttp.ClientTimeout(total=SECONDS_TO_ANSWER)
        try:
            async with (
                aiohttp.ClientSession(timeout=patience, headers=self._headers) as session,
                session.request(method, f"{self._url}{path}", allow_redirects=False, **asked) as answer,
            ):
                body = b""
                async for chunk in answer.content.iter_chunked(65536):
                    body += chunk
                    if len(body) > LARGEST_ANSWER:
                        raise TryAgain("LexNET's answer is too large")
                status = answer.status
        except (aiohttp.ClientError, OSError, ValueError) as trouble:
            raise TryAgain(f"LexNET does not answer: {type(trouble).__name__}") from trouble
        if status == 422:
            raise _refusal(body)
        if not 200 <= status < 300:
            raise TryAgain(f"LexNET answers {status}")
        return body


def _refusal(body: bytes) -> Refusal:
    try:
        told: Mapping[str, Any] = json.loads(body)
        declared = REFUSED.get(told["code"], LEXNET_REFUSED)
    except (ValueError, KeyError, TypeError):
        return Refusal(LEXNET_REFUSED)
    return Refusal(declared, **{name: str(told.get(name, "")) for name in declared.params})
