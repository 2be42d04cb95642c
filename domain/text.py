"""Signs that no text may hold: they order or hide what a person reads, and say nothing themselves.

What comes in is refused by the API; what was kept before is shown with these signs spelt out.
"""

import re
from typing import TypeVar

from domain.errors import Refusal
from domain.refusals.requests import TEXT_UNREADABLE

T = TypeVar("T")

_SIGNS = (
    # Control characters but tab and line breaks; Unicode's line and paragraph separators, and its byte order mark.
    r"\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u2028\u2029\ufeff"
    # Standard: UAX 9, the marks and embeddings that turn the direction of writing.
    r"\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
)
_UNREADABLE = re.compile(f"[{_SIGNS}]")

READABLE, READABLE_LINE = f"^[^{_SIGNS}]*$", rf"^[^\t\n\r{_SIGNS}]*$"
"""Patterns that say the same to programs (ECMA-262): a text, and a text on one line."""

ONE_LINE = "^[^\\t\\n\\r]*$"
"""A pattern: a text on one line."""


def refuse_unreadable(text: str) -> None:
    """Raises `Refusal('text_unreadable', sign='U+202E')` naming the first sign that no text may hold."""
    if found := _UNREADABLE.search(text):
        raise Refusal(TEXT_UNREADABLE, sign=_name(found[0]))


def readable(value: T) -> T:
    """`value`; of a text, with each sign that it should not hold as `[U+202E]`. Markup stays markup."""
    if not isinstance(value, str) or not _UNREADABLE.search(value):
        return value
    return type(value)(_UNREADABLE.sub(lambda found: f"[{_name(found[0])}]", value))


def _name(sign: str) -> str:
    return f"U+{ord(sign):04X}"
