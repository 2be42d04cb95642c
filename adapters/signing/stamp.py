"""The visible face of a signature: where it stands on the last page, what it says, and the record that hangs on it.

Everything here becomes part of the signed revision; nothing may touch what an earlier signature covers.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path

from fontTools.ttLib import TTFont  # type: ignore[import-untyped]
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.content import ResourceType
from pyhanko.pdf_utils.embed import EmbeddedFileObject, FileSpec
from pyhanko.pdf_utils.font.opentype import GlyphAccumulator
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.layout import BoxConstraints
from pyhanko.pdf_utils.writer import BasePdfFileWriter
from pyhanko.stamp import BaseStamp, BaseStampStyle

from domain.errors import PersonMustAct
from domain.procedure.handwriting import HEIGHT as DRAWING_HEIGHT
from domain.procedure.handwriting import WIDTH as DRAWING_WIDTH

MILLIMETRE = 72 / 25.4
COLUMNS, ROWS = 3, 3
LEFT, BOTTOM = 20 * MILLIMETRE, 3.5 * MILLIMETRE
WIDTH, HEIGHT, GAP = 55.5 * MILLIMETRE, 14.5 * MILLIMETRE, 1 * MILLIMETRE
"""The grid stays within the bottom 50 mm of A4 that the typesetter leaves empty on the last page."""

PADDING = 4.0
LARGEST = 7.0
SMALLEST_BROKEN = 3
LEADING = 1.2
DRAWING_SHARE = 0.4
"""Of the width, beside the lines."""
INK, RULE = (0.04, 0.05, 0.05), (0.45, 0.49, 0.51)

Box = tuple[int, int, int, int]


def place(slot: int, media_box: Sequence[float]) -> Box:
    """Where the stamp of `slot` stands, in points: rows from the bottom upwards, so that two never overlap.

    Raises PersonMustAct `signature_area_full` when the page has no place left.
    """
    if not 0 <= slot < COLUMNS * ROWS:
        raise PersonMustAct("signature_area_full", places=COLUMNS * ROWS)
    row, column = divmod(slot, COLUMNS)
    x = float(media_box[0]) + LEFT + column * (WIDTH + GAP)
    y = float(media_box[1]) + BOTTOM + row * (HEIGHT + GAP)
    return round(x), round(y), round(x + WIDTH), round(y + HEIGHT)


@dataclass(frozen=True)
class StampStyle(BaseStampStyle):
    """Lines of text in a thin frame, with the evidence record as a file associated with it."""

    lines: tuple[str, ...] = ()
    font: Path = Path()
    record: tuple[str, bytes] | None = None
    drawing: bytes | None = None

    def create_stamp(self, writer: BasePdfFileWriter, box: BoxConstraints, text_params: dict[str, str]) -> "Stamp":
        return Stamp(writer=writer, style=self, box=box)


class Stamp(BaseStamp):
    """One stamp as a form XObject."""

    def as_form_xobject(self) -> generic.StreamObject:
        xobject = super().as_form_xobject()
        xobject.compress()
        if self.style.record is not None:
            # ISO 32000-2 14.13.6: a file associated with an XObject. Scar: in the catalogue's /Names or /AF the
            # second signer's record would count as a change of what the first one signed (pyHanko's strict policy).
            xobject[pdf_name("/AF")] = generic.ArrayObject([attached(self._ensure_writer, *self.style.record)])
        return xobject

    def render(self) -> bytes:
        width, height = float(self.box.width), float(self.box.height)
        glyphs = GlyphAccumulator(self._ensure_writer, BytesIO(plain_font(self.style.font)), font_size=LARGEST)
        aside = width * DRAWING_SHARE if self.style.drawing else 0.0
        room, tall = width - aside - 2 * PADDING, height - 2 * PADDING
        lines = broken(glyphs, self.style.lines, room, tall) if self.style.drawing else self.style.lines
        size = fitting(glyphs, lines, room, tall)
        drawn = [b"q %g %g %g RG 0.5 w 0.25 0.25 %g %g re S Q" % (*RULE, width - 0.5, height - 0.5)]
        for number, line in enumerate(lines):
            shaped = glyphs.shape(line)
            baseline = height - PADDING - size * (0.8 + LEADING * number)
            start = b"%g %g %g rg BT /F1 %g Tf %g %g Td " % (*INK, size, PADDING, baseline)
            drawn.append(b"q " + start + shaped.graphics_ops + b" ET Q")
        if self.style.drawing:
            high = aside * DRAWING_HEIGHT / DRAWING_WIDTH
            place = (aside, high, width - aside - PADDING / 2, (height - high) / 2)
            stencil = self._ensure_writer.add_object(mask(self.style.drawing))
            self.set_resource(ResourceType.XOBJECT, pdf_name("/Hand"), stencil)
            drawn.append(b"q %g %g %g rg %g 0 0 %g %g %g cm /Hand Do Q" % (*INK, *place))
        self.set_resource(ResourceType.FONT, pdf_name("/F1"), glyphs.as_resource())
        return b" ".join(drawn)


def mask(bitmap: bytes) -> generic.StreamObject:
    """A stencil through which ink is painted: it has no colours of its own (ISO 32000-2 8.9.6.2)."""
    entries = {
        pdf_name("/Type"): pdf_name("/XObject"),
        pdf_name("/Subtype"): pdf_name("/Image"),
        pdf_name("/Width"): generic.NumberObject(DRAWING_WIDTH),
        pdf_name("/Height"): generic.NumberObject(DRAWING_HEIGHT),
        pdf_name("/BitsPerComponent"): generic.NumberObject(1),
        pdf_name("/ImageMask"): generic.BooleanObject(True),
        pdf_name("/Decode"): generic.ArrayObject([generic.NumberObject(1), generic.NumberObject(0)]),
    }
    stream = generic.StreamObject(entries, stream_data=bitmap)
    stream.compress()
    return stream


@cache
def plain_font(path: Path) -> bytes:
    """The font without kerning, ligatures and hints: taking a subset of it is three times faster."""
    font, plain = TTFont(path), BytesIO()
    for table in ("GPOS", "GSUB", "GDEF", "gasp", "fpgm", "prep", "cvt "):
        if table in font:
            del font[table]
    font.save(plain)
    return plain.getvalue()


def fitting(glyphs: GlyphAccumulator, lines: Sequence[str], width: float, height: float) -> float:
    """The largest size at which every line fits; a very long one ends up small, never cut."""
    widest = max((float(glyphs.shape(line).x_advance) for line in lines), default=0.0)
    by_width = width / widest if widest else LARGEST
    by_height = height / (LEADING * max(len(lines), 1))
    return min(LARGEST, by_width, by_height)


def broken(glyphs: GlyphAccumulator, lines: Sequence[str], width: float, height: float) -> list[str]:
    """The same words in lines of at most `width`, at the largest size at which all of them fit one below another."""
    found: list[str] = []
    for tenths in range(round(LARGEST * 10), SMALLEST_BROKEN * 10, -1):
        size, found = tenths / 10, []
        for line in lines:
            found.append("")
            for word in line.split():
                longer = f"{found[-1]} {word}".strip()
                if found[-1] and float(glyphs.shape(longer).x_advance) * size > width:
                    found.append(word)
                else:
                    found[-1] = longer
        if size * LEADING * len(found) <= height:
            break
    return found


def attached(writer: BasePdfFileWriter, name: str, content: bytes) -> generic.IndirectObject:
    """An embedded file with its description; `/Data`: what the visible stamp was made from (ISO 19005-3 annex E)."""
    stream = EmbeddedFileObject.from_file_data(writer, content, mime_type="application/json")
    description = FileSpec(
        file_spec_string=name, file_name=name, embedded_data=stream, af_relationship=pdf_name("/Data")
    )
    return writer.add_object(description.as_pdf_object())
