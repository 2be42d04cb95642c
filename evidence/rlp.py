"""Recursive Length Prefix (Ethereum yellow paper, appendix B), strict: one value has one encoding, and no
other is read."""

from collections.abc import Sequence
from typing import Final, TypeAlias

from evidence.limits import MAX_RLP_BYTES, MAX_RLP_DEPTH

__all__ = ["Rlp", "RlpError", "decode", "encode", "encode_int", "to_int"]

Rlp: TypeAlias = "bytes | Sequence[Rlp]"

SHORT: Final = 55
"""Payloads up to this length have their length in the first byte."""

STRING, LIST = 0x80, 0xC0


class RlpError(ValueError):
    """The bytes are not the RLP encoding of anything."""


def encode(value: Rlp) -> bytes:
    """The encoding of a byte string or of a (nested) sequence of them."""
    if isinstance(value, bytes):
        if len(value) == 1 and value[0] < STRING:
            return value
        return _prefix(len(value), STRING) + value
    payload = b"".join(encode(item) for item in value)
    return _prefix(len(payload), LIST) + payload


def encode_int(number: int) -> bytes:
    """A non-negative integer as RLP wants it before encoding: big-endian, no leading zero, zero is empty."""
    return number.to_bytes((number.bit_length() + 7) // 8, "big")


def to_int(value: Rlp) -> int:
    """The inverse of `encode_int`; `RlpError` for a list or a leading zero."""
    if not isinstance(value, bytes) or value[:1] == b"\x00":
        raise RlpError("not an integer")
    return int.from_bytes(value, "big")


def decode(data: bytes) -> Rlp:
    """The value of which `data` is the encoding: all of it, and nothing after it."""
    if len(data) > MAX_RLP_BYTES:
        raise RlpError("too long")
    value, end = _decode(data, 0, 0)
    if end != len(data):
        raise RlpError("bytes after the value")
    return value


def _prefix(length: int, base: int) -> bytes:
    if length <= SHORT:
        return bytes([base + length])
    size = encode_int(length)
    return bytes([base + SHORT + len(size)]) + size


def _decode(data: bytes, start: int, depth: int) -> tuple[Rlp, int]:
    if depth > MAX_RLP_DEPTH:
        raise RlpError("nested too deep")
    if start >= len(data):
        raise RlpError("cut short")
    first = data[start]
    if first < STRING:
        return data[start : start + 1], start + 1
    base = STRING if first < LIST else LIST
    begin, end = _payload(data, start, first - base)
    if base == STRING:
        if end - begin == 1 and data[begin] < STRING:
            raise RlpError("a byte that needs no prefix has one")
        return data[begin:end], end
    items: list[Rlp] = []
    while begin < end:
        item, begin = _decode(data, begin, depth + 1)
        items.append(item)
    if begin != end:
        raise RlpError("an item leaves its list")
    return items, end


def _payload(data: bytes, start: int, tag: int) -> tuple[int, int]:
    """Where the payload of a prefixed value begins and ends; `tag` is the first byte less its base."""
    if tag <= SHORT:
        begin, length = start + 1, tag
    else:
        begin = start + 1 + tag - SHORT
        size = data[start + 1 : begin]
        length = int.from_bytes(size, "big")
        if size[:1] == b"\x00" or length <= SHORT:
            raise RlpError("a length that is not minimal")
    if begin + length > len(data):
        raise RlpError("cut short")
    return begin, begin + length
