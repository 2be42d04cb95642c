"""Every page of a deposited part as an upright image without metadata. Runs only inside `process`."""

import io
import math
from collections.abc import Iterator

import pypdfium2  # type: ignore[import-untyped]
from PIL import Image, ImageChops, ImageOps

from adapters.intake.examine import IMAGE_FORMATS
from adapters.intake.types import PDF
from domain.errors import Refusal
from domain.files import MOST_PIXELS
from domain.refusals.files import FILE_UNREADABLE

DPI = 200
"""LexNET annex IV asks for 200 x 200 dpi."""
MOST_PIXELS_OF_A_PAGE = 16_000_000
SIXTEEN_BITS = ("I;16", "I;16B", "I;16L", "I;16N", "I")


def pages_of(content: bytes, media_type: str, part: int) -> Iterator[Image.Image]:
    """Images of mode 1, L or RGB. Raises Refusal `file_unreadable` when one cannot be decoded whole."""
    try:
        yield from rendered(content) if media_type == PDF else frames(content)
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


def rendered(content: bytes) -> Iterator[Image.Image]:
    """The pages of a PDF as a reader sees them, filled form fields included."""
    with pypdfium2.PdfDocument(content) as document:
        document.init_forms()
        for page in document:
            width, height = page.get_size()
            if not (width > 0 and height > 0):
                raise ValueError("a page without extent")
            scale = min(DPI / 72, math.sqrt(MOST_PIXELS_OF_A_PAGE / (width * height)))
            yield flat(page.render(scale=scale).to_pil())
            page.close()


def frames(content: bytes) -> Iterator[Image.Image]:
    """The image, or each page of a TIFF, turned the way it was taken."""
    with Image.open(io.BytesIO(content), formats=IMAGE_FORMATS) as image:
        for number in range(getattr(image, "n_frames", 1) if image.format == "TIFF" else 1):
            image.seek(number)
            if image.width * image.height > MOST_PIXELS:
                raise ValueError("a page with too many pixels")
            image.load()
            yield flat(ImageOps.exif_transpose(image))


def flat(image: Image.Image) -> Image.Image:
    """Bilevel, grey or RGB on white, whatever it was; grey when no pixel has a colour."""
    if image.mode == "1":
        return image
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
