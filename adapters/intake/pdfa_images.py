"""Writes a PDF/A-3b whose pages are images on A4. The same images and words give the same bytes."""

import unicodedata
import zlib
from collections.abc import Sequence
from datetime import UTC, datetime
from io import BytesIO
from xml.sax.saxutils import escape

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream
from PIL import Image, ImageCms

from adapters.intake.text_layer import drawn, unseen_font
from adapters.intake.words import Word

A4 = (595.276, 841.89)
JPEG_QUALITY = 85
ICC_DATE, ICC_DATE_END = 24, 36

XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/">
<pdfaid:part>3</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<xmp:CreateDate>{at}</xmp:CreateDate><xmp:ModifyDate>{at}</xmp:ModifyDate><xmp:CreatorTool>estrado</xmp:CreatorTool>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""


class PdfaFromImages:
    """A document that grows by a page per image (mode 1, L or RGB)."""

    def __init__(self, title: str, language: str, at: datetime) -> None:
        self._pdf = pikepdf.new()
        self._font: pikepdf.Object | None = None
        self.size = 0
        """Bytes of the images so far."""
        self._describe(title, language, at)

    @property
    def pages(self) -> int:
        return len(self._pdf.pages)

    def add_page(
        self,
        image: Image.Image,
        tall: float = 1.0,
        words: Sequence[Word] = (),
        size: tuple[float, float] | None = None,
    ) -> None:
        """One page of `size` (points), else of A4, upright or across, with the image as large as fits, in the middle.

        `tall`: how much higher than wide a pixel is. `words`: what is written on it, laid unseen over it.
        """
        shown_height = image.height * tall
        width, height = size or (A4 if shown_height >= image.width else A4[::-1])
        scale = min(width / image.width, height / shown_height)
        drawn_width, drawn_height = image.width * scale, shown_height * scale
        x, y = (width - drawn_width) / 2, (height - drawn_height) / 2
        content = f"q {drawn_width:.3f} 0 0 {drawn_height:.3f} {x:.3f} {y:.3f} cm /Im0 Do Q".encode()
        resources = Dictionary(XObject=Dictionary(Im0=self._pdf.make_indirect(self._encoded(image))))
        if words:
            self._font = self._font or unseen_font(self._pdf)
            resources.Font = Dictionary(F0=self._font)
            content += b"\n" + drawn(words, (x, y, drawn_width, drawn_height))
        page = Dictionary(
            Type=Name.Page,
            MediaBox=Array([0, 0, width, height]),
            Resources=resources,
            Contents=self._pdf.make_stream(content),
        )
        self._pdf.pages.append(pikepdf.Page(self._pdf.make_indirect(page)))

    def written(self) -> bytes:
        out = BytesIO()
        self._pdf.save(
            out, deterministic_id=True, min_version="1.7", object_stream_mode=pikepdf.ObjectStreamMode.disable
        )
        return out.getvalue()

    def _encoded(self, image: Image.Image) -> Stream:
        """Without loss where that is smaller (pages of text), else as JPEG; nothing of the file is carried over."""
        common = {"/Type": Name.XObject, "/Subtype": Name.Image, "/Width": image.width, "/Height": image.height}
        space = Name.DeviceRGB if image.mode == "RGB" else Name.DeviceGray
        how = {"/ColorSpace": space, "/BitsPerComponent": 1 if image.mode == "1" else 8, "/Filter": Name.FlateDecode}
        content = zlib.compress(image.tobytes(), 9 if image.mode == "1" else 6) if image.mode != "RGB" else None
        if image.mode != "1":
            encoded = BytesIO()
            Image.frombytes(image.mode, image.size, image.tobytes()).save(encoded, "JPEG", quality=JPEG_QUALITY)
            if content is None or encoded.tell() < len(content):
                content, how["/Filter"] = encoded.getvalue(), Name.DCTDecode
        assert content is not None
        self.size += len(content)
        return Stream(self._pdf, content, common | how)

    def _describe(self, title: str, language: str, at: datetime) -> None:
        words = {
            "title": plain(title),
            "language": plain(language),
            "at": at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        }
        xmp = XMP.format(**{name: escape(word) for name, word in words.items()}).encode()
        profile = Stream(self._pdf, srgb_profile(), N=3)
        intent = Dictionary(
            Type=Name.OutputIntent,
            S=Name.GTS_PDFA1,
            OutputConditionIdentifier="sRGB",
            DestOutputProfile=self._pdf.make_indirect(profile),
        )
        root = self._pdf.Root
        root.Metadata = self._pdf.make_indirect(Stream(self._pdf, xmp, Type=Name.Metadata, Subtype=Name.XML))
        root.OutputIntents = Array([self._pdf.make_indirect(intent)])
        root.Lang = plain(language)
        root.ViewerPreferences = Dictionary(DisplayDocTitle=True)


def plain(text: str) -> str:
    """NFC, without control and direction characters: they change how a title reads (F-47)."""
    kept = (letter for letter in unicodedata.normalize("NFC", text) if unicodedata.category(letter) not in ("Cc", "Cf"))
    return "".join(kept).strip()


def srgb_profile() -> bytes:
    """An sRGB profile without the moment in which it was made (ICC.1 7.2: date in bytes 24 to 35, id in 84 to 99)."""
    made = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    made[ICC_DATE:ICC_DATE_END] = (2000).to_bytes(2, "big") + bytes([0, 1, 0, 1]) + bytes(6)
    made[84:100] = bytes(16)
    return bytes(made)
