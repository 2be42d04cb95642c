"""A handwritten signature of the bundle: its drawing, and its strokes as the browser encrypted them.

The strokes are encrypted by HPKE (RFC 9180) with everything else that is said here as context: moved to another
document, person, procedure or drawing, they cannot be opened. That they are so bound, only who holds the
Administration's private key can see; what the verifier sees is that the bytes are those that the journal and the
signed record name.
"""

import binascii
from base64 import b64decode
from dataclasses import dataclass
from typing import Any, Final

from evidence.canonical import Malformed, canonical, parse_canonical, sha256_hex
from evidence.limits import MAX_HANDWRITING_BYTES
from evidence.shapes import Shape

__all__ = ["HEIGHT", "SUITE", "WIDTH", "Handwriting", "context", "read_handwriting"]

SUITE: Final = "hpke-base-p256-hkdf-sha256-aes-256-gcm"
INFO: Final = b"estrado handwriting v1\n"
WIDTH: Final = 480
HEIGHT: Final = 240
BOUND: Final = frozenset({"v", "suite", "procedure", "participant", "document_sha256", "image_sha256", "key"})
KEYS: Final = BOUND | {"image", "strokes"}


@dataclass(frozen=True, slots=True)
class Handwriting:
    procedure: str
    participant: str
    document_sha256: str
    image_sha256: str
    key: str
    """SHA-256 of the public key to which the strokes are encrypted."""
    image: bytes
    """One bit a pixel, 1 for ink, row after row."""
    strokes: bytes
    """The key of the message (65 bytes) and the ciphertext."""
    context: bytes
    """`info` of RFC 9180."""


def context(told: dict[str, Any]) -> bytes:
    """What the strokes are bound to: the fields of `told` besides the drawing and the strokes themselves."""
    return INFO + canonical({key: told[key] for key in sorted(BOUND)})


def read_handwriting(data: bytes | memoryview, where: str) -> Handwriting:
    """From its bytes; `Malformed` for anything that no page writes."""
    value = parse_canonical(data, where, MAX_HANDWRITING_BYTES)
    shape = Shape(value, where, KEYS)
    shape.constant("v", 1)
    shape.constant("suite", SUITE)
    image = _blob(shape, "image")
    if len(image) != WIDTH * HEIGHT // 8 or sha256_hex(image) != shape.digest("image_sha256"):
        raise Malformed(where, "FIELD_WRONG", field="image")
    return Handwriting(
        procedure=shape.text("procedure"),
        participant=shape.text("participant"),
        document_sha256=shape.digest("document_sha256"),
        image_sha256=shape.digest("image_sha256"),
        key=shape.digest("key"),
        image=image,
        strokes=_blob(shape, "strokes"),
        context=context(value),
    )


def _blob(shape: Shape, key: str) -> bytes:
    try:
        return b64decode(shape.text(key), validate=True)
    except (binascii.Error, ValueError):
        raise Malformed(shape.where, "FIELD_WRONG", field=key) from None
