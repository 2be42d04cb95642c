"""Canonical JSON (RFC 8785) and digests: the only way this format writes, and the only way it accepts, a JSON
value."""

import hashlib
import json
import re
from collections.abc import Iterator
from typing import Any, Final, NoReturn

import rfc8785

from evidence.limits import (
    MAX_EVENTS,
    MAX_JOURNAL_BYTES,
    MAX_JOURNAL_VALUES,
    MAX_JSON_BYTES,
    MAX_JSON_DEPTH,
    MAX_JSON_LINE_BYTES,
    MAX_JSON_VALUES,
)

__all__ = [
    "Malformed",
    "canonical",
    "is_digest",
    "parse_canonical",
    "parse_lines",
    "sha256_hex",
    "write_lines",
]

DIGEST_LENGTH: Final = 64
SEPARATORS: Final = (b",", b"[", b"{")
UNUSUAL: Final = re.compile(rb"[\xed-\xff]|(?:^|[:\[,])-?(?:\d{9}|\d+[.eE])")
PLAIN: Final = json.JSONEncoder(ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"))
BRACKET: Final = re.compile(rb"[\[\]{}]")


class Malformed(Exception):
    """A member of the bundle is not in the form that `docs/evidence-format.md` prescribes.

    `code` is a code of the text catalogue, `where` the member (with `#` and its part when known).
    """

    def __init__(self, where: str, code: str, **parameters: str | int) -> None:
        super().__init__(f"{where}: {code} {parameters}")
        self.where = where
        self.code = code
        self.parameters = parameters


def canonical(value: object) -> bytes:
    """The RFC 8785 bytes of a JSON value. `ValueError` for what JSON of this format cannot hold (NaN, int >
    2^53)."""
    plain = _plain(value)
    return plain if plain is not None else rfc8785.dumps(value)  # type: ignore[arg-type]


def sha256_hex(data: bytes | memoryview) -> str:
    """SHA-256 as 64 lower-case hex digits: the form of every digest inside the bundle."""
    return hashlib.sha256(data).hexdigest()


def is_digest(value: object) -> bool:
    """True for 64 lower-case hex digits."""
    return isinstance(value, str) and len(value) == DIGEST_LENGTH and not value.strip("0123456789abcdef")


def parse_canonical(data: bytes | memoryview, where: str, limit: int = MAX_JSON_BYTES) -> Any:
    """Read a JSON value that must already be canonical; `Malformed` otherwise.

    Why so strict: two readers that resolve a duplicate key or a number differently would be shown two
    different facts under one hash. A value whose canonical form is itself has only one reading.
    """
    if len(data) > limit:
        raise Malformed(where, "JSON_TOO_LARGE", size=len(data), limit=limit)
    raw = bytes(data)
    depth, values = _extent(raw)
    if depth > MAX_JSON_DEPTH:
        raise Malformed(where, "JSON_TOO_DEEP", limit=MAX_JSON_DEPTH)
    if values > MAX_JSON_VALUES:
        raise Malformed(where, "JSON_TOO_MANY_VALUES", limit=MAX_JSON_VALUES)
    try:
        value = json.loads(raw.decode(), object_pairs_hook=_unique_keys, parse_constant=_no_constants)
        again = raw if _is_plain(raw, value) else canonical(value)
    except DuplicateKey as duplicate:
        raise Malformed(where, "JSON_DUPLICATE_KEY", key=str(duplicate)) from None
    except (ValueError, RecursionError):
        raise Malformed(where, "JSON_UNREADABLE") from None
    if again != raw:
        raise Malformed(where, "JSON_NOT_CANONICAL")
    return value


def parse_lines(data: bytes | memoryview, where: str) -> Iterator[Any]:
    """Read a file of canonical JSON lines, each ended by one line feed. The n-th value is named `where#n` on
    error."""
    if len(data) > MAX_JOURNAL_BYTES:
        raise Malformed(where, "JSON_TOO_LARGE", size=len(data), limit=MAX_JOURNAL_BYTES)
    raw = bytes(data)
    if raw and not raw.endswith(b"\n"):
        raise Malformed(where, "LINES_NOT_ENDED")
    if raw.count(b"\n") > MAX_EVENTS:
        raise Malformed(where, "TOO_MANY_EVENTS", limit=MAX_EVENTS)
    if sum(map(raw.count, SEPARATORS)) > MAX_JOURNAL_VALUES:
        raise Malformed(where, "JSON_TOO_MANY_VALUES", limit=MAX_JOURNAL_VALUES)
    for number, line in enumerate(raw.split(b"\n")[:-1]):
        yield parse_canonical(line, f"{where}#{number}", MAX_JSON_LINE_BYTES)


def write_lines(values: list[Any]) -> bytes:
    """The inverse of `parse_lines`."""
    return b"".join(canonical(value) + b"\n" for value in values)


class DuplicateKey(ValueError):
    """A JSON object names one key twice."""


def _extent(raw: bytes) -> tuple[int, int]:
    """How deep the brackets nest and how many values there are, strings left aside.

    Of a text that is not JSON, at least as many as a parser meets.

    Linear whatever the text: a pattern that matches strings starts anew at every quote of one that never ends.
    """
    outside = b"".join(raw.replace(b"\\\\", b"").replace(b'\\"', b"").split(b'"')[::2])
    values = 1 + sum(map(outside.count, SEPARATORS))
    depth = deepest = 0
    if values <= MAX_JSON_VALUES:
        for found in BRACKET.finditer(outside):
            depth += 1 if found.group() in b"[{" else -1
            deepest = max(deepest, depth)
    return deepest, values


def _is_plain(raw: bytes, value: Any) -> bool:
    """The value is written as the standard library writes it, in which nothing stands of what RFC 8785 does otherwise:
    numbers beyond eight digits or with fractions, and signs above U+CFFF, by which keys may be in another order.
    """
    if UNUSUAL.search(raw):
        return False
    try:
        return PLAIN.encode(value).encode() == raw
    except (ValueError, RecursionError):
        return False


def _plain(value: object) -> bytes | None:
    """The same for a value at hand, many times faster than by RFC 8785 in Python; `None` where only that can tell.

    What the library would write although it is no JSON, as a key that is a number, comes back as another value.
    """
    try:
        text = PLAIN.encode(value)
        raw = text.encode()
        return raw if not UNUSUAL.search(raw) and json.loads(text) == value else None
    except (ValueError, TypeError, RecursionError):
        return None


def _unique_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise DuplicateKey(key)
        found[key] = value
    return found


def _no_constants(name: str) -> NoReturn:
    raise ValueError(name)
