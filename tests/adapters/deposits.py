"""Files as people, and those who mean harm, would deposit them; made here, so that none has to be kept."""

import zlib
from collections.abc import Callable
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name
from PIL import Image

from tests.adapters.hostile import archive, jpeg_header, nested_arrays, page_tree_in_a_circle, png_header, tiff_header
from tests.adapters.sheets import encoded, pdf_of, picture, tiff_of, with_exif_turn


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


def with_attachment_taken_out(pdf: pikepdf.Pdf) -> None:
    """Where it was listed an empty list stays."""
    with_attachment(pdf)
    del pdf.attachments["nota.txt"]


def with_form(pdf: pikepdf.Pdf) -> None:
    pdf.Root.AcroForm = Dictionary(Fields=Array([]), XFA=pdf.make_stream(b"<xdp/>"))


HUGE = (14_400, 14_400)
"""The largest page of PDF 1.7: at 200 dpi it would have 1.6 gigapixels."""


def huge_page(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].MediaBox = Array([0, 0, *HUGE])


def with_annotation(subtype: str) -> Callable[[pikepdf.Pdf], None]:
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].Annots = Array([Dictionary(Type=Name.Annot, Subtype=Name("/" + subtype), Rect=[0, 0, 9, 9])])

    return change


def with_unreachable_script(pdf: pikepdf.Pdf) -> None:
    """Nothing points to it yet; a later revision could."""
    pdf.Root.Unused = pdf.make_indirect(Dictionary(S=Name.JavaScript, JS="app.alert(1)"))


def with_font_called(name: str) -> Callable[[pikepdf.Pdf], None]:
    def change(pdf: pikepdf.Pdf) -> None:
        font = pdf.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
        pdf.pages[0].Resources = Dictionary(Font=Dictionary({name: font}))

    return change


def with_lines_of_text(pdf: pikepdf.Pdf) -> None:
    font = pdf.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
    pdf.pages[0].Resources = Dictionary(Font=Dictionary(F=font))
    lines = b"(El demandante se ratifica en su escrito, que obra en autos, y pide prueba.) '\n" * 55
    pdf.pages[0].Contents = pdf.make_stream(b"BT /F 11 Tf 14 TL 60 800 Td " + lines + b" ET")


def with_signature(pdf: pikepdf.Pdf) -> None:
    """A signature in a field, as much of it as can be seen without judging it."""
    value = Dictionary(Type=Name.Sig, Filter=Name("/Adobe.PPKLite"), SubFilter=Name("/ETSI.CAdES.detached"))
    value.ByteRange, value.Contents = Array([0, 10, 20, 10]), pikepdf.String("0000")
    field = Dictionary(FT=Name.Sig, T="Firma", V=pdf.make_indirect(value))
    pdf.Root.AcroForm = Dictionary(Fields=Array([pdf.make_indirect(field)]), SigFlags=3)


def with_damaged_second_page(pdf: pikepdf.Pdf) -> None:
    whole = pdf.pages[1].Contents.read_bytes()
    broken = zlib.compress(whole * 40)
    pdf.pages[1].Contents = pikepdf.Stream(pdf, broken[:12] + b"\xff" * 20 + broken[32:], Filter=Name.FlateDecode)


def with_letters_elsewhere(kind: str) -> Callable[[pikepdf.Pdf], None]:
    """A composite font of which only the name is in the file; in a form that the page draws."""

    def change(pdf: pikepdf.Pdf) -> None:
        described = Dictionary(Type=Name.FontDescriptor, FontName=Name.Unknown, Flags=4)
        below = Dictionary(Type=Name.Font, Subtype=Name("/" + kind), BaseFont=Name.Unknown, FontDescriptor=described)
        font = Dictionary(Type=Name.Font, Subtype=Name.Type0, BaseFont=Name.Unknown, Encoding=Name("/Identity-H"))
        font.DescendantFonts = Array([pdf.make_indirect(below)])
        form = pdf.make_stream(b"BT /F 20 Tf 50 700 Td <00480049> Tj ET", Subtype=Name.Form, BBox=[0, 0, 595, 842])
        form.Resources = Dictionary(Font=Dictionary(F=pdf.make_indirect(font)))
        pdf.pages[0].Resources = Dictionary(XObject=Dictionary(Drawn=form))

    return change


def with_letters_that_nothing_is_written_in(pdf: pikepdf.Pdf) -> None:
    with_letters_elsewhere("CIDFontType2")(pdf)
    form = pdf.pages[0].Resources.XObject.Drawn
    pdf.pages[0].Resources = Dictionary(Font=Dictionary(Unused=form.Resources.Font.F))


def raw_photograph() -> bytes:
    """A DNG: a thumbnail first, and the sensor's own numbers where no reader of images looks."""
    return encoded(picture(size=(80, 60)), "TIFF", tiffinfo={0x00FE: 1, 0xC612: b"\x01\x04\x00\x00"})


def tiff_with_thumbnail() -> bytes:
    small = picture(size=(21, 30))
    small.encoderinfo = {"tiffinfo": {0x00FE: 1}}
    return encoded(picture(), "TIFF", save_all=True, append_images=[small])


ENCRYPTION = pikepdf.Encryption(owner="secreto", user="secreto", R=6)
ONLY_PERMISSIONS = pikepdf.Encryption(owner="secreto", user="", R=6)
OLD_PERMISSIONS = pikepdf.Encryption(owner="secreto", user="", R=3, aes=False, metadata=False)
SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-" + rb"ANTIVIRUS-TEST-FILE!$H+H*"

