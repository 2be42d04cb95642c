"""Deposited files, good and hostile: each ends as one clean PDF/A or as a refusal that says why."""

import io
import zipfile

import pikepdf
import pypdfium2  # type: ignore[import-untyped]
import pytest
from pikepdf import Name
from PIL import Image

from adapters.intake.intake import IntakePdf
from domain.errors import Refusal
from domain.files import LARGEST_FILE, LARGEST_READING_COPY, MOST_PAGES
from tests.adapters.deposits import ACCEPTED, HUGE, REFUSED, with_lines_of_text, with_link_that_acts, with_signature
from tests.adapters.hostile import archive, polyglot
from tests.adapters.sheets import claiming_pdfa, encoded, exchanged_profile, pdf_of, picture, tiff_of, with_exif_turn
from tests.adapters.taking_in import TITLE, fixed

# --- refusals --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", REFUSED)
async def test_a_file_that_cannot_be_kept_is_refused_with_the_reason(name: str) -> None:
    code, content = REFUSED[name]
    with pytest.raises(Refusal) as refused:
        await fixed(content())
    assert refused.value.code == code
    assert refused.value.params["part"] == 1


async def test_what_is_dangerous_is_named() -> None:
    with pytest.raises(Refusal) as refused:
        await fixed(encoded(picture(), "PNG"), pdf_of(1, with_link_that_acts))
    assert refused.value.params == {"part": 2, "found": "Launch"}


async def test_a_part_of_51_megabytes_is_refused() -> None:
    with pytest.raises(Refusal) as refused:
        IntakePdf().inspect([b"\xff\xd8\xff" + bytes(LARGEST_FILE)])
    assert refused.value.code == "file_too_large"


