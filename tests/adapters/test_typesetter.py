import io
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import combinations
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2  # type: ignore[import-untyped]
import pytest
import rfc8785

from adapters.fonts import fonts_dir
from adapters.pages.typesetter import UNSHOWN, TypstTypesetter
from domain.errors import PersonMustAct
from domain.procedure.minutes import Heading, Paragraph, Table, WrittenDocument
from templates.documents import write_receipt
from templates.minutes import draft_minutes
from tests.templates import samples
from tests.templates.samples import ADMINISTRATION, LOGO, VICTIM_SECRETS, Act

AT = datetime(2026, 11, 22, 10, 0, 0, tzinfo=UTC)
CSV = "ES47-9F3K-2M7Q-XW4T"
ADDRESS = f"https://estrado.example/verificar/{CSV}"
MILLIMETRE = 72 / 25.4


def words(act: Act, language: str = "es") -> WrittenDocument:
    draft = draft_minutes(act.procedure, ADMINISTRATION, act.journal, language)
    return draft.but(csv=CSV, verification_url=ADDRESS)


def short(*blocks: Heading | Paragraph | Table, language: str = "es") -> WrittenDocument:
    return WrittenDocument(
        title="Prueba", language=language, administration="Atlantia", body="Juzgado", reference="1/2026", blocks=blocks
    )


async def pdf_of(document: WrittenDocument, at: datetime = AT) -> bytes:
    return await TypstTypesetter().pdf(document, ADMINISTRATION.theme, LOGO, at)