REFUSED: dict[str, tuple[str, Callable[[], bytes]]] = {
    "empty": ("file_empty", lambda: b""),
    "letters_like_a_bitmap": ("file_type_unknown", lambda: b"BM, una carta."),
    "text": ("file_type_unknown", lambda: b"Hola, esto es un texto."),
    "svg": ("file_type_unknown", lambda: SVG),
    "html": ("file_type_unknown", lambda: b"<!DOCTYPE html><script>alert(1)</script>"),
    "html_before_pdf": ("file_type_unknown", lambda: b"<script>alert(1)</script>" + pdf_of()),
    "program": ("file_type_unknown", lambda: b"MZ\x90\x00" + bytes(200)),
    "elf": ("file_type_unknown", lambda: b"\x7fELF" + bytes(200)),
    "shell_script": ("file_type_unknown", lambda: b"#!/bin/sh\nrm -rf ~\n"),
    "antivirus_test": ("file_type_unknown", lambda: EICAR),
    "archive": ("file_type_unknown", archive),
    "heic": ("file_is_heic", lambda: b"\x00\x00\x00\x18ftypheic" + bytes(40)),
    "gif_too_large": ("image_too_many_pixels", lambda: b"GIF89a\xff\xff\xff\xff\x00\x00\x00" + b"," + bytes(40)),
    "gif_with_script": ("file_unreadable", lambda: b"GIF89a=1;alert(1)//" + bytes(20)),
    "webp_header_only": ("file_unreadable", lambda: b"RIFF\x00\x00\x00\x00WEBPVP8 "),
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
    "pdf_with_a_damaged_page": ("file_page_damaged", lambda: pdf_of(3, with_damaged_second_page)),
    "pdf_without_its_letters": ("file_lacks_letters", lambda: pdf_of(1, with_letters_elsewhere("CIDFontType2"))),
    "pdf_without_its_signs": ("file_lacks_letters", lambda: pdf_of(1, with_letters_elsewhere("CIDFontType0"))),
    "tiff_raw_photograph": ("file_is_raw_photograph", raw_photograph),
    "pdf_with_circular_pages": ("file_unreadable", page_tree_in_a_circle),
    "pdf_nested_without_end": ("file_unreadable", nested_arrays),
    "pdf_encrypted": ("file_encrypted", lambda: pdf_of(encryption=ENCRYPTION)),
    "pdf_with_501_pages": ("file_too_many_pages", lambda: pdf_of(501)),
    "pdf_with_script_on_opening": ("file_has_script", lambda: pdf_of(1, acting(S=Name.JavaScript, JS="app.alert(1)"))),
    "pdf_that_launches": ("file_dangerous", lambda: pdf_of(1, acting(S=Name.Launch, F="cmd.exe"))),
    "pdf_that_submits": ("file_dangerous", lambda: pdf_of(1, acting(S=Name.SubmitForm, F="http://x.invalid"))),
    "pdf_with_hidden_action": ("file_dangerous", lambda: pdf_of(1, with_link_that_acts)),
    "pdf_with_unreachable_script": ("file_has_script", lambda: pdf_of(1, with_unreachable_script)),
    "pdf_with_attachment": ("file_has_files", lambda: pdf_of(1, with_attachment)),
    "pdf_with_xfa_form": ("file_has_changing_form", lambda: pdf_of(1, with_form)),
    "pdf_with_rich_media": ("file_has_media", lambda: pdf_of(1, with_annotation("RichMedia"))),
    "pdf_with_movie": ("file_has_media", lambda: pdf_of(1, with_annotation("Movie"))),
    "pdf_with_3d_model": ("file_has_media", lambda: pdf_of(1, with_annotation("3D"))),
}

ACCEPTED: dict[str, tuple[int, Callable[[], bytes]]] = {
    "pdf_whose_attachment_was_taken_out": (1, lambda: pdf_of(1, with_attachment_taken_out)),
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
    "tiff_with_thumbnail": (1, tiff_with_thumbnail),
    "tiff_fax": (1, lambda: encoded(picture("1"), "TIFF", compression="group4")),
    "gif": (1, lambda: encoded(picture("P"), "GIF")),
    "bmp": (1, lambda: encoded(picture(), "BMP")),
    "webp": (1, lambda: encoded(picture(), "WEBP")),
    "jpeg_2000": (1, lambda: encoded(picture(), "JPEG2000")),
    "tiff_of_64_bits": (1, lambda: encoded(picture(), "TIFF", big_tiff=True)),
    "pdf": (2, lambda: pdf_of(2)),
    "pdf_with_owner_password": (1, lambda: pdf_of(encryption=ONLY_PERMISSIONS)),
    "pdf_with_owner_password_of_1999": (1, lambda: pdf_of(encryption=OLD_PERMISSIONS)),
    "pdf_after_a_byte_order_mark": (1, lambda: b"\xef\xbb\xbf" + pdf_of()),
    "pdf_after_empty_lines": (1, lambda: b"\r\n\n" + pdf_of()),
    "pdf_with_a_font_called_like_a_script": (1, lambda: pdf_of(1, with_font_called("/JS"))),
    "pdf_with_a_font_called_like_an_attachment": (1, lambda: pdf_of(1, with_font_called("/EF"))),
    "pdf_with_letters_that_nothing_is_written_in": (1, lambda: pdf_of(1, with_letters_that_nothing_is_written_in)),
    "pdf_across": (1, lambda: pdf_of(1, lambda pdf: pdf.pages[0].rotate(90, relative=True))),
    "pdf_with_archive_behind": (1, lambda: pdf_of() + archive()),
    "pdf_that_opens_on_a_page": (1, lambda: pdf_of(1, acting(S=Name.GoTo, D="inicio"))),
    "pdf_of_a_huge_page": (1, lambda: pdf_of(1, huge_page)),
}
