"""The words of the minutes, as they travel in the signed PDF beside what is painted on its pages."""

import json
import re
from collections.abc import Iterator
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
    )


def _heads(blocks: Any) -> Iterator[tuple[int, str]]:
    for block in blocks if isinstance(blocks, list) else ():
        if isinstance(block, dict) and block.get("id") == HEAD_BLOCK:
            for count, head in HEAD.findall(text(block, "text")):
                yield int(count), head.replace(" ", "")
