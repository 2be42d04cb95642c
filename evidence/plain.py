"""What a bundle says, made safe to be shown: a name in it may be written to make a screen show another verdict."""

import unicodedata
from typing import Final

from evidence.limits import MAX_SHOWN

__all__ = ["plain"]

UNSEEN: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
"""Controls (escape sequences, line breaks), marks of writing direction and of no width, separators, and code points
that are no character."""


def plain(value: str, limit: int = MAX_SHOWN) -> str:
    """`value` on one line, with a visible escape for each code point that is not seen, cut to `limit` characters."""
    if len(value) > limit:
        value = f"{value[: limit - 1]}…"
    return "".join(f"<U+{ord(one):04X}>" if unicodedata.category(one) in UNSEEN else one for one in value)
