"""Secure verification codes (CSV). Law: RDL 6/2023 art. 26; form: `ES`, two control digits, 130 bits in base 32."""

import hashlib
import hmac

from domain.codes.pins import CODE_ALPHABET as ALPHABET

BODY_LENGTH = 26
GROUP = 4


def csv_of(seed: bytes) -> str:
    """The code of the minutes of the procedure with that secret seed: unguessable, and the same when asked again."""
    number = int.from_bytes(hmac.new(seed, b"csv", hashlib.sha256).digest()[:17], "big") >> 6
    body = ""
    for _ in range(BODY_LENGTH):
        number, digit = divmod(number, 32)
        body = ALPHABET[digit] + body
    return f"ES{_control(body):02d}-" + "-".join(body[n : n + GROUP] for n in range(0, BODY_LENGTH, GROUP))


def normalised_csv(typed: str) -> str | None:
    """The code as printed, however it was typed; None when its control digits say that it was mistyped."""
    letters = "".join(c for c in typed.upper() if c.isascii() and c.isalnum())
    control, body = letters[2:4], letters[4:].translate(str.maketrans("OIL", "011"))
    right_shape = letters.startswith("ES") and control.isdigit() and len(body) == BODY_LENGTH
    if not right_shape or any(c not in ALPHABET for c in body) or int(control) != _control(body):
        return None
    return f"ES{control}-" + "-".join(body[n : n + GROUP] for n in range(0, BODY_LENGTH, GROUP))


def _control(body: str) -> int:
    """Two control digits, 02 to 98: the code as one number in base 32, modulo 97 as in ISO 7064.

    One wrong character changes the number by d * 32**n, two swapped neighbours by 31 * d * 32**n, with d below 32: the
    prime 97 divides neither. scar: letters as two decimal digits, as in an IBAN, let one in a hundred through.
    """
    number = 0
    for character in body:
        number = number * 32 + ALPHABET.index(character)
    return 98 - number * 100 % 97
