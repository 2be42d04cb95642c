"""What LexNET takes, checked before anything is sent. Law: RD 1065/2015, Annex IV, and art. 18 for what is larger."""

import re
from collections.abc import Sequence

from domain.errors import Refusal
from domain.procedure.documents import CaseDocument
from domain.refusals.lexnet import (
    LEXNET_FILE_FORMAT,
    LEXNET_FILE_NAME,
    LEXNET_TOO_LARGE,
    LEXNET_TOO_MANY_FILES,
)

ENDINGS = {
    "application/pdf": "pdf",
    "application/rtf": "rtf",
    "image/jpeg": "jpg",
    "image/tiff": "tiff",
    "application/vnd.oasis.opendocument.text": "odt",
}
"""Law: Annex IV names these, and zip, which nobody opens here to see what is in it; no sound, no moving picture."""

MOST_FILES = 100
LONGEST_TITLE = 80

_SAYS_SOMETHING = re.compile(r"[^\W\d_]{3}")
_UNFIT = re.compile(r"[^\w.,()-]+")


def within_annex_iv(documents: Sequence[CaseDocument], most_bytes: int) -> None:
    """Raises the refusal of the first thing for which LexNET would send it back."""
    if len(documents) > MOST_FILES:
        raise Refusal(LEXNET_TOO_MANY_FILES, most=MOST_FILES)
    for document in documents:
        if document.current.media_type not in ENDINGS:
            raise Refusal(LEXNET_FILE_FORMAT, file=document.title)
        if not _SAYS_SOMETHING.search(document.title):
            raise Refusal(LEXNET_FILE_NAME, file=document.title)
    size = sum(document.current.size for document in documents)
    if size > most_bytes:
        raise Refusal(LEXNET_TOO_LARGE, size=_megabytes(size), most=_megabytes(most_bytes))


def names_of(documents: Sequence[CaseDocument]) -> list[str]:
    """`002 Traduccion al frances.pdf`: an ordinal first, then what it is, and nothing that a file system trips over."""
    numbered = enumerate(documents, 1)
    return [f"{number:03d} {_plain(one.title)}.{ENDINGS[one.current.media_type]}" for number, one in numbered]


def _plain(title: str) -> str:
    return _UNFIT.sub(" ", title).strip(" .")[:LONGEST_TITLE].strip(" .")


def _megabytes(size: int) -> str:
    return f"{size / 1024**2:.1f}"
