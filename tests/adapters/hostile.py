"""Files that would unpack, draw or nest without end, or are two things at once; none has to be kept."""

import io
import struct
import zipfile
import zlib

import pikepdf
from pikepdf import Array, Dictionary, Name

from tests.adapters.sheets import claiming_pdfa, pdf_of


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


def many_streams() -> bytes:
    """Four streams, each of a size that may be: together they are too large."""
    packed = zlib.compress(bytes(90_000_000), 1)

    def change(pdf: pikepdf.Pdf) -> None:
        streams = [pikepdf.Stream(pdf, packed, Filter=Name.FlateDecode) for _ in range(4)]
        pdf.Root.Unused = Array([pdf.make_indirect(stream) for stream in streams])

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


def form_bomb(*, claims: bool = False) -> bytes:
    """Nine forms, each drawn ten times by the next: a thousand million drawings in 4 kB."""

    def change(pdf: pikepdf.Pdf) -> None:
        inner = pdf.make_stream(b"0 0 5 5 re f")
        for _ in range(9):
            inner.stream_dict = Dictionary(Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 595, 842]))
            outer = pdf.make_stream(b"/X Do " * 10)
            outer.Resources = Dictionary(XObject=Dictionary(X=inner))
            inner.Group = Dictionary(S=Name.Transparency)
            resources, content = outer.Resources, outer.read_bytes()
            inner = pdf.make_stream(content)
            inner.Resources = resources
        pdf.pages[0].Resources = inner.Resources
        pdf.pages[0].Contents = pdf.make_stream(b"/X Do " * 10)
        if claims:
            claiming_pdfa(pdf)

    return pdf_of(1, change)


def polyglot() -> bytes:
    """A PDF that says PDF/A and is an archive too, whose comment ends as a PDF does."""
    out = io.BytesIO(pdf_of(1, claiming_pdfa))
    with zipfile.ZipFile(out, "a") as zip_file:
        zip_file.writestr("virus.js", "x" * 100)
        zip_file.comment = b"\n%%EOF\n"
    return out.getvalue()


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
