"""Whether a deposited part is sound, how many pages it has, and whether anything in it would act by itself.

Runs only inside `process`. What is refused here is said with what was found, so that the person at the office
can print the paper anew instead of guessing.
"""

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pikepdf
from PIL import Image, UnidentifiedImageError

from adapters.intake.bombs import check_unpacked_size
from adapters.intake.losses import check_pages, frames_to_keep
from adapters.intake.remarks import remarks
from adapters.intake.types import PDF, check_pixels
from domain.errors import Refusal
from domain.refusals.declared import Declared
from domain.refusals.files import (
    FILE_DANGEROUS,
    FILE_EMPTY,
    FILE_ENCRYPTED,
    FILE_HAS_CHANGING_FORM,
    FILE_HAS_FILES,
    FILE_HAS_MEDIA,
    FILE_HAS_SCRIPT,
    FILE_UNREADABLE,
)

IMAGE_FORMATS = ("PNG", "JPEG", "TIFF", "GIF", "BMP", "WEBP", "JPEG2000")

# ISO 32000-2 table 201 and 12.6: actions that do something outside the page. GoTo and URI stay harmless on paper.
DANGEROUS_ACTIONS = {
    "/JavaScript": "JavaScript",
    "/Launch": "Launch",
    "/ImportData": "ImportData",
    "/SubmitForm": "SubmitForm",
    "/GoToE": "GoToE",
    "/GoToR": "GoToR",
    "/Rendition": "Rendition",
    "/RichMediaExecute": "RichMedia",
}
DANGEROUS_SUBTYPES = {"/RichMedia": "RichMedia", "/Movie": "Movie", "/Sound": "Sound", "/Screen": "Screen", "/3D": "3D"}
REASONS: dict[str, Declared] = {
    "JavaScript": FILE_HAS_SCRIPT,
    "XFA": FILE_HAS_CHANGING_FORM,
    "EmbeddedFiles": FILE_HAS_FILES,
    **dict.fromkeys(("RichMedia", "Movie", "Sound", "Screen", "3D", "Rendition"), FILE_HAS_MEDIA),
}
"""What a refusal is about; whatever else is found acts by itself."""
DEEPEST = 100
LARGE = 842 * 1191 * 1.05
"""Square points: A3 and a little."""


@dataclass(frozen=True)
class Examined:
    pages: int
    signatures: int = 0
    """Electronic signatures that stand in it, judged by nobody."""
    remarks: tuple[dict[str, Any], ...] = ()
    """Laid over its pages and missing in their pictures."""
    large: int = 0
    """Pages that take longer to draw."""


def examine(content: bytes, media_type: str, part: int) -> Examined:
    """Raises Refusal: encrypted, acting, empty, too large inside, losing something or unreadable."""
    return examine_pdf(content, part) if media_type == PDF else examine_image(content, part)


def examine_image(content: bytes, part: int) -> Examined:
    """Size and frames from the headers; nothing is decoded yet."""
    Image.MAX_IMAGE_PIXELS = None  # our own limit below is lower and says so properly
    try:
        with Image.open(io.BytesIO(content), formats=IMAGE_FORMATS) as image:
            frames = frames_to_keep(image, part)
            for number in frames:
                image.seek(number)
                check_pixels(image.size, part)
            return Examined(pages=len(frames))
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, KeyError, TypeError) as reason:
        # scar: Pillow's plugins let SyntaxError, KeyError and TypeError through for broken headers
        raise Refusal(FILE_UNREADABLE, part=part) from reason


def examine_pdf(content: bytes, part: int) -> Examined:
    """A file that opens without a password is read as everybody reads it, whatever its author would rather allow."""
    try:
        with pikepdf.open(io.BytesIO(content), suppress_warnings=True) as pdf:
            found = set(dangers(pdf))
            if found:
                reason = next((REASONS[one] for one in REASONS if one in found), FILE_DANGEROUS)
                raise Refusal(reason, part=part, found=", ".join(sorted(found)))
            check_unpacked_size(pdf, part)
            pages = len(pdf.pages)
            if not pages:
                raise Refusal(FILE_EMPTY, part=part)
            check_pages(pdf, part)
            large = sum(is_large(page) for page in pdf.pages)
            return Examined(pages, signatures(pdf), tuple(remarks(pdf)), large)
    except pikepdf.PasswordError as reason:
        raise Refusal(FILE_ENCRYPTED, part=part) from reason
    except (pikepdf.PdfError, ValueError, TypeError, KeyError, AttributeError, RecursionError) as reason:
        raise Refusal(FILE_UNREADABLE, part=part) from reason


