"""The machine-readable zone among the lines that were read on a still. Pure."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence

from domain.codes.mrz import FILLER, NotAZone, Zone, read_zone

Places = tuple[tuple[int, int, int], ...]
"""Of a line: its number, and from which sign to which."""

OF_BOOKLETS: tuple[Places, Places] = (
    ((0, 2, 44), (1, 10, 13)),
    ((1, 9, 10), (1, 13, 20), (1, 21, 28)),
)
SHAPES: dict[tuple[int, int], tuple[Places, Places]] = {
    (3, 30): (((0, 2, 5), (1, 15, 18), (2, 0, 30)), ((0, 14, 15), (1, 0, 7), (1, 8, 15), (1, 29, 30))),
    (2, 44): OF_BOOKLETS,
    (2, 36): OF_BOOKLETS,
}
"""By lines and signs in each: where it has letters alone, and digits alone."""
AMISS = 3
"""A line may have so many signs too few or too many: fillers in a row are hard to count."""

# Letters of other alphabets that look like those of a zone, and signs that look like its filler.
_DIGITS = str.maketrans("OQDILZSGB", "000112568")
_CAPITALS = str.maketrans("0125688", "OIZSGBB")
"""Where a zone has nothing else by its norm (part 3, 4.6 and 4.8). A check digit tells where it was something else."""
_ALIKE = str.maketrans("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧАВЕКМНОРСТХ«‹〈《く＜", "ABEZHIKMNOPTYXABEKMHOPCTX<<<<<<")


def zone_among(lines: Sequence[str]) -> Zone | None:
    """The one with the fewest check digits that do not fit; None where there is none."""
    found = sorted(_zones([cleaned(line) for line in lines]), key=lambda zone: len(zone.wrong))
    return found[0] if found else None


def cleaned(line: str) -> str:
    """As zones are written."""
    capital = unicodedata.normalize("NFKC", line).upper().translate(_ALIKE)
    return re.sub(r"[^A-Z0-9<]", "", capital)


def _zones(lines: Sequence[str]) -> Iterator[Zone]:
    for (many, length), (letters, digits) in SHAPES.items():
        for first in range(len(lines) - many + 1):
            fitted = [line for one in lines[first : first + many] if (line := _fitted(one, length))]
            try:
                zone = read_zone(_read_as(_read_as(fitted, letters, _CAPITALS), digits, _DIGITS))
            except NotAZone:
                continue
            if zone.document[:1] in ("I", "A", "C", "P"):  # part 3, 4.2.2.1: of identity cards and passports
                yield zone


def _read_as(lines: list[str], places: Places, signs: Mapping[int, int]) -> list[str]:
    """With the signs that stand at those places read as `signs` says."""
    read = list(lines)
    for line, begin, end in places:
        if line < len(read):
            read[line] = read[line][:begin] + read[line][begin:end].translate(signs) + read[line][end:]
    return read


def _fitted(line: str, length: int) -> str | None:
    """With as many fillers in its longest row as it takes; None for a line that is none of a zone."""
    more = length - len(line)
    rows = sorted(re.finditer(f"{FILLER}+", line), key=lambda row: len(row[0]))
    if abs(more) > AMISS or (more and (not rows or len(rows[-1][0]) + more < 1)):
        return None
    if not more:
        return line
    begin, end = rows[-1].span()
    return line[:begin] + FILLER * (end - begin + more) + line[end:]
