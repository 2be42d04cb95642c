"""A file that is taken away, with its digest and its ETag."""

import base64

from fastapi import Request, Response

from api.http.conditional import not_changed


def download(
    request: Request, content: bytes, media_type: str, name: str, sha256: str, *, inline: bool = False
) -> Response:
    """Standard: RFC 9530, the digest of what is sent, so that a client can tell a cut transfer. Its ETag is the same
    SHA-256: 304 for whoever shows it."""
    etag, digest = f'"{sha256}"', base64.b64encode(bytes.fromhex(sha256)).decode()
    headers = {
        "Content-Disposition": f'{"inline" if inline else "attachment"}; filename="{name}"',
        "Repr-Digest": f"sha-256=:{digest}:",
        "ETag": etag,
    }
    if not_changed(request, etag):
        return Response(status_code=304, headers=headers)
    return Response(content, media_type=media_type, headers=headers)
