"""The public keys to which handwriting is encrypted. Their private halves are on no machine of an installation."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_public_key

from domain.ids import Sha256
from domain.procedure.handwriting import HandwritingKey

END = b"-----END PUBLIC KEY-----"


def handwriting_keys(pki_dir: Path, name: str | None) -> tuple[HandwritingKey, ...]:
    """Those of `NAME.pub.pem`, the one in use first; none where the file is missing or cannot be read as keys on P-256.

    Read whenever a page asks: a key is changed while people work.
    """
    if name is None:
        return ()
    try:
        return tuple(_keys((pki_dir / f"{name}.pub.pem").read_bytes()))
    except (OSError, ValueError, UnsupportedAlgorithm):
        return ()


def _keys(pem: bytes) -> Iterator[HandwritingKey]:
    for block in pem.split(END)[:-1]:
        key = load_pem_public_key(block.strip() + b"\n" + END)
        if not isinstance(key, EllipticCurvePublicKey) or not isinstance(key.curve, SECP256R1):
            raise ValueError("a key on P-256 is wanted")
        der = key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        yield HandwritingKey(id=Sha256(hashlib.sha256(der).hexdigest()), der=der)