def is_large(page: pikepdf.Page) -> bool:
    """Larger than A3, as its box says; how it is drawn is decided later."""
    left, bottom, right, top = (float(edge) for edge in page.mediabox)
    return abs((right - left) * (top - bottom)) > LARGE


def dangers(pdf: pikepdf.Pdf) -> Iterator[str]:
    """What would act by itself, anywhere in the file: reachable or not, an object can be made reachable."""
    for dictionary in every_dictionary(pdf):
        yield from dangers_of(dictionary)


def every_dictionary(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Dictionary | pikepdf.Stream]:
    for numbered in [pdf.trailer, *pdf.objects]:
        yield from dictionaries_in(numbered)


def dictionaries_in(top: pikepdf.Object) -> Iterator[pikepdf.Dictionary | pikepdf.Stream]:
    """Looks into one object and the direct ones inside it; the others have their own turn."""
    waiting = [(top, 0)]
    while waiting:
        value, depth = waiting.pop()
        if depth > DEEPEST:
            raise ValueError("nested too deeply")
        children: list[pikepdf.Object] = []
        if isinstance(value, pikepdf.Dictionary | pikepdf.Stream):
            yield value
            children = [child for _, child in value.items()]
        elif isinstance(value, pikepdf.Array):
            children = list(value)
        waiting += [(child, depth + 1) for child in children if is_direct_container(child)]


def dangers_of(dictionary: pikepdf.Dictionary | pikepdf.Stream) -> Iterator[str]:
    keys = set(dictionary.keys())
    yield from (name for key, (name, acts) in DANGEROUS_KEYS.items() if key in keys and acts(dictionary[key]))
    if "/S" in keys:
        yield from named(dictionary["/S"], DANGEROUS_ACTIONS)
    if "/Subtype" in keys:
        yield from named(dictionary["/Subtype"], DANGEROUS_SUBTYPES)


def is_script(value: object) -> bool:
    return isinstance(value, pikepdf.String) or (isinstance(value, pikepdf.Stream) and "/Subtype" not in value)


def is_form(value: object) -> bool:
    return isinstance(value, pikepdf.Array | pikepdf.Stream)


def holds_files(value: object) -> bool:
    """ISO 32000-2 7.11.4: the streams of a file, by operating system."""
    return isinstance(value, pikepdf.Dictionary) and any(isinstance(one, pikepdf.Stream) for _, one in value.items())


def is_name_tree(value: object) -> bool:
    """With something in it: what was taken out of a file often leaves an empty one."""
    return isinstance(value, pikepdf.Dictionary) and any(len(value.get(key, [])) for key in ("/Names", "/Kids"))


DANGEROUS_KEYS: dict[str, tuple[str, Callable[[object], bool]]] = {
    "/JS": ("JavaScript", is_script),
    "/XFA": ("XFA", is_form),
    "/EF": ("EmbeddedFiles", holds_files),
    "/EmbeddedFiles": ("EmbeddedFiles", is_name_tree),
}
"""Scar: fonts and images may be called so too; what a key holds tells them apart."""


def named(value: object, names: dict[str, str]) -> Iterator[str]:
    if isinstance(value, pikepdf.Name) and str(value) in names:
        yield names[str(value)]


def is_direct_container(value: object) -> bool:
    containers = pikepdf.Dictionary | pikepdf.Array | pikepdf.Stream
    return isinstance(value, containers) and not value.is_indirect


def signatures(pdf: pikepdf.Pdf) -> int:
    """How many signatures stand in the file (ISO 32000-2 table 255): bytes of a signature over ranges of the file."""
    return sum(
        isinstance(one, pikepdf.Dictionary) and "/ByteRange" in one and "/Contents" in one and "/Filter" in one
        for one in every_dictionary(pdf)
    )
