"""What is asked of account providers over HTTP: with an end to size and time, over TLS, of hosts that were named."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

import aiohttp

from domain.residency import in_clear, outside

SECONDS_TO_ANSWER = 8
LARGEST_ANSWER = 256 * 1024


class ProviderAway(Exception):
    """No answer that is of use. The message is for the log of whoever runs the installation, and names nobody."""


class CodeRefused(Exception):
    """The provider answers, and does not take the code."""


class Asking:
    """`resident`, `clear`: as in the settings; `patience`: seconds for one answer."""

    def __init__(self, resident: Sequence[str], clear: Sequence[str], patience: float) -> None:
        self._resident = resident
        self._clear = clear
        self._patience = aiohttp.ClientTimeout(total=patience)

    def checked(self, address: object) -> str:
        """An address that the provider names, where data of people may go there. Raises `ProviderAway`."""
        if not isinstance(address, str) or not address.startswith(("https://", "http://")):
            raise ProviderAway("an address that is none")
        told = {"provider": address}
        if strangers := outside(told, self._resident):
            raise ProviderAway(f"resident_hosts does not name {', '.join(strangers)}")
        if readable := in_clear(told, False, self._clear):
            raise ProviderAway(f"{', '.join(readable)} is named without TLS")
        return address

    async def get(self, address: str) -> Mapping[str, Any]:
        status, said = await self._ask("GET", address)
        if status != 200:
            raise ProviderAway(f"answers {status}")
        return said

    async def post(self, address: str, form: Mapping[str, str], authorization: str = "") -> Mapping[str, Any]:
        """Raises `CodeRefused` where the answer is an error of RFC 6749 5.2 that lies in the code."""
        headers = {"authorization": authorization} if authorization else {}
        status, said = await self._ask("POST", address, data=dict(form), headers=headers)
        if status in (400, 401, 403) and said.get("error") in ("invalid_grant", "access_denied"):
            raise CodeRefused
        if status != 200:
            raise ProviderAway(f"answers {status} {str(said.get('error'))[:40]!r} to a code")
        return said

    async def _ask(self, method: str, address: str, **asked: Any) -> tuple[int, Mapping[str, Any]]:
        body = b""
        try:
            async with (
                aiohttp.ClientSession(timeout=self._patience, headers={"accept": "application/json"}) as session,
                session.request(method, self.checked(address), allow_redirects=False, **asked) as answer,
            ):
                async for chunk in answer.content.iter_chunked(16384):
                    body += chunk
                    if len(body) > LARGEST_ANSWER:
                        raise ProviderAway("answers without end")
                status = answer.status
        except (aiohttp.ClientError, OSError, ValueError) as trouble:
            raise ProviderAway(type(trouble).__name__) from trouble
        try:
            said = json.loads(body)
        except (ValueError, RecursionError) as odd:
            raise ProviderAway(f"answers {status}, and no JSON") from odd
        if not isinstance(said, dict):
            raise ProviderAway("answers no object")
        return status, said
