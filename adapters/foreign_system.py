"""Asking a system of others over HTTP: what may be tried again, what it refuses, and how much it may answer."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import aiohttp

from domain.errors import PersonMustAct, Refusal, TryAgain
from domain.refusals.declared import Declared


async def asked(
    method: str, url: str, *, seconds: float, largest: int, headers: Mapping[str, str] | None = None, **sent: Any
) -> tuple[int, bytes]:
    """Status and body; of a body that is larger than `largest` one byte more than that. Raises `TryAgain`."""
    patience = aiohttp.ClientTimeout(total=seconds)
    try:
        async with (
            aiohttp.ClientSession(timeout=patience, headers=headers) as session,
            session.request(method, url, allow_redirects=False, **sent) as answer,
        ):
            body = b""
            while len(body) <= largest and (piece := await answer.content.readany()):
                body += piece
            return answer.status, body[: largest + 1]
    except (aiohttp.ClientError, OSError, ValueError) as trouble:
        raise TryAgain(f"no answer: {type(trouble).__name__}") from trouble


@dataclass(frozen=True)
class ForeignSystem:
    """A system that knows this installation by a token and says by a code, with 422, why it does not take something."""

    name: str
    url: str
    """Empty where the installation has no connection."""
    token: str
    seconds: float
    largest: int
    refused: Mapping[str, Declared]
    """What the other side calls it -> what it is here."""
    otherwise: Declared
    """Whatever else it says."""
    not_connected: Callable[[], PersonMustAct]

    async def ask(self, method: str, path: str, **sent: Any) -> bytes:
        """The body of the answer. Raises `TryAgain`, or `Refusal` where the other side says why it does not take it."""
        if not self.url:
            raise self.not_connected()
        headers = {"Authorization": f"Bearer {self.token}"}
        where = f"{self.url.rstrip('/')}{path}"
        status, body = await asked(method, where, seconds=self.seconds, largest=self.largest, headers=headers, **sent)
        if len(body) > self.largest:
            raise TryAgain(f"the answer of {self.name} is too large")
        if status == 422:
            raise self._refusal(body)
        if not 200 <= status < 300:
            raise TryAgain(f"{self.name} answers {status}")
        return body

    def _refusal(self, body: bytes) -> Refusal:
        try:
            told = json.loads(body)
            declared = self.refused.get(told["code"], self.otherwise)
        except (ValueError, KeyError, TypeError):
            return Refusal(self.otherwise)
        return Refusal(declared, **{name: str(told.get(name, "")) for name in declared.params})
