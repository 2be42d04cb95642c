"""Sending webhooks. The addresses are given by people of an Administration: none of them may lead back into our house.

What a name resolves to is looked at when the connection is made, and exactly that address is connected to: a name
that changes between a look and a call finds no gap.
"""

import socket
from collections.abc import Mapping

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.resolver import ThreadedResolver

from domain.access.webhooks import refuse_unfit
from domain.addresses import may_be_called
from domain.errors import Refusal

SECONDS_TO_ANSWER = 15

NO_ANSWER, ADDRESS_REFUSED, TOO_SLOW = "no_answer", "address_refused", "too_slow"


class AddressRefused(OSError):
    """The name leads to an address that is not called."""


class CheckedResolver(AbstractResolver):
    """Resolves a name to those of its addresses that may be called. One that may not, and none is."""

    def __init__(self) -> None:
        self._inner = ThreadedResolver()

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        found = await self._inner.resolve(host, port, family)
        if not all(may_be_called(one["host"]) for one in found):
            raise AddressRefused(host)
        return found

    async def close(self) -> None:
        await self._inner.close()


class WebhooksHttp:
    """`WebhookSender`. `private`: the setting of a local stack, where systems are called on loopback too."""

    def __init__(self, *, private: bool = False) -> None:
        self._private = private

    async def post(self, url: str, headers: Mapping[str, str], body: bytes) -> str:
        try:
            refuse_unfit(url, private=self._private)
        except Refusal:
            return ADDRESS_REFUSED
        connector = aiohttp.TCPConnector(resolver=ThreadedResolver() if self._private else CheckedResolver())
        patience = aiohttp.ClientTimeout(total=SECONDS_TO_ANSWER)
        try:
            # A connection of its own for each: the name is looked at anew, and no system learns of another by it.
            async with (
                aiohttp.ClientSession(connector=connector, timeout=patience) as session,
                session.post(url, data=body, headers=dict(headers), allow_redirects=False) as answer,
            ):
                return str(answer.status)
        except TimeoutError:
            return TOO_SLOW
        except (aiohttp.ClientError, OSError, ValueError) as trouble:
            refused = isinstance(trouble.__cause__, AddressRefused) or isinstance(trouble, AddressRefused)
            return ADDRESS_REFUSED if refused else NO_ANSWER
