"""The words of the minutes, as they travel in the signed PDF beside what is painted on its pages."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from evidence.canonical import sha256_hex
from evidence.opened import OpenedBundle
from evidence.pdf import PdfUnreadable
from evidence.taking_part import text

__all__ = ["MinutesWords", "minutes_words"]

ATTACHMENT: Final = "document.json"
HEAD: Final = re.compile(r"(?<!\d)(\d{1,6})(?!\d)[^0-9]*?((?:[0-9a-f]{16} ?){4})(?![0-9a-f])")
"""How many events the journal had, and the hash of the last of them in four groups: the same in every language."""
HEAD_BLOCK: Final = "annex-intro"
OUTCOME_BLOCK: Final = "outcome-statement"
HASHES_BLOCK: Final = "annex-hashes"
DIGEST: Final = re.compile(r"[0-9a-f]{16}(?: [0-9a-f]{16}){3}")


@dataclass(frozen=True, slots=True)
class MinutesWords:
    """What of them is compared."""

    sha256: str
    reference: str
    """Kind and number of the procedure."""
    csv: str | None
    administration: str
    body: str
    """What the minutes call the body that held the act; empty when they do not say."""
    head: tuple[int, str] | None
    """How long the journal was when they were written, and the hash of its last event."""
    outcome: str
    """How the act ended; empty when they do not say."""
    hashes: tuple[str, ...]
    """SHA-256 of the papers that they list."""


def minutes_words(bundle: OpenedBundle, path: str) -> MinutesWords | None:
    """The words in one signed PDF; `None` when there are none, or more than one file of that name."""
    try:
        contents = bundle.pdf(path).attachments.get(ATTACHMENT, ())
    except PdfUnreadable:  # said by CHK-05
        return None
    if len(contents) != 1:
        return None
    try:
        value = json.loads(contents[0])
    except (ValueError, RecursionError):
        return None
    if not isinstance(value, dict):
        return None
    return MinutesWords(
        sha256=sha256_hex(contents[0]),
        reference=text(value, "reference"),
        csv=text(value, "csv") or None,
        administration=text(value, "administration"),
        body=text(value, "body"),
        head=next(_heads(value.get("blocks")), None),
        outcome=next((text(block, "text") for block in _blocks(value.get("blocks"), OUTCOME_BLOCK)), ""),
        hashes=tuple(_hashes(value.get("blocks"))),
    )


def _blocks(blocks: Any, name: str) -> Iterator[Mapping[str, Any]]:
    for block in blocks if isinstance(blocks, list) else ():
        if isinstance(block, dict) and block.get("id") == name:
            yield block


def _hashes(blocks: Any) -> Iterator[str]:
    """The cells of the table that hold nothing but a digest."""
    for block in _blocks(blocks, HASHES_BLOCK):
        rows = block.get("rows")
        for row in rows if isinstance(rows, list) else ():
            for cell in row if isinstance(row, list) else ():
                if isinstance(cell, str) and DIGEST.fullmatch(cell):
                    yield cell.replace(" ", "")


def _heads(blocks: Any) -> Iterator[tuple[int, str]]:
    for block in _blocks(blocks, HEAD_BLOCK):
        for count, head in HEAD.findall(text(block, "text")):
            yield int(count), head.replace(" ", "")
