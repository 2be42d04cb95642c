"""Whether the streams of a PDF unpack to more than honest pages need (F-41). Runs only inside `process`."""

import zlib

import pikepdf

from adapters.intake.types import check_pixels
from domain.errors import Refusal
from domain.files import LARGEST_STREAM, LARGEST_UNPACKED, MIB
from domain.refusals.files import FILE_UNPACKS_TOO_LARGE


def check_unpacked_size(pdf: pikepdf.Pdf, part: int) -> None:
    """Raises Refusal `file_unpacks_too_large`, or `image_too_many_pixels` for an image that says so of itself.

    Images are not unpacked: a reader takes from them what their width and height say, one at a time.
    """
    total = 0
    for numbered in pdf.objects:
        if not isinstance(numbered, pikepdf.Stream):
            continue
        if numbered.get("/Subtype") == pikepdf.Name.Image:
            check_pixels((int(numbered.get("/Width", 0)), int(numbered.get("/Height", 0))), part)
            continue
        total += unpacked_size(numbered, part)
        if total > LARGEST_UNPACKED:
            raise Refusal(FILE_UNPACKS_TOO_LARGE, part=part, limit_mb=LARGEST_UNPACKED // MIB)


def unpacked_size(stream: pikepdf.Stream, part: int) -> int:
    """Bytes after every Flate stage, unpacked no further than the limit. Raises Refusal `file_unpacks_too_large`."""
    content = stream.read_raw_bytes()
    for name in filters_of(stream):
        if name not in ("/FlateDecode", "/Fl"):
            break
        try:
            content = zlib.decompressobj().decompress(content, LARGEST_STREAM + 1)
        except zlib.error:
            break  # readers show what they can of a damaged stream, which is less
        if len(content) > LARGEST_STREAM:
            raise Refusal(FILE_UNPACKS_TOO_LARGE, part=part, limit_mb=LARGEST_STREAM // MIB)
    return len(content)


def filters_of(stream: pikepdf.Stream) -> list[str]:
    """The names of the filters, in the order in which they are undone."""
    named = stream.get("/Filter", pikepdf.Array([]))
    return [str(one) for one in named] if isinstance(named, pikepdf.Array) else [str(named)]
