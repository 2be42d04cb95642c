"""Chance that bears repetition: an activity that runs twice must draw the same."""

import hashlib
import hmac


def chance_of(key: bytes, words: str) -> bytes:
    """Thirty-two bytes that nobody without the key can foresee, the same for the same words."""
    return hmac.new(key, f"estrado-chance.v1:{words}".encode(), hashlib.sha256).digest()
