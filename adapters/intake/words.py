"""The words of a page and where they stand: those that a file has, or those that are read in a picture.

Runs only inside `process`. Reading is `tesseract`, a program of its own: it inherits the limits, sees the picture on
its input and writes to its output, and ends with this process.
"""

import ctypes
import io
import os
import resource
import signal
import subprocess
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from PIL import Image

NAMES = {"es": "spa", "ca": "cat", "ca-valencia": "cat", "gl": "glg", "eu": "eus", "en": "eng"}
"""What tesseract calls the languages that it reads here, where the system has them; each takes its time of a page."""
SECONDS_OF_A_PAGE = 30
SECONDS_OF_A_DEPOSIT = 100.0
"""By the clock. Pages after it keep no text: that the paper enters in time counts more."""
LONGEST_OUTPUT = 4 * 1024**2
MOST_WORDS = 20_000
"""Of one page. A newspaper has 5000."""
LEAST_SURE = 30.0
"""Of 100. Below it tesseract sees letters in stains."""
PR_SET_PDEATHSIG = 1
LINE_WORD = 5


@dataclass(frozen=True)
class Word:
    """`left`, `top`, `right`, `bottom`: of the whole page, from 0 to 1, from its upper left corner."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


class Reader:
    """Reads pictures until its time for the deposit is over."""

    def __init__(self, languages: Sequence[str], seconds: float = SECONDS_OF_A_DEPOSIT) -> None:
        """`languages`: those that the pages may be written in, as in `domain.languages`."""
        self._until = time.monotonic() + seconds
        self.asked = dict.fromkeys(NAMES[one] for one in languages if one in NAMES)
        self._languages: str | None = None

    def read(self, image: Image.Image, tall: float = 1.0) -> list[Word]:
        """The words in the picture. None where there are none, nothing reads here, or time is over.

        `tall`: how much higher than wide a pixel is; letters are read in their shape.
        """
        left = self._until - time.monotonic()
        if left < 1:
            return []
        try:
            if self._languages is None:
                known = _known()
                self._languages = "+".join(one for one in self.asked if one in known)
            if not self._languages:
                return []
            image = image.convert("L")
            if tall != 1.0:
                image = image.resize((image.width, max(round(image.height * tall), 1)))
            told = _run(["-", "-", "-l", self._languages, "tsv"], _as_pnm(image), min(left, SECONDS_OF_A_PAGE))
        except (MemoryError, OSError, subprocess.SubprocessError, ValueError):
            return []
        return list(_words_in(told, image.size))


def words_of(page: Any) -> list[Word]:
    """The words that a page of a PDF has, as pdfium finds them (`page`: of pypdfium2); only those on the page."""
    text = page.get_textpage()
    try:
        width, height = page.get_size()
        found: list[Word] = []
        for number in range(min(text.count_rects(), MOST_WORDS)):
            left, bottom, right, top = text.get_rect(number)
            said = clean(text.get_text_bounded(left, bottom, right, top))
            corners = (_upright(page, left, top), _upright(page, right, bottom))
            x = sorted(corner[0] / width for corner in corners)
            y = sorted(corner[1] / height for corner in corners)
            if said and 0 <= x[0] < x[1] <= 1 and 0 <= y[0] < y[1] <= 1:
                found.append(Word(said, x[0], y[0], x[1], y[1]))
        return found
    finally:
        text.close()


def clean(text: str) -> str:
    """One line, without control characters; what lies outside the basic plane is named as unknown."""
    kept = (letter if ord(letter) < 0xFFFE and not 0xD800 <= ord(letter) < 0xE000 else "\ufffd" for letter in text)
    line = " ".join("".join(kept).split())
    return "".join(letter for letter in line if letter.isprintable())


def _upright(page: Any, x: float, y: float) -> tuple[float, float]:
    """A point of the page's own plane as people see it, from the upper left corner, in points."""
    left, bottom, right, top = page.get_cropbox()
    across, down = right - left, top - bottom
    x, y = x - left, top - y
    turned = {0: (x, y), 90: (down - y, x), 180: (across - x, down - y), 270: (y, across - x)}
    return turned[page.get_rotation()]


def _words_in(told: str, size: tuple[int, int]) -> Iterator[Word]:
    for number, line in enumerate(told.splitlines()[1:]):
        fields = line.split("\t")
        if number >= MOST_WORDS * 2 or len(fields) != 12 or fields[0] != str(LINE_WORD):
            continue
        left, top, width, height = (int(one) for one in fields[6:10])
        said = clean(fields[11])
        if said and float(fields[10]) >= LEAST_SURE:
            yield Word(said, left / size[0], top / size[1], (left + width) / size[0], (top + height) / size[1])


def _known() -> set[str]:
    return set(_run(["--list-langs"], b"", SECONDS_OF_A_PAGE).split())


def _as_pnm(image: Image.Image) -> bytes:
    """Without compression, and no library of strangers to undo it."""
    made = io.BytesIO()
    image.save(made, "PPM")
    return made.getvalue()


def _run(arguments: list[str], given: bytes, seconds: float) -> str:
    ended = subprocess.run(
        ["tesseract", *arguments],
        input=given,
        capture_output=True,
        timeout=seconds,
        check=True,
        env={"PATH": os.defpath, "LANG": "C.UTF-8", "OMP_THREAD_LIMIT": "1"},
        preexec_fn=_end_with_us,
    )
    return ended.stdout[:LONGEST_OUTPUT].decode(errors="replace")


def _end_with_us() -> None:
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS_OF_A_PAGE, SECONDS_OF_A_PAGE))
