"""Parts of a file, as players ask for them (RFC 9110, 14)."""

import re

from fastapi import Response

_ONE_RANGE = re.compile(r"bytes=([0-9]{0,18})-([0-9]{0,18})")


def ranged(content: bytes, media_type: str, asked: str | None, headers: dict[str, str]) -> Response:
    """All of it, the one range asked for (206), or 416 where there is nothing of it. Several ranges get all of it."""
    headers = {**headers, "Accept-Ranges": "bytes"}
    found = _ONE_RANGE.fullmatch(asked or "")
    if found is None or found.groups() == ("", ""):
        return Response(content, media_type=media_type, headers=headers)
    first, last = found.groups()
    size = len(content)
    begin = int(first) if first else max(0, size - int(last))
    end = min(int(last), size - 1) if first and last else size - 1
    if begin > end:
        return Response(status_code=416, headers={**headers, "Content-Range": f"bytes */{size}"})
    headers["Content-Range"] = f"bytes {begin}-{end}/{size}"
    return Response(content[begin : end + 1], status_code=206, media_type=media_type, headers=headers)
