"""Pages as people read them."""

import io
from collections.abc import AsyncIterator

import pikepdf
import pytest
from PIL import Image

from adapters.intake.pictures import WIDEST, PicturesPdfium
from domain.errors import PersonMustAct, Refusal
from tests.adapters.hostile import form_bomb


@pytest.fixture
def pdf() -> bytes:
    made = pikepdf.new()
    for _ in range(2):
        made.add_blank_page(page_size=(595, 842))
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


@pytest.fixture
async def pictures() -> AsyncIterator[PicturesPdfium]:
    opened = PicturesPdfium()
    yield opened
    await opened.close()


async def test_a_page_becomes_a_picture_of_the_width_asked_for(pictures: PicturesPdfium, pdf: bytes) -> None:
    picture = Image.open(io.BytesIO(await pictures.png(pdf, 2, 800)))
    assert (picture.format, picture.width) == ("PNG", 800)
    assert abs(picture.height / picture.width - 842 / 595) < 0.01


async def test_nobody_can_ask_for_a_picture_as_wide_as_a_house(pictures: PicturesPdfium, pdf: bytes) -> None:
    assert Image.open(io.BytesIO(await pictures.png(pdf, 1, 100_000))).width == WIDEST


async def test_a_page_that_is_not_there_is_refused(pictures: PicturesPdfium, pdf: bytes) -> None:
    with pytest.raises(Refusal, match="no_such_page"):
        await pictures.png(pdf, 3, 800)


async def test_what_is_no_pdf_is_said_to_be_unreadable(pictures: PicturesPdfium) -> None:
    with pytest.raises(PersonMustAct, match="document_unreadable"):
        await pictures.png(b"%PDF-1.7 nothing", 1, 800)


async def test_what_is_written_on_a_page_can_be_read_without_seeing_it(pictures: PicturesPdfium, pdf: bytes) -> None:
    made = pikepdf.open(io.BytesIO(pdf))
    made.pages[1].Contents = made.make_stream(b"BT /F1 12 Tf 72 700 Td (Comparecen) Tj ET")
    made.pages[1].Resources = pikepdf.Dictionary(
        Font=pikepdf.Dictionary(
            F1=pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
        )
    )
    out = io.BytesIO()
    made.save(out)
    assert await pictures.words(out.getvalue(), 2) == "Comparecen"
    assert await pictures.words(out.getvalue(), 1) == ""
    with pytest.raises(Refusal, match="no_such_page"):
        await pictures.words(out.getvalue(), 3)


async def test_a_page_too_long_for_its_width_is_drawn_narrower(pictures: PicturesPdfium) -> None:
    made, out = pikepdf.new(), io.BytesIO()
    made.add_blank_page(page_size=(3, 14_400))
    made.save(out)
    picture = Image.open(io.BytesIO(await pictures.png(out.getvalue(), 1, 1200)))
    assert picture.width * picture.height <= 17_000_000


async def test_endless_drawing_ends_its_own_process_and_no_other(pictures: PicturesPdfium, pdf: bytes) -> None:
    with pytest.raises(PersonMustAct, match="document_unreadable"):
        await pictures.png(form_bomb(claims=True), 1, 1200)
    assert await pictures.png(pdf, 1, 100)
