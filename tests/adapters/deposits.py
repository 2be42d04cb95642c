"""Files as people, and those who mean harm, would deposit them; made here, so that none has to be kept."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name
from PIL import Image, ImageDraw


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


def acting(**action: Any) -> Callable[[pikepdf.Pdf], None]:
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.Root.OpenAction = Dictionary(**action)

    return change


def with_link_that_acts(pdf: pikepdf.Pdf) -> None:
    """The action hides as a direct object, deep in an annotation."""
    action = Dictionary(S=Name.GoTo, Next=Array([Dictionary(S=Name.Launch, F="calc.exe")]))
    pdf.pages[0].Annots = Array([Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9], A=action)])


def with_attachment(pdf: pikepdf.Pdf) -> None:
    pdf.attachments["nota.txt"] = b"hola"


def with_form(pdf: pikepdf.Pdf) -> None:
    pdf.Root.AcroForm = Dictionary(Fields=Array([]), XFA=pdf.make_stream(b"<xdp/>"))


def huge_page(pdf: pikepdf.Pdf) -> None:
    """The largest page of PDF 1.7: at 200 dpi it would have 1.6 gigapixels."""
    pdf.pages[0].MediaBox = Array([0, 0, 14_400, 14_400])


def with_annotation(subtype: str) -> Callable[[pikepdf.Pdf], None]:
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].Annots = Array([Dictionary(Type=Name.Annot, Subtype=Name("/" + subtype), Rect=[0, 0, 9, 9])])

    return change


def with_unreachable_script(pdf: pikepdf.Pdf) -> None:
    """Nothing points to it yet; a later revision could."""
    pdf.Root.Unused = pdf.make_indirect(Dictionary(S=Name.JavaScript, JS="app.alert(1)"))


def png_header(width: int, height: int) -> bytes:
    ihdr = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunk = b"IHDR" + ihdr
    body = struct.pack(">I", len(ihdr)) + chunk + struct.pack(">I", zlib.crc32(chunk))
    return b"\x89PNG\r\n\x1a\n" + body + b"\x00\x00\x00\x00IDAT" + struct.pack(">I", zlib.crc32(b"IDAT"))


def jpeg_header(width: int, height: int) -> bytes:
    return b"\xff\xd8\xff\xc0" + struct.pack(">HBHHB", 11, 8, height, width, 1) + bytes(8)


def tiff_header(width: int, height: int) -> bytes:
    entries = [(256, 4, 1, width), (257, 4, 1, height), (258, 3, 1, 8), (262, 3, 1, 1), (273, 4, 1, 8), (279, 4, 1, 1)]
    directory = b"".join(struct.pack("<HHII", *entry) for entry in entries)
    return b"II*\x00" + struct.pack("<I", 8) + struct.pack("<H", len(entries)) + directory + bytes(4)


def archive() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as zip_file:
        zip_file.writestr("virus.js", "x" * 100)
    return out.getvalue()


def flate_bomb() -> bytes:
    """A page whose content inflates a thousandfold, twice over."""
    twice = zlib.compress(zlib.compress(b"0 0 1 1 re f\n" * 9_000_000, 9), 9)

    def change(pdf: pikepdf.Pdf) -> None:
        filters = Array([Name.FlateDecode, Name.FlateDecode])
        pdf.pages[0].Contents = pikepdf.Stream(pdf, twice, Filter=filters)

    return pdf_of(1, change, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)


def image_bomb() -> bytes:
    """A page with an image of 30,000 x 30,000 pixels in a few kilobytes."""
    packed = zlib.compress(bytes(30_000 * 3_750), 9)

    def change(pdf: pikepdf.Pdf) -> None:
        image = pikepdf.Stream(pdf, packed)
        image.stream_dict = Dictionary(
            Type=Name.XObject,
            Subtype=Name.Image,
            Width=30_000,
            Height=30_000,
            ColorSpace=Name.DeviceGray,
            BitsPerComponent=1,
            Filter=Name.FlateDecode,
        )
        pdf.pages[0].Resources = Dictionary(XObject=Dictionary(Im0=pdf.make_indirect(image)))
        pdf.pages[0].Contents = pdf.make_stream(b"q 595 0 0 842 0 0 cm /Im0 Do Q")

    return pdf_of(1, change)


def page_tree_in_a_circle() -> bytes:
    text = (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Count 99999/Kids[2 0 R]>>endobj\n"
    )
    return text + b"trailer<</Root 1 0 R/Size 3>>\nstartxref\n0\n%%EOF\n"


def nested_arrays() -> bytes:
    deep = b"[" * 100_000 + b"]" * 100_000
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R/X " + deep + b">>endobj\n"
        b"2 0 obj<</Type/Pages/Count 0/Kids[]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
    )


ENCRYPTION = pikepdf.Encryption(owner="secreto", user="secreto", R=6)
ONLY_PERMISSIONS = pikepdf.Encryption(owner="secreto", user="", R=6)
SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-" + rb"ANTIVIRUS-TEST-FILE!$H+H*"

REFUSED: dict[str, tuple[str, Callable[[], bytes]]] = {
    "empty": ("file_empty", lambda: b""),
    "text": ("file_type_unknown", lambda: b"Hola, esto es un texto."),
    "svg": ("file_type_unknown", lambda: SVG),
    "html": ("file_type_unknown", lambda: b"<!DOCTYPE html><script>alert(1)</script>"),
    "html_before_pdf": ("file_type_unknown", lambda: b"<script>alert(1)</script>" + pdf_of()),
    "byte_order_mark_before_pdf": ("file_type_unknown", lambda: b"\xef\xbb\xbf" + pdf_of()),
    "program": ("file_type_unknown", lambda: b"MZ\x90\x00" + bytes(200)),
    "elf": ("file_type_unknown", lambda: b"\x7fELF" + bytes(200)),
    "shell_script": ("file_type_unknown", lambda: b"#!/bin/sh\nrm -rf ~\n"),
    "antivirus_test": ("file_type_unknown", lambda: EICAR),
    "archive": ("file_type_unknown", archive),
    "gif": ("file_type_unknown", lambda: encoded(picture("P"), "GIF")),
    "gif_with_script": ("file_type_unknown", lambda: b"GIF89a=1;alert(1)//" + bytes(20)),
    "webp": ("file_type_unknown", lambda: b"RIFF\x00\x00\x00\x00WEBPVP8 "),
    "postscript": ("file_type_unknown", lambda: b"%!PS-Adobe-3.0\n(%pipe%id) (r) file"),
    "word_document": ("file_type_unknown", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100)),
    "png_without_extent": ("file_unreadable", lambda: png_header(0, 0)),
    "png_too_large": ("image_too_many_pixels", lambda: png_header(65_535, 65_535)),
    "png_truncated": ("file_unreadable", lambda: encoded(picture(), "PNG")[:-200]),
    "png_header_only": ("file_unreadable", lambda: b"\x89PNG\r\n\x1a\n"),
    "jpeg_too_large": ("image_too_many_pixels", lambda: jpeg_header(60_000, 60_000)),
    "jpeg_without_frame": ("file_unreadable", lambda: b"\xff\xd8\xff\xe0" + bytes(40)),
    "jpeg_truncated": ("file_unreadable", lambda: encoded(picture(), "JPEG")[:900]),
    "tiff_too_large": ("image_too_many_pixels", lambda: tiff_header(65_535, 65_535)),
    "tiff_without_extent": ("file_unreadable", lambda: tiff_header(0, 0)),
    "tiff_broken": ("file_unreadable", lambda: b"II*\x00" + b"\xff" * 60),
    "pdf_header_only": ("file_unreadable", lambda: b"%PDF-1.7\n"),
    "pdf_of_noise": ("file_unreadable", lambda: b"%PDF-1.7\n" + bytes(range(256)) * 40),
    "pdf_truncated_to_nothing": ("file_unreadable", lambda: pdf_of()[:60]),
    "pdf_without_pages": ("file_empty", lambda: pdf_of(0)),
    "pdf_with_circular_pages": ("file_unreadable", page_tree_in_a_circle),
    "pdf_nested_without_end": ("file_unreadable", nested_arrays),
    "pdf_encrypted": ("file_encrypted", lambda: pdf_of(encryption=ENCRYPTION)),
    "pdf_with_owner_password": ("file_encrypted", lambda: pdf_of(encryption=ONLY_PERMISSIONS)),
    "pdf_with_501_pages": ("file_too_many_pages", lambda: pdf_of(501)),
    "pdf_with_script_on_opening": ("file_dangerous", lambda: pdf_of(1, acting(S=Name.JavaScript, JS="app.alert(1)"))),
    "pdf_that_launches": ("file_dangerous", lambda: pdf_of(1, acting(S=Name.Launch, F="cmd.exe"))),
    "pdf_that_submits": ("file_dangerous", lambda: pdf_of(1, acting(S=Name.SubmitForm, F="http://x.invalid"))),
    "pdf_with_hidden_action": ("file_dangerous", lambda: pdf_of(1, with_link_that_acts)),
    "pdf_with_unreachable_script": ("file_dangerous", lambda: pdf_of(1, with_unreachable_script)),
    "pdf_with_attachment": ("file_dangerous", lambda: pdf_of(1, with_attachment)),
    "pdf_with_xfa_form": ("file_dangerous", lambda: pdf_of(1, with_form)),
    "pdf_with_rich_media": ("file_dangerous", lambda: pdf_of(1, with_annotation("RichMedia"))),
    "pdf_with_movie": ("file_dangerous", lambda: pdf_of(1, with_annotation("Movie"))),
    "pdf_with_3d_model": ("file_dangerous", lambda: pdf_of(1, with_annotation("3D"))),
}

ACCEPTED: dict[str, tuple[int, Callable[[], bytes]]] = {
    "png": (1, lambda: encoded(picture(), "PNG")),
    "png_with_transparency": (1, lambda: encoded(picture("RGBA"), "PNG")),
    "png_with_palette": (1, lambda: encoded(picture("P"), "PNG")),
    "png_bilevel": (1, lambda: encoded(picture("1"), "PNG")),
    "png_sixteen_bits": (1, lambda: encoded(Image.new("I;16", (50, 70), 40_000), "PNG")),
    "png_animated": (1, lambda: encoded(picture(), "PNG", save_all=True, append_images=[picture()])),
    "jpeg": (1, lambda: encoded(picture(), "JPEG")),
    "jpeg_grey": (1, lambda: encoded(picture("L"), "JPEG")),
    "jpeg_cmyk": (1, lambda: encoded(picture("CMYK"), "JPEG")),
    "jpeg_turned_by_exif": (1, with_exif_turn),
    "jpeg_with_archive_behind": (1, lambda: encoded(picture(), "JPEG") + archive()),
    "tiff_of_three_pages": (3, lambda: tiff_of("1", "L", "RGB")),
    "tiff_fax": (1, lambda: encoded(picture("1"), "TIFF", compression="group4")),
    "pdf": (2, lambda: pdf_of(2)),
    "pdf_across": (1, lambda: pdf_of(1, lambda pdf: pdf.pages[0].rotate(90, relative=True))),
    "pdf_with_archive_behind": (1, lambda: pdf_of() + archive()),
    "pdf_that_opens_on_a_page": (1, lambda: pdf_of(1, acting(S=Name.GoTo, D="inicio"))),
    "pdf_of_a_huge_page": (
        1,
        lambda: pdf_of(1, huge_page),
    ),
}
