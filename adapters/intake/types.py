"""What a deposited file is, by its first bytes alone, and whether it may come in at all.

Looks at headers only: whatever needs a real parser happens in the separate process. Names and declared types are
never believed (F-42).
"""

import re
from collections.abc import Callable, Sequence

from domain.errors import Refusal
from domain.files import LARGEST_DEPOSIT, LARGEST_FILE, MIB, MOST_PIXELS
from domain.refusals.files import (
    DEPOSIT_TOO_LARGE,
    FILE_EMPTY,
    FILE_IS_HEIC,
    FILE_TOO_LARGE,
    FILE_TYPE_UNKNOWN,
    FILE_UNREADABLE,
    IMAGE_TOO_MANY_PIXELS,
)

PDF, PNG, JPEG, TIFF = "application/pdf", "image/png", "image/jpeg", "image/tiff"
GIF, BMP, WEBP, JPEG_2000 = "image/gif", "image/bmp", "image/webp", "image/jp2"
# The header must be the first byte: a file that is something else before it is a file made to be two things.
MAGIC = {
    b"%PDF-": PDF,
    b"\x89PNG\r\n\x1a\n": PNG,
    b"\xff\xd8\xff": JPEG,
    b"II*\x00": TIFF,
    b"MM\x00*": TIFF,
    # TIFF of 64 bits, for what is larger than others can say.
    b"II+\x00\x08\x00\x00\x00": TIFF,
    b"MM\x00+\x00\x08\x00\x00": TIFF,
    b"GIF87a": GIF,
    b"GIF89a": GIF,
    b"\x00\x00\x00\x0cjP  \r\n\x87\n": JPEG_2000,
    b"\xff\x4f\xff\x51": JPEG_2000,
}
RIFF = re.compile(rb"RIFF....WEBP", re.DOTALL)
BITMAP = re.compile(rb"BM....\x00\x00\x00\x00....[\x0c\x28\x38\x40\x6c\x7c]\x00\x00\x00", re.DOTALL)
HEIC = re.compile(rb"....ftyp(?:hei[cxms]|hev[cxm]|mif1|msf1)", re.DOTALL)
"""Photographs of telephones, for which there is no reader here."""
# Scar: scanners and mail programs put a byte-order mark or empty lines before it; neither is another file.
BEFORE_PDF = re.compile(rb"(?:\xef\xbb\xbf)?[\r\n\t ]{0,64}%PDF-")
SHAPES = {BEFORE_PDF: PDF, RIFF: WEBP, BITMAP: BMP}

# Start of frame (ITU-T T.81 table B.1): every SOF but DHT (C4), JPG (C8) and DAC (CC), which share the range.
FRAME_MARKERS = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
STANDALONE_MARKERS = frozenset({0x01, *range(0xD0, 0xD9)})


def media_types(parts: Sequence[bytes]) -> list[str]:
    """The media type of each part.

    Raises Refusal `file_empty`, `deposit_too_large`, `file_too_large`, `file_type_unknown`, `image_too_many_pixels` or
    `file_unreadable`, with `part` from 1.
    """
    if not parts:
        raise Refusal(FILE_EMPTY, part=1)
    if sum(len(part) for part in parts) > LARGEST_DEPOSIT:
        raise Refusal(DEPOSIT_TOO_LARGE, limit_mb=LARGEST_DEPOSIT // MIB)
    return [media_type(part, number) for number, part in enumerate(parts, 1)]


def media_type(content: bytes, part: int) -> str:
    """The media type of one part. Raises Refusal."""
    if not content:
        raise Refusal(FILE_EMPTY, part=part)
    if len(content) > LARGEST_FILE:
        raise Refusal(FILE_TOO_LARGE, part=part, limit_mb=LARGEST_FILE // MIB)
    found = next((kind for magic, kind in MAGIC.items() if content.startswith(magic)), None)
    if found is None:
        found = next((kind for shape, kind in SHAPES.items() if shape.match(content)), None)
    if found is None and HEIC.match(content):
        raise Refusal(FILE_IS_HEIC, part=part)
    if found is None:
        raise Refusal(FILE_TYPE_UNKNOWN, part=part)
    if found in MEASURES:
        check_pixels(MEASURES[found](content), part)
    return found


def check_pixels(size: tuple[int, int] | None, part: int) -> None:
    """Refuse an image that is none or would not fit in memory, before anything is decoded."""
    if size is None or 0 in size:
        raise Refusal(FILE_UNREADABLE, part=part)
    if size[0] * size[1] > MOST_PIXELS:
        raise Refusal(IMAGE_TOO_MANY_PIXELS, part=part, limit_megapixels=MOST_PIXELS // 10**6)


def png_size(content: bytes) -> tuple[int, int] | None:
    """Width and height from IHDR, which must come first (PNG specification 5.6)."""
    if content[12:16] != b"IHDR" or len(content) < 24:
        return None
    return int.from_bytes(content[16:20], "big"), int.from_bytes(content[20:24], "big")


def jpeg_size(content: bytes) -> tuple[int, int] | None:
    """Width and height from the frame header, walking from marker to marker."""
    position = 2
    while position + 9 <= len(content) and content[position] == 0xFF:
        marker = content[position + 1]
        if marker == 0xFF:  # fill bytes
            position += 1
        elif marker in STANDALONE_MARKERS:
            position += 2
        elif marker in FRAME_MARKERS:
            height, width = content[position + 5 : position + 7], content[position + 7 : position + 9]
            return int.from_bytes(width, "big"), int.from_bytes(height, "big")
        else:
            position += 2 + int.from_bytes(content[position + 2 : position + 4], "big")
    return None


MEASURES: dict[str, Callable[[bytes], tuple[int, int] | None]] = {PNG: png_size, JPEG: jpeg_size}
