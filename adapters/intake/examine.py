"""Whether a deposited part is sound, how many pages it has, and whether anything in it would act by itself.

Runs only inside `intake_process`. What is refused here is said with what was found, so that the person at the office
can print the paper anew instead of guessing.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pikepdf
from PIL import Image, UnidentifiedImageError

from adapters.intake.bombs import check_unpacked_size
from adapters.intake.types import PDF, check_pixels
from domain.errors import Refusal
from domain.refusals.files import FILE_DANGEROUS, FILE_EMPTY, FILE_ENCRYPTED, FILE_UNREADABLE

IMAGE_FORMATS = ("PNG", "JPEG", "TIFF")

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
DANGEROUS_KEYS = {"/JS": "JavaScript", "/XFA": "XFA", "/EF": "EmbeddedFiles", "/EmbeddedFiles": "EmbeddedFiles"}
DANGEROUS_SUBTYPES = {"/RichMedia": "RichMedia", "/Movie": "Movie", "/Sound": "Sound", "/Screen": "Screen", "/3D": "3D"}
DEEPEST = 100


@dataclass(frozen=True)
class Examined:
    pages: int
    pdfa: bool = False


def examine(path: Path, media_type: str, part: int) -> Examined:
    """Raises Refusal `file_encrypted`, `file_dangerous`, `file_empty`, `image_too_many_pixels` or `file_unreadable`."""
    return examine_pdf(path, part) if media_type == PDF else examine_image(path, part)


def examine_image(path: Path, part: int) -> Examined:
    """Size and frames from the headers; nothing is decoded yet."""
    Image.MAX_IMAGE_PIXELS = None  # our own limit below is lower and says so properly
    try:
        with Image.open(path, formats=IMAGE_FORMATS) as image:
            frames = getattr(image, "n_frames", 1) if image.format == "TIFF" else 1
            for number in range(frames):
                image.seek(number)
                check_pixels(image.size, part)
            return Examined(pages=frames)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, KeyError, TypeError) as reason:
        # scar: Pillow's plugins let SyntaxError, KeyError and TypeError through for broken headers
        raise Refusal(FILE_UNREADABLE, part=part) from reason


def examine_pdf(path: Path, part: int) -> Examined:
    try:
        with pikepdf.open(path, suppress_warnings=True) as pdf:
            if pdf.is_encrypted:  # with an empty password, too: permissions of others are not ours to lift
                raise Refusal(FILE_ENCRYPTED, part=part)
            found = sorted(set(dangers(pdf)))
            if found:
                raise Refusal(FILE_DANGEROUS, part=part, found=", ".join(found))
            check_unpacked_size(pdf, part)
            pages = len(pdf.pages)
            if not pages:
                raise Refusal(FILE_EMPTY, part=part)
            return Examined(pages=pages, pdfa=says_pdfa(pdf) and ends_cleanly(path))
    except pikepdf.PasswordError as reason:
        raise Refusal(FILE_ENCRYPTED, part=part) from reason
    except (pikepdf.PdfError, ValueError, TypeError, KeyError, AttributeError, RecursionError, MemoryError) as reason:
        raise Refusal(FILE_UNREADABLE, part=part) from reason


def dangers(pdf: pikepdf.Pdf) -> Iterator[str]:
    """What would act by itself, anywhere in the file: reachable or not, an object can be made reachable."""
    for numbered in [pdf.trailer, *pdf.objects]:
        yield from dangers_in(numbered)


def dangers_in(top: pikepdf.Object) -> Iterator[str]:
    """Looks into one object and the direct ones inside it; the others have their own turn."""
    waiting = [(top, 0)]
    while waiting:
        value, depth = waiting.pop()
        if depth > DEEPEST:
            raise ValueError("nested too deeply")
        children: list[pikepdf.Object] = []
        if isinstance(value, pikepdf.Dictionary | pikepdf.Stream):
            yield from dangers_of(value)
            children = [child for _, child in value.items()]
        elif isinstance(value, pikepdf.Array):
            children = list(value)
        waiting += [(child, depth + 1) for child in children if is_direct_container(child)]


def dangers_of(dictionary: pikepdf.Dictionary | pikepdf.Stream) -> Iterator[str]:
    keys = set(dictionary.keys())
    yield from (name for key, name in DANGEROUS_KEYS.items() if key in keys)
    if "/S" in keys:
        yield from named(dictionary["/S"], DANGEROUS_ACTIONS)
    if "/Subtype" in keys:
        yield from named(dictionary["/Subtype"], DANGEROUS_SUBTYPES)


def named(value: object, names: dict[str, str]) -> Iterator[str]:
    if isinstance(value, pikepdf.Name) and str(value) in names:
        yield names[str(value)]


def is_direct_container(value: object) -> bool:
    containers = pikepdf.Dictionary | pikepdf.Array | pikepdf.Stream
    return isinstance(value, containers) and not value.is_indirect


def says_pdfa(pdf: pikepdf.Pdf) -> bool:
    return bool(pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False).pdfa_status)


def ends_cleanly(path: Path) -> bool:
    """Nothing hangs behind the end of the PDF: a file that is also an archive is written anew."""
    return path.read_bytes().rstrip(b"\r\n ").endswith(b"%%EOF")
