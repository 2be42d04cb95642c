"""Pages as people read them."""

import io

import pikepdf
import pytest
from PIL import Image

from adapters.pages.pictures import WIDEST, PicturesPdfium
from domain.errors import PersonMustAct, Refusal


@pytest.fixture
def pdf() -> bytes:
    made = pikepdf.new()
    for _ in range(2):
        made.add_blank_page(page_size=(595, 842))
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


async def test_a_page_becomes_a_picture_of_the_width_asked_for(pdf: bytes) -> None:
    picture = Image.open(io.BytesIO(await PicturesPdfium().png(pdf, 2, 800)))
    assert (picture.format, picture.width) == ("PNG", 800)
    assert abs(picture.height / picture.width - 842 / 595) < 0.01


async def test_nobody_can_ask_for_a_picture_as_wide_as_a_house(pdf: bytes) -> None:
    assert Image.open(io.BytesIO(await PicturesPdfium().png(pdf, 1, 100_000))).width == WIDEST


async def test_a_page_that_is_not_there_is_refused(pdf: bytes) -> None:
    with pytest.raises(Refusal, match="no_such_page"):
        await PicturesPdfium().png(pdf, 3, 800)


async def test_what_is_no_pdf_is_said_to_be_unreadable() -> None:
    with pytest.raises(PersonMustAct, match="document_unreadable"):
        await PicturesPdfium().png(b"%PDF-1.7 nothing", 1, 800)


async def test_what_is_written_on_a_page_can_be_read_without_seeing_it(pdf: bytes) -> None:
    made = pikepdf.open(io.BytesIO(pdf))
    made.pages[1].Contents = made.make_stream(b"BT /F1 12 Tf 72 700 Td (Comparecen) Tj ET")
    made.pages[1].Resources = pikepdf.Dictionary(
        Font=pikepdf.Dictionary(
            F1=pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
        )
    )
    out = io.BytesIO()
    made.save(out)
    assert await PicturesPdfium().words(out.getvalue(), 2) == "Comparecen"
    assert await PicturesPdfium().words(out.getvalue(), 1) == ""
