"""A file of AES-256 keys, the current one first: how the installation's own keys are rotated without losing anything.

The file is 32 raw bytes a key, one after the other. To rotate, put a new key in front; take an old one out when
nothing is sealed with it any more.
"""

import hashlib
import secrets
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from domain.errors import PersonMustAct

KEY_BYTES = 32
NONCE_BYTES = 12
"""Standard: NIST SP 800-38D 8.2.2, random nonces of 96 bits."""


class KeyRing:
    def __init__(self, content: bytes) -> None:
        """`content` of a key file. Raises `ValueError` unless it is one or more whole keys."""
        if not content or len(content) % KEY_BYTES:
            raise ValueError(f"a key file holds {KEY_BYTES} bytes a key, this one has {len(content)}")
        keys = [content[start : start + KEY_BYTES] for start in range(0, len(content), KEY_BYTES)]
        self._keys = {key_id(key): AESGCM(key) for key in keys}
        self.current = key_id(keys[0])
        """Id of the key that seals."""

    @classmethod
    def read(cls, path: Path) -> "KeyRing":
        return cls(path.read_bytes())

    def seal(self, clear: bytes, context: str) -> bytes:
        """Nonce and ciphertext under the current key; it opens only in the same `context`."""
        return seal(self._keys[self.current], clear, context)

    def open(self, key: str, sealed: bytes, context: str) -> bytes:
        """Inverse of `seal` with the key of that id.

        Raises `PersonMustAct('unknown_key')` for a key that is not on the ring, `PersonMustAct('content_altered')`
        for a bad tag.
        """
        if key not in self._keys:
            raise PersonMustAct("unknown_key", key=key)
        return unseal(self._keys[key], sealed, context)


def key_id(key: bytes) -> str:
    """What names a key in stored things: a digest of it, cut to where it says nothing about the key."""
    return hashlib.sha256(b"estrado-key-id.v1:" + key).hexdigest()[:16]


def seal(cipher: AESGCM, clear: bytes, context: str) -> bytes:
    """Nonce, then ciphertext and tag; `context` is authenticated with it and not stored."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + cipher.encrypt(nonce, clear, context.encode())


def unseal(cipher: AESGCM, sealed: bytes, context: str) -> bytes:
    """Inverse of `seal`. Raises `PersonMustAct('content_altered')`."""
    try:
        return cipher.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], context.encode())
    except (InvalidTag, ValueError) as fault:
        raise PersonMustAct("content_altered") from fault
