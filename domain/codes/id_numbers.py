"""Spanish identity numbers, DNI and NIE, with their check letter (RD 1553/2005; Orden INT/2058/2008)."""

import re

LETTERS = "TRWAGMYFPDXBNJZSQVHLCKE"
_SHAPE = re.compile(r"^([XYZ]?)([0-9]{7,8})([A-Z])\Z")


def normalised(number: str) -> str:
    """Upper case, without blanks, dots and hyphens."""
    return re.sub(r"[\s.\-]", "", number).upper()


def is_spanish(number: str) -> bool:
    """True when `number` has the shape of a DNI or NIE (its letter may still be wrong)."""
    match = _SHAPE.match(normalised(number))
    return bool(match) and len(match[1]) + len(match[2]) == 8  # type: ignore[index]


def has_right_letter(number: str) -> bool:
    """True when the check letter of a DNI or NIE fits its digits: the number modulo 23 indexes `LETTERS`."""
    match = _SHAPE.match(normalised(number))
    if not match or len(match[1]) + len(match[2]) != 8:
        return False
    prefix = {"": "", "X": "0", "Y": "1", "Z": "2"}[match[1]]
    return LETTERS[int(prefix + match[2]) % 23] == match[3]
