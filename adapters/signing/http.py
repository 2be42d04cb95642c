"""One HTTP session for the trust services (time-stamps, OCSP, CRL). Knows nothing of what it carries."""

import asyncio

import aiohttp

from domain.errors import TryAgain

SECONDS_TO_ANSWER = 10
LARGEST_ANSWER = 10 * 1024 * 1024


class HttpRefused(Exception):
    """The server answered that the request itself is wrong (4xx): asking again gives the same."""

    def __init__(self, url: str, status: int) -> None:
        super().__init__(f"{url} answered {status}")
        self.status = status


class HttpClient:
    """Asks over one kept session. Raises TryAgain when nobody answers or the server is in trouble."""

    def __init__(self) -> None:
        self._session: aiohttp.ClientSession | None = None
        self._loop: asyncio.AbstractEventLoop | None = None

    async def get(self, url: str) -> bytes:
        return await self._ask("GET", url, None, {})

    async def post(self, url: str, body: bytes, content_type: str, accept: str) -> bytes:
        """The body of the answer, which must be of the media type `accept`."""
        return await self._ask("POST", url, body, {"Content-Type": content_type, "Accept": accept})

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()
        self._session = self._loop = None

    async def _ask(self, method: str, url: str, body: bytes | None, headers: dict[str, str]) -> bytes:
        try:
            async with self._opened().request(method, url, data=body, headers=headers) as answer:
                if answer.status == 429 or answer.status >= 500:
                    raise TryAgain(f"{url} answered {answer.status}")
                if answer.status >= 400:
                    raise HttpRefused(url, answer.status)
                if "Accept" in headers and answer.content_type != headers["Accept"]:
                    raise HttpRefused(url, 415)
                return await _read(url, answer)
        except (aiohttp.ClientError, OSError) as reason:
            raise TryAgain(f"no answer at {url}: {reason or type(reason).__name__}") from reason

    def _opened(self) -> aiohttp.ClientSession:
        loop = asyncio.get_running_loop()
        # A session belongs to the loop that made it; a process that starts a second loop needs a second session.
        if self._session is None or self._session.closed or self._loop is not loop:
            self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=SECONDS_TO_ANSWER))
            self._loop = loop
        return self._session


async def _read(url: str, answer: aiohttp.ClientResponse) -> bytes:
    """The whole body, unpacked; no more of it is held than it may have, whatever its server says of its length."""
    body = bytearray()
    async for part in answer.content.iter_any():
        body += part
        if len(body) > LARGEST_ANSWER:
            raise HttpRefused(url, 413)
    return bytes(body)
