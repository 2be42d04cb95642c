"""What a copy would lose without a word: pages that are damaged, letters that a PDF does not carry, frames of an image.

Runs only inside `process`. Whoever brings the file is told; nobody compares a copy of some hundred pages with it.
"""

import zlib

import pikepdf
from PIL import Image

from adapters.intake.bombs import filters_of
from domain.errors import Refusal
from domain.files import LARGEST_STREAM
from domain.refusals.files import FILE_IS_RAW_PHOTOGRAPH, FILE_LACKS_LETTERS, FILE_PAGE_DAMAGED

FONT_PROGRAMS = ("/FontFile", "/FontFile2", "/FontFile3")
DEEPEST_FORM = 10
NEW_SUBFILE_TYPE, REDUCED = 0x00FE, 1
"""TIFF 6.0 section 8: a smaller version of another image of the file."""
DNG_VERSION = 0xC612


def check_pages(pdf: pikepdf.Pdf, part: int) -> None:
    """Raises Refusal `file_page_damaged` or `file_lacks_letters`, each with its page. After `check_unpacked_size`."""
    seen: set[tuple[int, int]] = set()
    for number, page in enumerate(pdf.pages, 1):
        if any(damaged(stream) for stream in contents_of(page.obj)):
            raise Refusal(FILE_PAGE_DAMAGED, part=part, page=number)
        if misses_letters(page.obj, seen, DEEPEST_FORM):
            raise Refusal(FILE_LACKS_LETTERS, part=part, page=number)


def contents_of(owner: pikepdf.Object) -> list[pikepdf.Stream]:
    """What a page draws, or a form, which is such a stream itself."""
    if isinstance(owner, pikepdf.Stream):
        return [owner]
    contents = owner.get("/Contents", pikepdf.Array([]))
    every = list(contents) if isinstance(contents, pikepdf.Array) else [contents]
    return [one for one in every if isinstance(one, pikepdf.Stream)]


def damaged(stream: pikepdf.Stream) -> bool:
    """Whether its Flate stages end in an error. One that merely stops is whole as far as any reader can tell."""
    content = stream.read_raw_bytes()
    for name in filters_of(stream):
        if name not in ("/FlateDecode", "/Fl"):
            return False
        try:
            content = zlib.decompressobj().decompress(content, LARGEST_STREAM + 1)
        except zlib.error:
            return True
    return False


def misses_letters(owner: pikepdf.Object, seen: set[tuple[int, int]], depth: int) -> bool:
    """Whether a page, or a form in its reach, writes in a font that lacks its letters. `seen`: forms looked at before.

    A font that only lies there loses nothing.
    """
    resources = inherited(owner, "/Resources")
    if resources is None or depth == 0:
        return False
    lacking = [name for name, font in items_of(resources.get("/Font")) if lacks_letters(font)]
    if lacking:
        drawing = b" ".join(stream.read_bytes() for stream in contents_of(owner))
        if any(name.encode() in drawing for name in lacking):
            return True
    for _, drawn in items_of(resources.get("/XObject")):
        if isinstance(drawn, pikepdf.Stream) and drawn.get("/Subtype") == "/Form" and drawn.objgen not in seen:
            seen.add(drawn.objgen)
            if misses_letters(drawn, seen, depth - 1):
                return True
    return False


def inherited(owner: pikepdf.Object, key: str) -> pikepdf.Dictionary | None:
    """ISO 32000-2 7.7.3.4: what a page does not say, the nodes above it do."""
    for _ in range(DEEPEST_FORM):
        if key in owner:
            found = owner[key]
            return found if isinstance(found, pikepdf.Dictionary) else None
        if "/Parent" not in owner or not isinstance(owner["/Parent"], pikepdf.Dictionary):
            return None
        owner = owner["/Parent"]
    return None


def items_of(dictionary: object) -> list[tuple[str, pikepdf.Object]]:
    return list(dictionary.items()) if isinstance(dictionary, pikepdf.Dictionary) else []


def lacks_letters(font: pikepdf.Object) -> bool:
    """A composite font whose program is elsewhere: its codes mean nothing here (ISO 32000-2 9.7).

    A simple font that is not embedded is drawn with one that has the same letters, as every reader does.
    """
    if not isinstance(font, pikepdf.Dictionary) or font.get("/Subtype") != "/Type0":
        return False
    below = font.get("/DescendantFonts")
    if not isinstance(below, pikepdf.Array):
        return False
    described = [one.get("/FontDescriptor") for one in below if isinstance(one, pikepdf.Dictionary)]
    return not any(
        isinstance(one, pikepdf.Dictionary) and any(program in one for program in FONT_PROGRAMS) for one in described
    )


def frames_to_keep(image: Image.Image, part: int) -> list[int]:
    """The frames of an image that are pages: no thumbnail of another. Raises Refusal `file_is_raw_photograph`."""
    if image.format != "TIFF":
        return [0]
    kept, raw = [], False
    for number in range(getattr(image, "n_frames", 1)):
        image.seek(number)
        tags = getattr(image, "tag_v2", {})
        raw = raw or DNG_VERSION in tags
        if not int(tags.get(NEW_SUBFILE_TYPE, 0)) & REDUCED:
            kept.append(number)
    if raw or not kept:
        raise Refusal(FILE_IS_RAW_PHOTOGRAPH, part=part)
    return kept
