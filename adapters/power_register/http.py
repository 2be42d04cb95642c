"""The register of powers over HTTP, as the simulator of the local stack speaks it (`docs/power-register.md`).

The interface of the real one (REAJ) is not published. What stands here is the contract that the platform needs of it,
made for this project; an installation that is let in has this one file to replace.
"""

import json
from typing import Any
from urllib.parse import quote

import aiohttp
from pydantic import ValidationError

from domain.errors import PersonMustAct, Refusal, TryAgain
from domain.ports.power_register import EntryReceipt, PowerEntry
from domain.refusals.register_entries import (
    REGISTER_ATTORNEY,
    REGISTER_ENTERED_ALREADY,
    REGISTER_GRANTOR,
    REGISTER_NOT_CONNECTED,
    REGISTER_REFUSED,
    REGISTER_SCOPE,
    REGISTER_VALIDITY,
)

SECONDS_TO_ANSWER = 60

LARGEST_ANSWER = 8 * 1024**2

REFUSED = {
    "grantor": REGISTER_GRANTOR,
    "attorney": REGISTER_ATTORNEY,
    "scope": REGISTER_SCOPE,
    "validity": REGISTER_VALIDITY,
    "entered_already": REGISTER_ENTERED_ALREADY,
}
"""What the other side calls it -> what it is here."""


class PowerRegisterHttp:
    """`PowerRegister`. `url`: empty where the installation has no connection."""

    def __init__(self, url: str, token: str) -> None:
        self._url = url.rstrip("/")
        self._headers = {"Authorization": f"Bearer {token}"}

    async def enter(self, entry: PowerEntry) -> EntryReceipt:
        where = f"/entries/{quote(entry.id, safe='')}"
        answer = await self._ask("PUT", where, json=entry.model_dump(mode="json", exclude={"id"}))
        content = await self._ask("GET", f"{where}/receipt.pdf")
        try:
            return EntryReceipt.model_validate({**json.loads(answer), "content": content})
        except (ValidationError, TypeError, ValueError) as odd:
            raise PersonMustAct("register_receipt_wrong", entry=entry.id) from odd

    async def _ask(self, method: str, path: str, **asked: Any) -> bytes:
        """The body of the answer. Raises `TryAgain`, or `Refusal` where the other side says why it does not take it."""
        if not self._url:
            raise Refusal(REGISTER_NOT_CONNECTED)
        patience = aiohttp.ClientTimeout(total=SECONDS_TO_ANSWER)
        try:
            async with (
                aiohttp.ClientSession(timeout=patience, headers=self._headers) as session,
                session.request(method, f"{self._url}{path}", allow_redirects=False, **asked) as answer,
            ):
                body = await answer.content.read(LARGEST_ANSWER + 1)
                while not answer.content.at_eof() and len(body) <= LARGEST_ANSWER:
                    body += await answer.content.read(LARGEST_ANSWER + 1)
                status = answer.status
        except (aiohttp.ClientError, TimeoutError, OSError) as trouble:
            raise TryAgain(f"the register does not answer: {type(trouble).__name__}") from trouble
        if status == 422:
            raise Refusal(_why(body))
        if not 200 <= status < 300 or len(body) > LARGEST_ANSWER:
            raise TryAgain(f"the register answers {status}")
        return body


def _why(body: bytes) -> Any:
    try:
        return REFUSED.get(json.loads(body)["code"], REGISTER_REFUSED)
    except (ValueError, KeyError, TypeError):
        return REGISTER_REFUSED
