"""A signature by hand as a page hands it over, and a key of an Administration."""

import hashlib
import json
from base64 import b64encode
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, derive_private_key
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from evidence.canonical import canonical, sha256_hex
from evidence.handwriting import HEIGHT, SUITE, WIDTH, context
from evidence.strokes import HPKE

PROCEDURE = "prc_held"
PRIVATE_KEY = derive_private_key(20261126, SECP256R1())
KEY = hashlib.sha256(PRIVATE_KEY.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).hexdigest()
DRAWING = bytes(WIDTH * 100 // 8) + b"\xff" * (WIDTH * 4 // 8) + bytes(WIDTH * (HEIGHT - 104) // 8)
"""A thick line from one side to the other."""
STROKES = [[[10.5, 20.25, 0, 0.5], [11.5, 21.75, 16, 0.625]], [[40, 41, 900, 0.125]]]


def sign_by_hand(script: Any, name: str, sha256: str) -> Any:
    """Of `held.py`: the first citizen signs by hand too, the second does without. What the record says of it."""
    told = {"document": "d2", "document_sha256": sha256, "participant": name}
    if name != "par_1":
        script.tell("handwriting_declined", name, sha256, **told)
        return "declined"
    written = handwritten(PROCEDURE, name, sha256, **script.by_hand)
    digests = {"image_sha256": sha256_hex(DRAWING), "key": KEY}
    kept = sha256_hex(written)
    script.handwritings.append(written)
    script.tell("signature_handwritten", name, sha256, kept, **told, **digests, handwriting={"sha256": kept})
    return {"sha256": kept, **digests}


def handwritten(procedure: str, participant: str, document_sha256: str, /, **changes: Any) -> bytes:
    """All of it in canonical JSON; `changes` are made after the strokes were bound to the rest."""
    bound: dict[str, Any] = {
        "v": 1,
        "suite": SUITE,
        "procedure": procedure,
        "participant": participant,
        "document_sha256": document_sha256,
        "image_sha256": sha256_hex(DRAWING),
        "key": KEY,
    }
    said = {"document_sha256": document_sha256, "began_at": "2026-11-26T10:00:00.000Z", "pointer": "pen"}
    clear = json.dumps({"v": 1, **said, "width": 480, "height": 240, "strokes": STROKES}).encode()
    strokes = HPKE.encrypt(clear, PRIVATE_KEY.public_key(), info=context(bound))
    return canonical({**bound, "image": b64encode(DRAWING).decode(), "strokes": b64encode(strokes).decode(), **changes})
