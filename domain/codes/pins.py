"""Short secrets that travel by SMS or on paper, PINs and summons codes, and the digests that stand for them.

Pure functions of a key that only our processes hold. A secret is computed when it has to be sent (again) and
its digest when it has to be compared, so that no store ever holds it.
"""

import hashlib
import hmac
from collections.abc import Sequence

from domain.ids import ParticipantId, ProcedureId

PIN_DIGITS = 6
PIN_TRIES = 3
"""Per PIN, the correct one included."""
UNANSWERED_PINS = 5
"""PINs that one person may leave without a correct answer in one procedure: 15 guesses at most."""

CODE_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O or U, which people mistake for other characters."""
CODE_LENGTH = 12


def pin_of(key: bytes, challenge: str) -> str:
    """The six digits that belong to `challenge`: the same whenever they have to be sent again."""
    digest = _digest(key, f"estrado-pin.v1:{challenge}")
    return f"{int.from_bytes(digest[:8], 'big') % 10**PIN_DIGITS:0{PIN_DIGITS}d}"


def proof_of(key: bytes, challenge: str, pin: str) -> str:
    """What stands for a typed PIN in commands and histories: an HMAC-SHA256, in hexadecimal."""
    return _digest(key, f"estrado-pin-proof.v1:{challenge}:{pin}").hex()


def proves(maker: bytes, keys: Sequence[bytes], challenge: str, proof: str) -> bool:
    """True when `proof` stands for the PIN that `maker` made for `challenge`, digested with any of `keys`: the key may
    have changed since. As processes of 0.2 wrote it too, until none is left.
    """
    pin = pin_of(maker, challenge)
    before = [_digest(key, f"{challenge}:{pin}").hex() for key in keys]
    accepted = [*(proof_of(key, challenge, pin) for key in keys), *before]
    # Each is compared, whichever was right: the time is the same.
    return sum([hmac.compare_digest(right.encode(), proof.encode()) for right in accepted]) > 0


def key_label(key: bytes) -> str:
    """What tells a key from others, and tells nothing of it."""
    return _digest(key, "estrado-pin-key.v1").hex()[:16]


def maker(keys: Sequence[bytes], label: str | None) -> bytes | None:
    """The key of that label; what names none is of before keys were named, and was made by the oldest."""
    return keys[-1] if label is None else next((key for key in keys if key_label(key) == label), None)


def summons_code_of(key: bytes, procedure: ProcedureId, participant: ParticipantId) -> str:
    """The code printed on a summons, in three groups of four: 60 bits, the same at every print."""
    number = int.from_bytes(_digest(key, f"estrado-summons.v1:{procedure}:{participant}")[:8], "big")
    characters = "".join(CODE_ALPHABET[(number >> 5 * place) & 31] for place in range(CODE_LENGTH))
    return "-".join(characters[start : start + 4] for start in range(0, CODE_LENGTH, 4))


def summons_code_hmac(key: bytes, typed: str) -> str:
    """The digest (hex) by which the register knows a code, however it was typed (case, hyphens, O for 0)."""
    plain = "".join(character for character in typed.upper() if character.isalnum()).translate(
        str.maketrans("OIL", "011")
    )
    return _digest(key, f"estrado-summons-code.v1:{plain}").hex()


def _digest(key: bytes, message: str) -> bytes:
    return hmac.new(key, message.encode(), hashlib.sha256).digest()
