"""A file that is taken away, with its digest and its ETag."""

import base64

from fastapi import Request, Response

from api.http.conditional import not_changed


def download(
    request: Request, content: bytes, media_type: str, name: str, sha256: str | None = None, *, inline: bool = False
) -> Response:
    """Standard: RFC 9530, the digest of what is sent, so that a client can tell a cut transfer. Its ETag is the same
    SHA-256: 304 for whoever shows it."""
    headers = {"Content-Disposition": f'{"inline" if inline else "attachment"}; filename="{name}"'}
    if sha256 is not None:
        digest = base64.b64encode(bytes.fromhex(sha256)).decode()
        headers["Repr-Digest"] = f"sha-256=:{digest}:"
        headers["ETag"] = f'"{sha256}"'
        if not_changed(request, headers["ETag"]):
            return Response(status_code=304, headers=headers)
    return Response(content, media_type=media_type, headers=headers)
