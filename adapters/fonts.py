"""Makes the one typeface of PDFs and stamps from the web font that npm installed, for whoever embeds fonts.

The web font is cut in two files a style (Latin, Latin Extended) and compressed; a PDF needs one TrueType file a
style. What is made is kept under `var/fonts` and is the same, byte for byte, on every machine.
"""

import tempfile
from functools import cache
from pathlib import Path

from fontTools.merge import Merger  # type: ignore[import-untyped]
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

PROJECT = Path(__file__).resolve().parent.parent
WEB_FONTS = PROJECT / "node_modules" / "@fontsource" / "atkinson-hyperlegible" / "files"
FONTS = PROJECT / "var" / "fonts"

STYLES = {"Regular": "400-normal", "Italic": "400-italic", "Bold": "700-normal", "BoldItalic": "700-italic"}
SUBSETS = ("latin", "latin-ext")


class FontsMissing(Exception):
    """The web fonts are not installed; the message says how to install them."""


@cache
def fonts_dir(directory: Path = FONTS) -> Path:
    """The folder with `AtkinsonHyperlegible-<Style>.ttf`, made at the first call. Raises FontsMissing.

    Several processes may call at once: each file appears whole, by a rename.
    """
    directory.mkdir(parents=True, exist_ok=True)
    for style in STYLES:
        path = font_path(style, directory)
        if not path.exists():
            _make(style, path)
    return directory


def font_path(style: str, directory: Path = FONTS) -> Path:
    """Where the file of a style is: `Regular`, `Italic`, `Bold` or `BoldItalic`."""
    return directory / f"AtkinsonHyperlegible-{style}.ttf"


def _make(style: str, path: Path) -> None:
    with tempfile.TemporaryDirectory(dir=path.parent) as workshop:
        parts = [_unpacked(style, subset, Path(workshop)) for subset in SUBSETS]
        made = Path(workshop) / path.name
        font = Merger().merge([str(part) for part in parts])
        # The merger dates the font now; the same font must have the same bytes wherever it is made.
        font["head"].created = font["head"].modified = TTFont(parts[0])["head"].modified
        font.recalcTimestamp = False
        font.save(made)
        made.replace(path)


def _unpacked(style: str, subset: str, workshop: Path) -> Path:
    packed = WEB_FONTS / f"atkinson-hyperlegible-{subset}-{STYLES[style]}.woff2"
    if not packed.exists():
        raise FontsMissing(f"{packed.name} is not installed; run: npm ci")
    font = TTFont(packed, recalcTimestamp=False)
    font.flavor = None
    unpacked = workshop / f"{subset}.ttf"
    font.save(unpacked)
    return unpacked
