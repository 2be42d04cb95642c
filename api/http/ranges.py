"""Parts of a file, as players ask for them (RFC 9110, 14)."""

import re
from collections.abc import AsyncIterator, Callable

from fastapi import Response
from fastapi.responses import StreamingResponse

_ONE_RANGE = re.compile(r"bytes=([0-9]{0,18})-([0-9]{0,18})")


def ranged(content: bytes, media_type: str, asked: str | None, headers: dict[str, str]) -> Response:
    """All of it, the one range asked for (206), or 416 where there is nothing of it. Several ranges get all of it."""
    begin, end, status, told = _span(len(content), asked)
    headers = {**headers, **told}
    return Response(content[begin : end + 1], status_code=status, media_type=media_type, headers=headers)


async def ranged_pieces(
    read: Callable[[int, int], AsyncIterator[bytes]],
    size: int,
    media_type: str,
    asked: str | None,
    headers: dict[str, str],
) -> Response:
    """The same of what is too large to be held at once: `read` gives the bytes between two places, both included."""
    begin, end, status, told = _span(size, asked)
    if begin > end:
        return Response(status_code=status, headers={**headers, **told})
    rest = read(begin, end)
    first = await anext(rest)  # what cannot be read is refused before anything is promised
    headers = {**headers, **told, "Content-Length": str(end - begin + 1)}
    return StreamingResponse(_with(first, rest), status_code=status, media_type=media_type, headers=headers)


async def _with(first: bytes, rest: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    yield first
    async for more in rest:
        yield more


def _span(size: int, asked: str | None) -> tuple[int, int, int, dict[str, str]]:
    """First and last place of what is given, the status, and the headers that say so."""
    headers = {"Accept-Ranges": "bytes"}
    found = _ONE_RANGE.fullmatch(asked or "")
    if found is None or found.groups() == ("", ""):
        return 0, size - 1, 200, headers
    first, last = found.groups()
    begin = int(first) if first else max(0, size - int(last))
    end = min(int(last), size - 1) if first and last else size - 1
    if begin > end:
        return 0, -1, 416, headers | {"Content-Range": f"bytes */{size}"}
    return begin, end, 206, headers | {"Content-Range": f"bytes {begin}-{end}/{size}"}
