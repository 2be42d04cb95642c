"""The copy made for reading carries the words of its pages, and no paper is lost for want of them."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import pikepdf
import pypdfium2  # type: ignore[import-untyped]
import pytest
from PIL import Image, ImageDraw, ImageFont

from adapters.fonts import font_path, fonts_dir
from adapters.intake.intake import IntakePdf
from adapters.intake.words import Reader, words_of
from domain.errors import Refusal
from tests.adapters.deposits import with_lines_of_text
from tests.adapters.sheets import encoded, pdf_of
from tests.adapters.taking_in import fixed

AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
SAID = ("El solicitante, D. Xoán Núñez,", "pide a súa certificación.", "Epaitegiak jaso du idazkia.")


def sheet(*lines: str) -> Image.Image:
    """A scanned page at 200 dots an inch."""
    paper = Image.new("L", (1654, 2339), "white")
    drawn, font = ImageDraw.Draw(paper), ImageFont.truetype(font_path("Regular", fonts_dir()), 44)
    for number, line in enumerate(lines):
        drawn.text((200, 300 + 90 * number), line, font=font, fill="black")
    return paper


def text_of(pdf: bytes, page: int = 0) -> str:
    return str(pypdfium2.PdfDocument(pdf)[page].get_textpage().get_text_range())


async def test_words_in_a_scanned_page_are_read_in_their_place() -> None:
    made = (await fixed(encoded(sheet(*SAID), "PNG"), languages=("es", "gl", "eu"))).pdf
    for word in ("solicitante", "Núñez", "certificación", "Epaitegiak"):
        assert word in text_of(made)
    page = pypdfium2.PdfDocument(made)[0]
    text = page.get_textpage()
    index, _ = text.search("solicitante").get_next()
    left, bottom, _, top = text.get_charbox(index)
    width, height = page.get_size()
    assert 0.12 < left / width < 0.25
    assert 0.8 < bottom / height < top / height < 0.9


def test_a_page_is_read_in_the_languages_of_its_place_alone() -> None:
    """Each language costs its time at every page; what nobody reads in is left out, and named twice is read in once."""
    assert list(Reader(["ca-valencia", "es", "ca", "ar"]).asked) == ["cat", "spa"]


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
async def test_words_that_a_file_has_are_kept_where_they_stand(turn: int) -> None:
    def turned(pdf: pikepdf.Pdf) -> None:
        with_lines_of_text(pdf)
        pdf.pages[0].rotate(turn, relative=True)

    brought = pdf_of(1, turned)
    made = (await fixed(brought)).pdf
    assert "El demandante se ratifica en su escrito, que obra en autos" in " ".join(text_of(made).split())
    before, after = where_it_begins(brought), where_it_begins(made)
    # Points. A line that stands is laid upright into its place, and the space at its end makes it longer.
    assert after == pytest.approx(before, abs=20 if turn in (90, 270) else 6)


def where_it_begins(pdf: bytes) -> tuple[float, float]:
    """The middle of the first line, as people see it: points from the upper left corner."""
    page = pypdfium2.PdfDocument(pdf)[0]
    first = words_of(page)[0]
    width, height = page.get_size()
    return (first.left + first.right) / 2 * width, (first.top + first.bottom) / 2 * height


async def test_a_page_without_words_enters_as_it_is() -> None:
    made = await fixed(encoded(sheet(), "PNG"), encoded(sheet(*SAID), "PNG"))
    assert made.pages == 2
    assert not text_of(made.pdf).strip()
    assert "solicitante" in text_of(made.pdf, 1)


async def test_where_nothing_shall_be_read_the_paper_enters_as_a_picture() -> None:
    intake = IntakePdf(read=False)
    try:
        made = await intake.fix([encoded(sheet(*SAID), "PNG")], "Escrito", ["es"], AT)
    finally:
        await intake.close()
    assert (made.pages, text_of(made.pdf).strip()) == (1, "")


async def test_what_reads_ends_with_a_process_that_is_ended() -> None:
    """Killed by the clock in the middle of a page."""
    noise = Image.effect_noise((4000, 4000), 90)
    intake = IntakePdf(seconds=3)
    try:
        with pytest.raises(Refusal, match="file_takes_too_long"):
            await intake.fix([encoded(noise, "PNG")] * 4, "Ruido", ["es"], AT)
    finally:
        await intake.close()
    await asyncio.sleep(1)
    assert not orphans()


def orphans() -> list[Path]:
    return [one for one in Path("/proc").glob("[0-9]*/cmdline") if is_ours(one)]


def is_ours(told: Path) -> bool:
    """Whether this is a tesseract that an orphan of this test's intake left behind."""
    try:
        return (
            told.read_bytes().startswith(b"tesseract\0")
            and told.parent.joinpath("status").read_text().find("PPid:\t1\n") > 0
        )
    except OSError:
        return False
