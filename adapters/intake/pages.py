"""Every page of a deposited part as an upright image without metadata. Runs only inside `process`."""

import io
import math
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2  # type: ignore[import-untyped]
from PIL import Image, ImageChops, ImageCms, ImageOps

from adapters.intake.examine import IMAGE_FORMATS
from adapters.intake.losses import frames_to_keep
from adapters.intake.pdfa_images import A4
from adapters.intake.types import PDF
from adapters.intake.words import Word, words_of
from domain.errors import Refusal
from domain.files import MOST_PIXELS
from domain.refusals.files import FILE_UNREADABLE

DPI = 200
"""LexNET annex IV asks for 200 x 200 dpi."""
MOST_PIXELS_OF_A_PAGE, MOST_PIXELS_OF_A_LARGE_PAGE = 16_000_000, 36_000_000
"""The second of those of their own size: A0 has 152 dots an inch. More would not fit into the memory of the process."""
POINTS_MM = 25.4 / 72
LARGER = 1.3 * A4[0] * A4[1]
"""Square points of what is set on a page of its own size: B4 and drawings, and not the papers of other countries."""
LONGEST_SIDE = 14_400
"""Points of a page (ISO 32000-1 annex C)."""
LEAST_SCANNED, MOST_SCANNED = 90, 1200
"""Dots an inch that a scan of paper has."""
MOST_STRETCHED = 4
ORIENTATION, TURNED = 0x0112, range(5, 9)
"""EXIF: the values whose rows stand upright."""
SIXTEEN_BITS = ("I;16", "I;16B", "I;16L", "I;16N", "I")


@dataclass(frozen=True)
class Sheet:
    """A page as an image of mode 1, L or RGB."""

    image: Image.Image
    tall: float = 1.0
    """How much higher than wide one of its pixels is."""
    words: tuple[Word, ...] = ()
    """Those that the file has; none on a page that is a picture itself."""
    size: tuple[float, float] | None = None
    """Points; None for what is set on A4."""
    dpi: float = DPI
    """Dots an inch of `size`."""


def told_as_large(sheet: Sheet, page: int) -> dict[str, int] | None:
    """As `domain.procedure.documents.LargePage`, of a page whose copy has fewer dots than LexNET asks for."""
    if sheet.size is None or round(sheet.dpi) >= DPI:
        return None
    width, height = (round(side * POINTS_MM) for side in sheet.size)
    return {"page": page, "width_mm": width, "height_mm": height, "dpi": round(sheet.dpi)}


def pages_of(content: bytes, media_type: str, part: int) -> Iterator[Sheet]:
    """The pages, upright. Raises Refusal `file_unreadable` when one cannot be decoded whole."""
    try:
        yield from rendered(content) if media_type == PDF else frames(content, part)
    except Refusal:
        raise
    except (
        pypdfium2.PdfiumError,
        OSError,
        ValueError,
        SyntaxError,
        EOFError,
        KeyError,
        TypeError,
    ) as reason:
        # scar: as in `examine`; a broken stripe of a TIFF shows only here
        raise Refusal(FILE_UNREADABLE, part=part) from reason


def rendered(content: bytes) -> Iterator[Sheet]:
    """The pages of a PDF as a reader sees them, filled form fields included."""
    with pypdfium2.PdfDocument(content) as document:
        document.init_forms()
        for page in document:
            width, height = page.get_size()
            if not (width > 0 and height > 0):
                raise ValueError("a page without extent")
            large = width * height > LARGER and max(width, height) <= LONGEST_SIDE
            most = MOST_PIXELS_OF_A_LARGE_PAGE if large else MOST_PIXELS_OF_A_PAGE
            scale = min(DPI / 72, math.sqrt(most / (width * height)))
            image = flat(page.render(scale=scale).to_pil())
            yield Sheet(image, words=tuple(words_of(page)), size=(width, height) if large else None, dpi=scale * 72)
            page.close()


def frames(content: bytes, part: int) -> Iterator[Sheet]:
    """The image, or each page of a TIFF, turned the way it was taken."""
    with Image.open(io.BytesIO(content), formats=IMAGE_FORMATS) as image:
        for number in frames_to_keep(image, part):
            image.seek(number)
            if image.width * image.height > MOST_PIXELS:
                raise ValueError("a page with too many pixels")
            tall, turned = pixel_shape(image), image.getexif().get(ORIENTATION, 1) in TURNED
            size = scanned_size(image)
            image.load()
            upright = flat(in_srgb(ImageOps.exif_transpose(image)))
            yield Sheet(upright, 1 / tall if turned else tall, size=size[::-1] if size and turned else size)


def pixel_shape(image: Image.Image) -> float:
    """How much higher than wide a pixel is, by the resolutions that the file tells, where they can be true.

    Scar: a fax of standard resolution has 204 dots an inch across and 98 down.
    """
    across, down = image.info.get("dpi") or image.info.get("resolution") or image.info.get("jfif_density") or (1, 1)
    shape = float(across) / float(down) if across and down else 1.0
    return shape if 1 / MOST_STRETCHED <= shape <= MOST_STRETCHED else 1.0


def scanned_size(image: Image.Image) -> tuple[float, float] | None:
    """Points of a large paper that was scanned. What a photograph says of its dots is not true."""
    across, down = (float(dots) for dots in image.info.get("dpi") or (0, 0))
    if image.format != "TIFF" or not all(LEAST_SCANNED <= dots <= MOST_SCANNED for dots in (across, down)):
        return None
    width, height = 72 * image.width / across, 72 * image.height / down
    return (width, height) if width * height > LARGER and max(width, height) <= LONGEST_SIDE else None


def in_srgb(image: Image.Image) -> Image.Image:
    """Colours as they were meant: those of a telephone's wide profile are others in ours, which the copy is in."""
    profile = image.info.get("icc_profile")
    if not profile or image.mode not in ("RGB", "RGBA"):
        return image
    try:
        meant = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        return ImageCms.profileToProfile(image, meant, ImageCms.createProfile("sRGB")) or image
    except (ImageCms.PyCMSError, OSError):
        return image  # a profile that is broken, or of other inks, says nothing


def flat(image: Image.Image) -> Image.Image:
    """Bilevel, grey or RGB on white, whatever it was; grey when no pixel has a colour."""
    if image.mode == "1":
        return image
    if image.mode == "F":
        values = [one for one in image.getextrema() if not isinstance(one, tuple)]
        reach = 1.0 if min(values) >= 0 and max(values) <= 1 else max(255.0, *values)
        return image.point(lambda value: value * (255 / reach)).convert("L")
    if image.mode in SIXTEEN_BITS:
        return image.convert("I").point(lambda value: value / 256).convert("L")
    if image.mode in ("LA", "PA", "RGBA", "RGBa", "La") or "transparency" in image.info:
        coloured = image.convert("RGBA")
        paper = Image.new("RGBA", image.size, "white")
        image = Image.alpha_composite(paper, coloured)
    if image.mode == "L":
        return image
    image = image.convert("RGB")
    red, green, blue = image.split()
    grey = not ImageChops.difference(red, green).getbbox() and not ImageChops.difference(green, blue).getbbox()
    return red if grey else image
