"""What a folder still tells: a browser's profile is searched file by file for whatever somebody brought."""

import base64
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import quote, quote_plus

GZIP, ZLIB = b"\x1f\x8b\x08", (b"\x78\x01", b"\x78\x9c", b"\x78\xda")
LARGEST_INFLATED = 4 << 20


def spellings(word: str) -> set[bytes]:
    """How a browser writes a word down: as it is, in its own strings, in addresses, in base64, in either case."""
    found: set[bytes] = set()
    for one in {word, word.lower(), word.upper()}:
        raw = one.encode()
        found |= {raw, one.encode("utf-16-le"), quote(one).encode(), quote_plus(one).encode()}
        # Scripts' own strings, as their databases keep them: a byte a letter where that is enough.
        found.add(one.encode("latin-1", "replace"))
        if len(raw) > 8:
            found |= {base64.b64encode(b"\0" * shift + raw)[(0, 2, 3)[shift] : -4] for shift in range(3)}
    return found


def contents(path: Path) -> Iterator[bytes]:
    """A file as it is, and whatever in it was deflated."""
    raw = path.read_bytes()
    yield raw
    for mark, window in ((GZIP, 31), *((one, 15) for one in ZLIB)):
        at = raw.find(mark)
        while at >= 0:
            try:
                if inflated := zlib.decompressobj(window).decompress(raw[at:], LARGEST_INFLATED):
                    yield inflated
            except zlib.error:
                pass
            at = raw.find(mark, at + 1)


def telling(folder: Path, words: Iterable[str]) -> dict[str, set[str]]:
    """By file below `folder`, with its name: the words that it tells."""
    sought = {word: spellings(word) for word in words}
    found: dict[str, set[str]] = {}
    for path in sorted(folder.rglob("*")):
        if path.is_symlink() or not path.is_file():
            continue
        pieces = [str(path.relative_to(folder)).encode(), *contents(path)]
        told = {word for word, ways in sought.items() if any(way in piece for piece in pieces for way in ways)}
        if told:
            found[str(path.relative_to(folder))] = told
    return found
