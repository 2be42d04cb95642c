"""Reading the fields of a parsed JSON object by the type the format gives them; anything else is
`Malformed`."""

import re
from collections.abc import Mapping, Set
from typing import Any, Final

from evidence.canonical import Malformed, is_digest

__all__ = ["Shape"]

HEX_BLOB: Final = re.compile(r"0x(?:[0-9a-f]{2})*")


class Shape:
    """A JSON object found at `where`, with exactly `keys` when they are given (plus any of `optional`)."""

    def __init__(self, value: Any, where: str, keys: Set[str] | None = None, optional: Set[str] = frozenset()) -> None:
        if not isinstance(value, dict):
            raise Malformed(where, "NOT_AN_OBJECT")
        if keys is not None:
            for key in sorted(set(keys) - set(value)):
                raise Malformed(where, "FIELD_MISSING", field=key)
            for key in sorted(set(value) - set(keys) - set(optional)):
                raise Malformed(where, "FIELD_UNKNOWN", field=key)
        self.value: Mapping[str, Any] = value
        self.where = where

    def text(self, key: str) -> str:
        """A string that is not empty."""
        found = self.value.get(key)
        if not isinstance(found, str) or not found:
            raise self._wrong(key)
        return found

    def constant(self, key: str, expected: str | int) -> None:
        """The field must hold this very value: another format, version or algorithm is not guessed at."""
        found = self.value.get(key)
        if found != expected or isinstance(found, bool):
            raise Malformed(self.where, "FIELD_NOT_SUPPORTED", field=key, expected=expected)

    def boolean(self, key: str) -> bool:
        found = self.value.get(key)
        if not isinstance(found, bool):
            raise self._wrong(key)
        return found

    def integer(self, key: str) -> int:
        """An integer that is not negative."""
        found = self.value.get(key)
        if not isinstance(found, int) or isinstance(found, bool) or found < 0:
            raise self._wrong(key)
        return found

    def digest(self, key: str) -> str:
        """64 lower-case hex digits."""
        found = self.value.get(key)
        if not is_digest(found):
            raise self._wrong(key)
        return str(found)

    def blob(self, key: str, size: int | None = None) -> bytes:
        """`0x` and lower-case hex digits, of exactly `size` bytes when given."""
        return self._blob(self.value.get(key), key, size)

    def blobs(self, key: str) -> tuple[bytes, ...]:
        return tuple(self._blob(item, key, None) for item in self.array(key))

    def array(self, key: str) -> list[Any]:
        found = self.value.get(key)
        if not isinstance(found, list):
            raise self._wrong(key)
        return found

    def shape(self, key: str, keys: Set[str]) -> "Shape":
        """A nested object with exactly these keys."""
        return Shape(self.value.get(key), f"{self.where}#{key}", keys)

    def _blob(self, found: Any, key: str, size: int | None) -> bytes:
        if not isinstance(found, str) or not HEX_BLOB.fullmatch(found):
            raise self._wrong(key)
        blob = bytes.fromhex(found[2:])
        if size is not None and len(blob) != size:
            raise self._wrong(key)
        return blob

    def _wrong(self, key: str) -> Malformed:
        return Malformed(self.where, "FIELD_WRONG", field=key)
