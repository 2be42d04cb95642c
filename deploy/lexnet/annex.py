"""What the simulator refuses: RD 1065/2015, Annex IV, read anew from the bytes not by anything of the platform's."""

import hashlib
import io
import re
from collections.abc import Mapping

import pikepdf
import pypdfium2  # type: ignore[import-untyped]

MOST_BYTES = 15 * 1024**2
NAME = re.compile(r"(\d{3}) [^/\\\x00-\x1f]{3,}\.(pdf|rtf|jpe?g|tiff?|odt|zip)")
BEGINS = {"pdf": b"%PDF-", "rtf": b"{\\rtf", "jpg": b"\xff\xd8", "jpeg": b"\xff\xd8", "odt": b"PK", "zip": b"PK"}
RECIPIENTS = ("autoridad-central",)


class NotTaken(Exception):
    """`code` is what the simulator calls it."""

    def __init__(self, code: str, **told: str) -> None:
        super().__init__(code)
        self.told = {"code": code, **told}


def check(recipient: str, announced: Mapping[str, str], files: Mapping[str, bytes]) -> None:
    """Raises `NotTaken`. `announced`: hash by name, as the delivery says; the first one is the main document."""
    if recipient not in RECIPIENTS:
        raise NotTaken("recipient", recipient=recipient)
    if list(announced) != list(files) or not files:
        raise NotTaken("files")
    if (size := sum(map(len, files.values()))) > MOST_BYTES:
        raise NotTaken("size", size=f"{size / 1024**2:.1f}", most=f"{MOST_BYTES / 1024**2:.1f}")
    for number, (name, content) in enumerate(files.items(), 1):
        _check_file(number, name, content)
        if hashlib.sha256(content).hexdigest() != announced[name]:
            raise NotTaken("hash", file=name)
    name, main = next(iter(files.items()))
    if not name.endswith(".pdf") or not _is_archive_with_text(main):
        raise NotTaken("main_without_text", file=name)


def _check_file(number: int, name: str, content: bytes) -> None:
    found = NAME.fullmatch(name)
    if found is None or int(found[1]) != number:
        raise NotTaken("name", file=name)
    if not content.startswith(BEGINS.get(found[2], b"")):
        raise NotTaken("format", file=name)
    if found[2] == "pdf" and _is_portfolio(content):
        raise NotTaken("bundle", file=name)


def _is_portfolio(content: bytes) -> bool:
    try:
        with pikepdf.open(io.BytesIO(content)) as opened:
            return "/Collection" in opened.Root
    except pikepdf.PdfError:
        return False


def _is_archive_with_text(content: bytes) -> bool:
    """PDF/A by what it says of itself, and words that can be searched."""
    try:
        with pikepdf.open(io.BytesIO(content)) as opened:
            told = opened.open_metadata().pdfa_status
        document = pypdfium2.PdfDocument(content)
    except (pikepdf.PdfError, pypdfium2.PdfiumError):
        return False
    return bool(told) and any(page.get_textpage().get_text_bounded().strip() for page in document)
