"""Words laid unseen over the picture of a page, so that they can be searched, copied and read aloud.

ISO 19005-3 6.2.11.4.1: a font that draws nothing (text rendering mode 3) need not be embedded. Codes are UTF-16.
"""

from collections.abc import Sequence

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

from adapters.intake.words import Word

MAP_BEGIN = """/CIDInit /ProcSet findresource begin 12 dict begin begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def /CMapType 2 def
1 begincodespacerange <0000> <FFFF> endcodespacerange
"""
MAP_END = "endcmap CMapName currentdict /CMap defineresource pop end end"
RANGES_AT_ONCE = 64
ADVANCE = 0.5
"""Of every letter, in its size."""
DESCENT = 0.2


def unseen_font(pdf: pikepdf.Pdf) -> pikepdf.Object:
    """A font without letters, of which a document needs one."""
    system = Dictionary(Registry=pikepdf.String("Adobe"), Ordering=pikepdf.String("Identity"), Supplement=0)
    descriptor = Dictionary(
        Type=Name.FontDescriptor,
        FontName=Name.Unseen,
        Flags=5,
        FontBBox=Array([0, -200, 500, 800]),
        ItalicAngle=0,
        Ascent=800,
        Descent=-200,
        CapHeight=800,
        StemV=80,
    )
    letters = Dictionary(
        Type=Name.Font,
        Subtype=Name.CIDFontType2,
        BaseFont=Name.Unseen,
        CIDSystemInfo=system,
        CIDToGIDMap=Name.Identity,
        DW=int(1000 * ADVANCE),
        FontDescriptor=pdf.make_indirect(descriptor),
    )
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Font,
            Subtype=Name.Type0,
            BaseFont=Name.Unseen,
            Encoding=Name("/Identity-H"),
            DescendantFonts=Array([pdf.make_indirect(letters)]),
            ToUnicode=pdf.make_indirect(Stream(pdf, to_unicode())),
        )
    )


def to_unicode() -> bytes:
    """Every code is its letter. A range may not leave its first byte, and 100 stand together (ISO 32000-2 9.10.3)."""
    ranges = [f"<{high:02X}00> <{high:02X}FF> <{high:02X}00>" for high in range(256)]
    blocks = (ranges[start : start + RANGES_AT_ONCE] for start in range(0, len(ranges), RANGES_AT_ONCE))
    told = "".join(f"{len(block)} beginbfrange\n{chr(10).join(block)}\nendbfrange\n" for block in blocks)
    return (MAP_BEGIN + told + MAP_END).encode()


def drawn(words: Sequence[Word], box: tuple[float, float, float, float]) -> bytes:
    """The words as content of a page, for a font `F0`. `box`: where the picture lies: left, bottom, width, height."""
    left, bottom, width, height = box
    lines = [b"BT 3 Tr"]
    for word in words:
        size = max((word.bottom - word.top) * height, 1.0)
        stretch = 100 * (word.right - word.left) * width / (size * ADVANCE * len(word.text))
        x = left + word.left * width
        y = bottom + (1 - word.bottom) * height + size * DESCENT
        codes = (word.text + " ").encode("utf-16-be").hex().upper()
        lines.append(f"/F0 {size:.2f} Tf {stretch:.2f} Tz 1 0 0 1 {x:.2f} {y:.2f} Tm <{codes}> Tj".encode())
    return b"\n".join([*lines, b"ET"])
