"""Deposited files, good and hostile: each ends as one clean PDF/A or as a refusal that says why."""

import asyncio
import io
import os
import signal
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import pikepdf
import pypdfium2  # type: ignore[import-untyped]
import pytest
from pikepdf import Name

from adapters.intake.intake import IntakePdf, LimitedProcesses
from adapters.intake.process import BEGUN
from adapters.intake.types import LARGEST_PART
from deploy.probes import descendants, is_running
from domain.errors import Refusal
from domain.ports.documents import FixedDocument
from tests.adapters.deposits import (
    ACCEPTED,
    REFUSED,
    archive,
    encoded,
    flate_bomb,
    image_bomb,
    pdf_of,
    picture,
    tiff_of,
    with_exif_turn,
    with_link_that_acts,
)

AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
TITLE = "Certificado de empadronamiento <2026> & más"


@asynccontextmanager
async def intake(scratch: Path | None = None) -> AsyncIterator[IntakePdf]:
    opened = IntakePdf(scratch)
    try:
        yield opened
    finally:
        await opened.close()


async def fixed(*parts: bytes, title: str = TITLE) -> FixedDocument:
    async with intake() as opened:
        return await opened.fix(parts, title, "es", AT)


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
        IntakePdf().inspect([b"\xff\xd8\xff" + bytes(LARGEST_PART)])
    assert refused.value.code == "file_too_large"


async def test_parts_that_are_too_large_together_are_refused() -> None:
    half = encoded(picture(), "JPEG") + bytes(LARGEST_PART * 9 // 10)
    with pytest.raises(Refusal) as refused:
        IntakePdf().inspect([half, half, half])
    assert refused.value.code == "file_too_large"


async def test_no_part_at_all_is_refused() -> None:
    with pytest.raises(Refusal, match="file_empty"):
        await fixed()


@pytest.mark.parametrize(("bomb", "code"), [(flate_bomb, "file_too_large"), (image_bomb, "image_too_many_pixels")])
async def test_a_small_file_that_would_unpack_to_a_huge_one_is_refused(bomb: Callable[[], bytes], code: str) -> None:
    content = bomb()
    assert len(content) < 1_000_000
    with pytest.raises(Refusal) as refused:
        await fixed(content)
    assert refused.value.code == code


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
        assert boxes <= {(0, 0, 595, 842), (0, 0, 842, 595)}


@pytest.mark.parametrize("name", ["jpeg", "jpeg_turned_by_exif", "jpeg_cmyk", "png", "pdf"])
async def test_a_page_stands_upright_with_its_colours(name: str) -> None:
    document = await fixed(ACCEPTED[name][1]())
    with pypdfium2.PdfDocument(document.pdf) as pdf:
        page = pdf[0].render(scale=0.5).to_pil().convert("RGB")
    red, green, _ = page.getpixel((page.width // 2, page.height // 10))
    assert red > 120 > green
    assert min(page.getpixel((page.width // 2, page.height * 9 // 10))) > 240


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


async def test_a_clean_pdfa_stays_as_it_is() -> None:
    once = await fixed(encoded(picture(), "PNG"))
    assert await fixed(once.pdf) == once


async def test_a_pdfa_with_an_archive_behind_is_written_anew() -> None:
    once = await fixed(encoded(picture(), "PNG"))
    again = await fixed(once.pdf + archive())
    assert b"virus.js" not in again.pdf


async def test_a_title_cannot_carry_markup_or_turn_letters_around() -> None:
    document = await fixed(encoded(picture(), "PNG"), title="</rdf:li>\u202efdp.exe\x00 Núria")
    with pikepdf.open(io.BytesIO(document.pdf)) as pdf:
        assert pdf.open_metadata()["dc:title"] == "</rdf:li>fdp.exe Núria"


def test_media_types_are_told_by_content() -> None:
    parts = [pdf_of(), encoded(picture(), "PNG"), encoded(picture(), "JPEG"), tiff_of("L")]
    assert IntakePdf().inspect(parts) == ["application/pdf", "image/png", "image/jpeg", "image/tiff"]


async def test_nothing_is_left_in_the_temporary_folder(tmp_path: Path) -> None:
    async with intake(tmp_path) as opened:
        await opened.fix([encoded(picture(), "PNG")], TITLE, "es", AT)
        with pytest.raises(Refusal):
            await opened.fix([pdf_of(0)], TITLE, "es", AT)
        assert not any(True for _ in os.scandir(tmp_path))


async def test_a_process_that_waits_for_its_deposit_may_die_unnoticed() -> None:
    others = descendants(os.getpid())
    async with intake() as opened:
        before = await opened.fix([encoded(picture(), "PNG")], TITLE, "es", AT)
        (waiting,) = [pid for pid in descendants(os.getpid()) if pid not in others]
        os.kill(waiting, signal.SIGKILL)
        assert (await opened.fix([encoded(picture(), "PNG")], TITLE, "es", AT)) == before


async def test_of_deposits_that_end_at_once_one_process_is_kept_and_none_outlives_the_intake(tmp_path: Path) -> None:
    (tmp_path / BEGUN).touch()
    others = descendants(os.getpid())
    processes = LimitedProcesses()
    await asyncio.gather(*(processes.run(tmp_path) for _ in range(3)))
    (waiting,) = [pid for pid in descendants(os.getpid()) if pid not in others]
    await processes.close()
    assert not is_running(waiting)
