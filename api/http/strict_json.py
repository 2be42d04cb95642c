"""JSON from strangers: parsed once, and refused when two readers could understand it differently (F-58)."""

import json
import math
from typing import Any

from domain.text import refuse_unreadable

DEEPEST = 40
LARGEST_INTEGER = 2**53 - 1
"""Standard: RFC 7493 (I-JSON) 2.2; the journal's canonical form (RFC 8785) knows no larger one."""


def parse(body: bytes) -> Any:
    """The value.

    Raises `json.JSONDecodeError` for everything that is not unambiguous JSON (RFC 7493), `Refusal('text_unreadable')`.
    """
    try:
        value = json.loads(body.decode("utf-8"), object_pairs_hook=_once, parse_constant=_no_constant)
        _sane(value, DEEPEST)
    except json.JSONDecodeError:
        raise
    except (ValueError, RecursionError) as error:
        raise json.JSONDecodeError(str(error)[:80] or "not JSON", "", 0) from error
    return value


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name is given twice")
    return found


def _no_constant(word: str) -> Any:
    raise ValueError(f"{word} is not JSON")


def _sane(value: Any, depth: int) -> None:
    if depth == 0:
        raise ValueError("nested too deeply")
    if isinstance(value, dict):
        for name, inner in value.items():
            _sane(name, depth)
            _sane(inner, depth - 1)
    elif isinstance(value, list):
        for inner in value:
            _sane(inner, depth - 1)
    elif isinstance(value, str):
        value.encode()  # raises UnicodeEncodeError, a ValueError, for half a surrogate pair
        refuse_unreadable(value)
    elif (isinstance(value, float) and not math.isfinite(value)) or (
        isinstance(value, int) and abs(value) > LARGEST_INTEGER
    ):
        raise ValueError("a number is too large")
