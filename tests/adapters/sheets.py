"""Sheets of paper as people would scan them; made here, so that none has to be kept."""

import io
from collections.abc import Callable
from typing import Any

import pikepdf
from PIL import Image, ImageCms, ImageDraw


def picture(mode: str = "RGB", size: tuple[int, int] = (210, 297)) -> Image.Image:
    """A sheet with a dark block at its top, so that up and down can be told."""
    image = Image.new("RGB", size, "white")
    ImageDraw.Draw(image).rectangle((0, 0, size[0], size[1] // 4), fill=(160, 20, 20))
    return image.convert(mode)


def encoded(image: Image.Image, format: str, **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, format, **options)
    return out.getvalue()


def with_exif_turn() -> bytes:
    """A photograph taken with the telephone on its side: the pixels lie, the EXIF says how to turn them."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "Canary Phones"
    return encoded(picture().rotate(90, expand=True), "JPEG", exif=exif)


def tiff_of(*modes: str) -> bytes:
    first, *rest = [picture(mode) for mode in modes]
    return encoded(first, "TIFF", save_all=True, append_images=rest)


def pdf_of(pages: int = 1, change: Callable[[pikepdf.Pdf], None] | None = None, **save: Any) -> bytes:
    pdf = pikepdf.new()
    for _ in range(pages):
        pdf.add_blank_page(page_size=(595, 842))
        pdf.pages[-1].Contents = pdf.make_stream(b"0.6 0.1 0.1 rg 0 632 595 210 re f")
    if change:
        change(pdf)
    out = io.BytesIO()
    pdf.save(out, **save)
    return out.getvalue()


def claiming_pdfa(pdf: pikepdf.Pdf) -> None:
    """Says of itself that it is PDF/A, which costs one line."""
    with pdf.open_metadata() as metadata:
        metadata["pdfaid:part"] = "2"
        metadata["pdfaid:conformance"] = "B"


def exchanged_profile() -> bytes:
    """sRGB whose red and green have changed places (ICC.1 10.11: the colorants `rXYZ` and `gXYZ`)."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return profile.replace(b"rXYZ", b"????").replace(b"gXYZ", b"rXYZ").replace(b"????", b"gXYZ")