def text_of(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(pdf) as opened:
        return "\n".join(page.get_textpage().get_text_range() for page in opened).replace("\r\n", "\n")


def flowing(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("language", ["es", "en"])
async def test_the_pdf_declares_archive_and_accessibility_standards(language: str) -> None:
    with pikepdf.open(io.BytesIO(await pdf_of(words(samples.conciliation(), language)))) as pdf:
        with pdf.open_metadata() as metadata:
            assert metadata["pdfaid:part"] == "3"
            assert metadata["pdfaid:conformance"] == "A"
            assert metadata["pdfuaid:part"] == "1"
        assert pdf.Root.OutputIntents[0].S == "/GTS_PDFA1"
        assert str(pdf.Root.Lang).startswith(language)
        assert pdf.Root.MarkInfo.Marked
        assert "31/2026" in str(pdf.docinfo.Title)


async def test_headings_tables_and_pictures_are_tagged_for_those_who_do_not_see_them() -> None:
    with pikepdf.open(io.BytesIO(await pdf_of(words(samples.conciliation())))) as pdf:
        tags = list(structure(pdf.Root.StructTreeRoot))
    kinds = {kind for kind, _ in tags}
    assert {"/H1", "/H2", "/H3", "/P", "/Table", "/TH", "/TD", "/Caption", "/Figure"} <= kinds
    pictures = [alternative for kind, alternative in tags if kind == "/Figure"]
    assert pictures
    assert all(pictures)
    assert any(ADDRESS in alternative for alternative in pictures)


def structure(node: Any) -> Iterator[tuple[str, str]]:
    """(tag, alternative text) of every element below `node`."""
    if isinstance(node, pikepdf.Array):
        for part in node:
            yield from structure(part)
    elif isinstance(node, pikepdf.Dictionary):
        if "/S" in node:
            yield str(node.S), str(node.get("/Alt", ""))
        if "/K" in node:
            yield from structure(node.K)


async def test_the_attached_words_are_the_document_in_canonical_form() -> None:
    document = words(samples.conciliation())
    with pikepdf.open(io.BytesIO(await pdf_of(document))) as pdf:
        attached = pdf.attachments["document.json"]
        content = attached.get_file().read_bytes()
        assert content == rfc8785.dumps(document.model_dump(mode="json"))
        assert WrittenDocument.model_validate_json(content) == document
        assert attached.get_file().mime_type == "application/json"
        assert pdf.Root.AF[0].AFRelationship == "/Source"


async def test_every_font_is_embedded() -> None:
    with pikepdf.open(io.BytesIO(await pdf_of(words(samples.conciliation())))) as pdf:
        descriptors = [found for found in pdf.objects if isinstance(found, pikepdf.Dictionary) and "/FontName" in found]
        assert any("AtkinsonHyperlegible" in str(font.FontName) for font in descriptors)
        assert all({"/FontFile", "/FontFile2", "/FontFile3"} & set(font.keys()) for font in descriptors)


async def test_the_same_input_gives_the_same_bytes_and_another_instant_others() -> None:
    document = words(samples.life_certificate())
    first = await pdf_of(document)
    assert first == await pdf_of(document)
    assert first != await pdf_of(document, AT.replace(hour=11))


@pytest.mark.parametrize("language", ["es", "en"])
async def test_the_page_can_be_read_as_text(language: str) -> None:
    document = words(samples.conciliation(), language)
    said = flowing(text_of(await pdf_of(document)))
    assert "1.200,00 euros" in said if language == "es" else "EUR 1,200.00" in said
    for block in document.blocks:
        if isinstance(block, Heading):
            assert block.text in said
    for part in (CSV, "Página 2 de" if language == "es" else "Page 2 of"):
        assert part in said


async def test_a_page_on_its_own_has_its_number_too() -> None:
    procedure = samples.conciliation().procedure
    receipt = write_receipt(procedure.documents[0], procedure, ADMINISTRATION, AT, "es")
    assert "Página 1 de 1" in text_of(await pdf_of(receipt))


@pytest.mark.parametrize("act", [samples.conciliation, samples.hearing, samples.victim_appointment])
async def test_the_foot_of_the_last_page_is_left_for_signatures(act: Any) -> None:
    assert await signature_area_is_blank(words(act()))


@pytest.mark.parametrize("lines", [24, 30, 33, 36, 39, 42])
async def test_text_never_reaches_the_signatures_however_long_it_is(lines: int) -> None:
    document = short(*(Paragraph(id=f"p{n}", text=f"Línea {n}.") for n in range(lines)))
    assert await signature_area_is_blank(document.but(csv=CSV, verification_url=ADDRESS))


@pytest.mark.parametrize("lines", range(26, 36, 2))
async def test_the_last_page_never_holds_the_room_for_signatures_alone(lines: int) -> None:
    document = short(*(Paragraph(id=f"p{n}", text=f"Línea {n}.") for n in range(lines)))
    with pypdfium2.PdfDocument(await pdf_of(document.but(csv=CSV, verification_url=ADDRESS))) as pdf:
        assert f"Línea {lines - 1}." in pdf[len(pdf) - 1].get_textpage().get_text_range()


async def signature_area_is_blank(document: WrittenDocument) -> bool:
    with pypdfium2.PdfDocument(await pdf_of(document)) as pdf:
        page = pdf[len(pdf) - 1]
        assert (round(page.get_width()), round(page.get_height())) == (595, 842)
        picture = page.render(scale=1).to_pil().convert("L")
    top = int(picture.height - 50 * MILLIMETRE) + 1
    foot = picture.crop((0, top, picture.width, picture.height))
    darkest, _ = foot.getextrema()
    return bool(darkest == 255)


async def test_a_long_table_breaks_over_pages_and_repeats_its_header() -> None:
    rows = tuple((str(n), "palabra " * 40) for n in range(60))
    said = text_of(await pdf_of(short(Table(id="t", caption="Larga", header=("Número", "Texto"), rows=rows))))
    assert said.count("Número") > 3
    assert "59" in said


LONG = "LX-2026112600012345678901234567890123"


@pytest.mark.parametrize("columns", [2, 5])
async def test_what_has_no_blank_breaks_within_its_column_and_loses_no_sign(columns: int) -> None:
    """Scar: the receipt of LexNET in the record of a request abroad ran into the hour beside it."""
    cells = (LONG * (1 if columns > 2 else 4), "Orden europea de investigación", "001 Solicitud.pdf", "10:00:07")
    header, row = tuple(f"C{n}" for n in range(columns)), ("26 de noviembre de 2026", *cells)[:columns]
    typed = Paragraph(id="p", text="Con " + "x" * 300)
    pdf = await pdf_of(short(typed, Table(id="t", caption="Enviado", header=header, rows=(row, row))))
    assert misplaced_on_first_page(pdf) == []
    assert "x" * 300 in "".join(text_of(pdf).split())
    with pypdfium2.PdfDocument(
        await pdf_of(short(Table(id="t", caption="", header=header[:2], rows=(row[:2],))))
    ) as one:
        assert cells[0] in "".join(one[0].get_textpage().get_text_range().split())


async def test_no_name_is_hyphenated_that_fits_into_its_column() -> None:
    row = ("1", "Solicitud de auxilio judicial internacional", "Copia digitalizada", "2", "Marta Lago Prieto", "a" * 17)
    table = Table(id="t", caption="Documentos", header=("N", "Documento", "C", "P", "Por", "Huella"), rows=(row,))
    assert set(" ".join(row).split()) <= set(text_of(await pdf_of(short(table))).split())


def misplaced_on_first_page(pdf: bytes) -> list[str]:
    """Signs that stand upon another one or beyond the margin."""
    with pypdfium2.PdfDocument(pdf) as opened:
        page = opened[0].get_textpage()
        signs = [(page.get_text_range(n, 1), page.get_charbox(n)) for n in range(page.count_chars())]
    inked = [(sign, box) for sign, box in signs if sign.strip()]
    beyond = [sign for sign, (_, _, right, _) in inked if right > 595 - 16 * MILLIMETRE + 1]
    return beyond + [a + b for (a, one), (b, other) in combinations(inked, 2) if _overlap(one, other)]


def _overlap(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return all(min(one[n + 2], other[n + 2]) - max(one[n], other[n]) > 1 for n in (0, 1))


async def test_one_cell_longer_than_a_page_is_printed_whole() -> None:
    cell = " ".join(f"w{n}" for n in range(3000))
    table = Table(id="t", caption="Una", header=("A", "B"), rows=(("x", cell),))
    said = flowing(text_of(await pdf_of(short(table))))
    assert "w0 w1" in said
    assert "w2999" in said


async def test_what_people_type_is_never_markup() -> None:
    typed = '#pagebreak() *not bold* $x^2$ [link] \\ "quoted" // comment <label> @ref = heading'
    assert flowing(typed) in flowing(text_of(await pdf_of(short(Paragraph(id="p", text=typed)))))


async def test_a_sign_that_no_font_has_is_shown_as_a_box_and_kept_in_the_words() -> None:
    document = short(Paragraph(id="p", text="Se llama 李 😀 y firma Владимир\x07."))
    pdf = await pdf_of(document)
    assert f"Se llama {UNSHOWN} {UNSHOWN} y firma Владимир[U+0007]." in flowing(text_of(pdf))
    assert f"{UNSHOWN} es un signo que no puede imprimirse." in flowing(text_of(pdf))
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        attached = json.loads(opened.attachments["document.json"].get_file().read_bytes())
    assert attached["blocks"][0]["text"] == "Se llama 李 😀 y firma Владимир\x07."


async def test_a_sign_that_turns_the_writing_is_spelt_out_on_the_page_and_kept_in_the_words() -> None:
    pdf = await pdf_of(short(Paragraph(id="p", text="Exhibe contrato\u202egnp.exe")))
    assert "contrato[U+202E]gnp.exe" in flowing(text_of(pdf))


async def test_a_line_break_that_was_typed_is_a_line_break_on_the_page() -> None:
    said = text_of(await pdf_of(short(Paragraph(id="p", text="Primera línea.\nSegunda línea."))))
    assert "Primera línea.\nSegunda línea." in said


async def test_the_pdf_of_a_protected_act_names_nobody() -> None:
    pdf = await pdf_of(words(samples.victim_appointment()))
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        attached = opened.attachments["document.json"].get_file().read_bytes().decode()
        described = str(opened.docinfo) + str(opened.open_metadata())
    everything = (text_of(pdf) + attached + described).lower()
    assert [secret for secret in VICTIM_SECRETS if secret.lower() in everything] == []


async def test_a_broken_logo_is_a_matter_for_a_person() -> None:
    with pytest.raises(PersonMustAct, match="page_not_set"):
        await TypstTypesetter().pdf(short(), ADMINISTRATION.theme, b"<svg", AT)


async def test_a_folder_of_fonts_can_be_given(tmp_path: Path) -> None:
    for font in fonts_dir().glob("*.ttf"):
        (tmp_path / font.name).write_bytes(font.read_bytes())
    pdf = await TypstTypesetter(tmp_path).pdf(short(), ADMINISTRATION.theme, LOGO, AT)
    assert pdf == await pdf_of(short())
