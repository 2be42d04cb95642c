"""A handwritten signature as a browser hands it over: its drawing, and its strokes, which are encrypted already.

Law: RDL 6/2023 art. 29.3 foresees it. How the strokes ran (position, time, pressure) is biometric data (GDPR art. 9):
it is encrypted where it is made, to a key of the Administration that no process of ours holds.
"""

import hashlib
from base64 import b64decode, b64encode
from typing import Annotated, Literal

import rfc8785
from pydantic import AfterValidator, Field, model_validator

from domain.base import Value
from domain.errors import Refusal
from domain.ids import ParticipantId, ProcedureId, Sha256
from domain.refusals.handwriting import HANDWRITING_EMPTY

SUITE = "hpke-base-p256-hkdf-sha256-aes-256-gcm"
"""Of RFC 9180: base mode, one message. A browser makes it with what WebCrypto has."""
WIDTH, HEIGHT = 480, 240
IMAGE_BYTES = WIDTH * HEIGHT // 8
"""The drawing is a bitmap of one bit a pixel, 1 for ink, row after row: nothing has to be decoded, and no sampled point
is in it. Scar of a vector drawing: how far its points stand from each other tells how fast the hand was."""
LEAST_INK, MOST_INK = 150, IMAGE_BYTES * 8 // 3
"""Pixels. A dot is no signature, and a blackened sheet is none either."""
LARGEST_STROKES = 256 * 1024
"""Some minutes of writing at 200 points a second."""
LEAST_STROKES = 65 + 16
"""The key of the message (an uncompressed point), and the tag."""
UNCOMPRESSED = 4
"""The first byte of a point of which both coordinates follow (SEC 1, 2.3.3)."""


def _base64(text: str) -> str:
    """The one way to write these bytes."""
    if b64encode(b64decode(text, validate=True)).decode() != text:
        raise ValueError("base64 with padding is wanted")
    return text


Base64 = Annotated[str, AfterValidator(_base64)]


class HandwritingKey(Value):
    """A public key of an Administration."""

    id: Sha256
    """SHA-256 of `der`."""
    der: bytes
    """SubjectPublicKeyInfo of a key on P-256."""

    @property
    def base64(self) -> str:
        return b64encode(self.der).decode()


class HandwrittenSignature(Value):
    """All of it, as it is kept: canonical JSON. The strokes open beside these very fields, and beside no others."""

    v: Literal[1] = 1
    suite: str = SUITE
    procedure: ProcedureId
    participant: ParticipantId
    document_sha256: Sha256 = Field(pattern=r"^[0-9a-f]{64}$")
    image_sha256: Sha256 = Field(pattern=r"^[0-9a-f]{64}$")
    key: Sha256 = Field(pattern=r"^[0-9a-f]{64}$")
    """SHA-256 of the public key (its SubjectPublicKeyInfo) to which the strokes are encrypted."""
    image: Base64 = Field(max_length=4 * IMAGE_BYTES // 3)
    strokes: Base64 = Field(max_length=4 * LARGEST_STROKES // 3 + 4)
    """The key of the message and the ciphertext, in one."""

    def canonical(self) -> bytes:
        """RFC 8785."""
        return rfc8785.dumps(self.model_dump(mode="json"))

    @property
    def bitmap(self) -> bytes:
        return b64decode(self.image)

    @model_validator(mode="after")
    def _as_a_page_makes_it(self) -> "HandwrittenSignature":
        strokes = b64decode(self.strokes)
        if self.suite != SUITE:
            raise ValueError(f"{SUITE} is wanted")
        if len(self.bitmap) != IMAGE_BYTES or hashlib.sha256(self.bitmap).hexdigest() != self.image_sha256:
            raise ValueError("the drawing is not the one that is named")
        if not LEAST_STROKES < len(strokes) <= LARGEST_STROKES or strokes[0] != UNCOMPRESSED:
            raise ValueError("encrypted strokes are wanted")
        return self

    def refuse_without_ink(self) -> None:
        """Raises `Refusal('handwriting_empty')`."""
        if not LEAST_INK <= int.from_bytes(self.bitmap).bit_count() <= MOST_INK:
            raise Refusal(HANDWRITING_EMPTY)