async def test_parts_that_are_too_large_together_are_refused() -> None:
    half = encoded(picture(), "JPEG") + bytes(LARGEST_FILE * 9 // 10)
    with pytest.raises(Refusal) as refused:
        IntakePdf().inspect([half, half])
    assert refused.value.code == "deposit_too_large"


async def test_no_part_at_all_is_refused() -> None:
    with pytest.raises(Refusal, match="file_empty"):
        await fixed()


# --- what is kept ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ACCEPTED)
async def test_an_ordinary_file_becomes_one_pdfa(name: str) -> None:
    pages, content = ACCEPTED[name]
    document = await fixed(content())

    assert document.pages == pages
    with pikepdf.open(io.BytesIO(document.pdf)) as pdf:
        assert len(pdf.pages) == pages
        metadata = pdf.open_metadata()
        assert metadata.pdfa_status == "3B"
        assert metadata["dc:title"] == TITLE
        assert str(pdf.Root.Lang) == "es"
        assert pdf.Root.OutputIntents[0].S == Name.GTS_PDFA1
        assert "/Info" not in pdf.trailer
        assert "/ID" in pdf.trailer
        boxes = {tuple(round(float(edge)) for edge in page.MediaBox) for page in pdf.pages}
        assert boxes <= {(0, 0, 595, 842), (0, 0, 842, 595), (0, 0, *HUGE)}


@pytest.mark.parametrize("name", ["jpeg", "jpeg_turned_by_exif", "jpeg_cmyk", "png", "pdf"])
async def test_a_page_stands_upright_with_its_colours(name: str) -> None:
    document = await fixed(ACCEPTED[name][1]())
    with pypdfium2.PdfDocument(document.pdf) as pdf:
        page = pdf[0].render(scale=0.5).to_pil().convert("RGB")
    red, green, _ = page.getpixel((page.width // 2, page.height // 10))
    assert red > 120 > green
    assert min(page.getpixel((page.width // 2, page.height * 9 // 10))) > 240


@pytest.mark.parametrize(("format", "turn"), [("TIFF", 1), ("TIFF", 6), ("JPEG", 1), ("JPEG", 6)])
async def test_pixels_that_are_not_square_are_drawn_in_their_shape(format: str, turn: int) -> None:
    """A fax of standard resolution: 204 dots an inch across, 98 down."""
    exif = Image.Exif()
    exif[0x0112] = turn
    fax = picture("L", (864, 573))
    document = await fixed(encoded(fax, format, dpi=(204, 98), exif=exif))
    with pikepdf.open(io.BytesIO(document.pdf)) as pdf:
        drawn = pdf.pages[0].Contents.read_bytes().split()
        width, height = float(drawn[1]), float(drawn[4])
    long, short = (width, height) if turn == 6 else (height, width)
    assert long / short == pytest.approx(573 / 98 / (864 / 204), rel=0.01)


@pytest.mark.parametrize("lightest", [1.0, 255.0])
async def test_grey_in_broken_numbers_is_as_light_as_it_was_meant(lightest: float) -> None:
    light = Image.new("F", (50, 70), 0.9 * lightest)
    light.paste(0.0, (0, 0, 50, 20))
    document = await fixed(encoded(light, "TIFF"))
    with pypdfium2.PdfDocument(document.pdf) as pdf:
        page = pdf[0].render(scale=0.5).to_pil().convert("L")
    assert page.getpixel((page.width // 2, page.height * 3 // 4)) == pytest.approx(230, abs=6)


async def test_colours_of_a_wide_profile_are_kept_as_they_were_meant() -> None:
    """The red of Display P3 is beyond ours; that of a profile whose red and green are exchanged tells for sure."""
    seen = []
    for profile in (None, exchanged_profile()):
        document = await fixed(encoded(Image.new("RGB", (50, 70), (200, 30, 30)), "PNG", icc_profile=profile))
        with pypdfium2.PdfDocument(document.pdf) as pdf:
            page = pdf[0].render(scale=0.5).to_pil().convert("RGB")
        seen.append(page.getpixel((page.width // 2, page.height // 2)))
    (red, green, _), (other_red, other_green, _) = seen
    assert red > 150 > green
    assert other_green > 150 > other_red


async def test_nothing_of_a_photograph_but_its_pixels_is_kept() -> None:
    assert b"Canary Phones" in with_exif_turn()
    assert b"Canary Phones" not in (await fixed(with_exif_turn())).pdf


async def test_what_hung_behind_a_file_is_gone() -> None:
    for content in (pdf_of() + archive(), encoded(picture(), "JPEG") + archive()):
        assert b"virus.js" in content
        assert b"virus.js" not in (await fixed(content)).pdf


async def test_parts_become_one_document_in_their_order() -> None:
    document = await fixed(encoded(picture(), "PNG"), pdf_of(2), tiff_of("L", "1"))
    assert document.pages == 5


async def test_the_same_parts_give_the_same_bytes() -> None:
    parts = (encoded(picture(), "PNG"), pdf_of(1, deterministic_id=True))
    first = await fixed(*parts)
    assert await fixed(*parts) == first
    assert await fixed(*parts, title="Otro título") != first


async def test_a_file_that_says_it_is_pdfa_is_not_believed() -> None:
    """Its font is not embedded, so it lies; nothing of the file but what is seen is kept."""
    claims = pdf_of(1, claiming_pdfa)
    document = await fixed(claims)
    with pikepdf.open(io.BytesIO(document.pdf)) as pdf:
        assert list(pdf.pages[0].Resources.keys()) == ["/XObject"]
        assert pdf.open_metadata()["dc:title"] == TITLE


async def test_our_own_pdfa_is_made_anew_like_every_other() -> None:
    once = await fixed(encoded(picture(), "PNG"))
    assert (await fixed(once.pdf)).pdf != once.pdf


async def test_a_file_that_is_also_an_archive_does_not_stay_one() -> None:
    content = polyglot()
    assert zipfile.ZipFile(io.BytesIO(content)).namelist() == ["virus.js"]
    assert content.rstrip().endswith(b"%%EOF")
    document = await fixed(content)
    assert not zipfile.is_zipfile(io.BytesIO(document.pdf))
    assert b"virus.js" not in document.pdf


async def test_signatures_that_stand_in_a_part_are_counted() -> None:
    document = await fixed(encoded(picture(), "PNG"), pdf_of(1, with_signature))
    assert document.signatures == (0, 1)


async def test_as_many_pages_of_dense_text_as_may_be_brought_fit_into_the_largest_copy() -> None:
    document = await fixed(pdf_of(1, with_lines_of_text))
    assert len(document.pdf) * MOST_PAGES < LARGEST_READING_COPY


async def test_a_title_cannot_carry_markup_or_turn_letters_around() -> None:
    document = await fixed(encoded(picture(), "PNG"), title="</rdf:li>\u202efdp.exe\x00 Núria")
    with pikepdf.open(io.BytesIO(document.pdf)) as pdf:
        assert pdf.open_metadata()["dc:title"] == "</rdf:li>fdp.exe Núria"


def test_media_types_are_told_by_content() -> None:
    parts = [pdf_of(), encoded(picture(), "PNG"), encoded(picture(), "JPEG"), tiff_of("L")]
    assert IntakePdf().inspect(parts) == ["application/pdf", "image/png", "image/jpeg", "image/tiff"]
