"""What a copy does not show of a file is told with its words; a drawing keeps its size and can be read."""

import io
from collections.abc import Callable
from typing import Any

import pikepdf
import pypdfium2  # type: ignore[import-untyped]
import pytest
from pikepdf import Array, Dictionary, Name

from adapters.intake.remarks import DRAWN_ANYHOW
from domain.files import LONGEST_REMARK, MOST_TOLD
from domain.procedure.documents import CopyLosses, LargePage, Remark
from tests.adapters.sheets import encoded, pdf_of, picture
from tests.adapters.taking_in import fixed

A0 = (2384, 3370)
WHERE = [100, 100, 300, 300]
CORNERS = [100, 300, 300, 300, 100, 100, 300, 100]
SHAPES: dict[str, dict[str, Any]] = {
    "Ink": {"InkList": [[110, 110, 200, 200, 290, 110]]},
    "Line": {"L": [110, 110, 290, 290]},
    "PolyLine": {"Vertices": [110, 110, 200, 290, 290, 110]},
    "Highlight": {"QuadPoints": CORNERS},
    "Underline": {"QuadPoints": CORNERS},
    "StrikeOut": {"QuadPoints": CORNERS},
    "Squiggly": {"QuadPoints": CORNERS},
}


def laid(subtype: str, **more: Any) -> Dictionary:
    shape: dict[str, Any] = {"Type": Name.Annot, "Subtype": Name(f"/{subtype}"), "Rect": WHERE, "C": [1, 0, 0], "F": 4}
    return Dictionary(**(shape | SHAPES.get(subtype, {}) | more))


def with_remarks(*remarks: Dictionary, pictured: bool = False) -> Callable[[pikepdf.Pdf], None]:
    def change(pdf: pikepdf.Pdf) -> None:
        for one in remarks:
            if pictured:
                form = pdf.make_stream(b"0 0 99 99 re f", Subtype=Name.Form, BBox=[0, 0, 200, 200])
                one.AP = Dictionary(N=pdf.make_indirect(form))
        pdf.pages[-1].Annots = Array([pdf.make_indirect(one) for one in remarks])

    return change


async def remarks_of(*remarks: Dictionary, pictured: bool = False) -> list[str] | None:
    document = await fixed(encoded(picture(), "PNG"), pdf_of(2, with_remarks(*remarks, pictured=pictured)))
    first, second = document.losses
    assert first is None
    if second is None:
        return None
    assert second.remark_count == len(second.remarks)
    assert {one.page for one in second.remarks} == {2}
    return [one.words for one in second.remarks]


@pytest.mark.parametrize(
    ("remark", "pictured", "told"),
    [
        (laid("Text", Contents="Falta la firma"), False, "Falta la firma"),
        (laid("Text", Contents="Falta la firma"), True, "Falta la firma"),
        (laid("Highlight", Contents="No es verdad"), True, "No es verdad"),
        (laid("Text", Contents="</b>\u202eral\x00\nga"), False, "</b>ral ga"),
        (laid("Text", Contents="x" * 999), False, "x" * (LONGEST_REMARK - 1) + "…"),
        (laid("Text", RC="<body><p>Con <b>forma</b></p></body>"), False, "Con forma"),
        (laid("FreeText", Contents="Escrito encima", DA="/Helv 9 Tf"), False, "Escrito encima"),
        (laid("FreeText", Contents="Escrito encima", DA="/Helv 9 Tf"), True, None),
        (laid("Popup", Contents="De nadie"), False, "De nadie"),
        (laid("Stamp"), False, ""),
        (laid("Stamp"), True, None),
        (laid("Line"), False, ""),
        (laid("PolyLine"), False, ""),
        (laid("Ink"), False, None),
        (laid("Link", Contents="A la página 3"), False, None),
    ],
)
async def test_what_is_laid_over_a_page_and_missing_in_its_picture_is_told(
    remark: Dictionary, pictured: bool, told: str | None
) -> None:
    assert await remarks_of(remark, pictured=pictured) == (None if told is None else [told])


async def test_of_many_remarks_the_first_are_told_and_all_are_counted() -> None:
    many = [laid("Text", Contents=f"Nota {number}") for number in range(MOST_TOLD + 7)]
    content = pdf_of(1, with_remarks(*many))
    lost, more = (await fixed(content, content)).losses
    assert lost is not None
    assert more == CopyLosses(remark_count=MOST_TOLD + 7)
    assert (lost.remark_count, lost.remarks[-1]) == (MOST_TOLD + 7, Remark(page=1, words=f"Nota {MOST_TOLD - 1}"))


@pytest.mark.parametrize("subtype", [name.removeprefix("/") for name in DRAWN_ANYHOW])
def test_what_is_not_told_because_it_is_drawn_is_drawn(subtype: str) -> None:
    with (
        pypdfium2.PdfDocument(pdf_of(1)) as before,
        pypdfium2.PdfDocument(pdf_of(1, with_remarks(laid(subtype)))) as after,
    ):
        before.init_forms()
        after.init_forms()
        plain, drawn = (document[0].render(scale=0.5).to_pil() for document in (before, after))
    assert plain.tobytes() != drawn.tobytes()


async def test_a_drawing_keeps_its_size_is_sharp_enough_and_its_scale_is_told() -> None:
    def drawing(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].MediaBox = Array([0, 0, *A0])
        # Lines half a millimetre apart, which at 100 dots an inch run into one another.
        pdf.pages[0].Contents = pdf.make_stream(
            b"0.7 w " + b"".join(f"{100 + n * 1.42} 99 m {100 + n * 1.42} 199 l S ".encode() for n in range(40))
        )

    document = await fixed(pdf_of(1, drawing))
    assert document.losses == (
        CopyLosses(large_pages=(LargePage(page=1, width_mm=841, height_mm=1189, dpi=152),), large_page_count=1),
    )
    with pikepdf.open(io.BytesIO(document.pdf)) as pdf:
        page = pdf.pages[0]
        assert tuple(round(float(edge)) for edge in page.MediaBox) == (0, 0, *A0)
        drawn = page.Resources.XObject.Im0
        assert isinstance(drawn, pikepdf.Stream)
        image = pikepdf.PdfImage(drawn).as_pil_image().convert("L")
    dots = image.width / A0[0]
    row: list[Any] = [image.getpixel((round((100 + n * 0.71) * dots), round((A0[1] - 150) * dots))) for n in range(40)]
    assert min(row) < 120 < 180 < max(row)


async def test_a_page_of_a3_loses_nothing_and_a_letter_is_set_on_a4() -> None:
    for box, size in (((842, 1191), (842, 1191)), ((612, 792), (595, 842))):
        document = await fixed(pdf_of(1, lambda pdf, box=box: setattr(pdf.pages[0], "MediaBox", Array([0, 0, *box]))))  # type: ignore[misc]
        assert document.losses == (None,)
        with pikepdf.open(io.BytesIO(document.pdf)) as pdf:
            assert tuple(round(float(edge)) for edge in pdf.pages[0].MediaBox)[2:] == size


@pytest.mark.parametrize(("format", "dots", "size"), [("TIFF", 100, (842, 1191)), ("JPEG", 100, (595, 842))])
async def test_a_large_paper_that_was_scanned_keeps_its_size(format: str, dots: int, size: tuple[int, int]) -> None:
    """A photograph's dots an inch say nothing."""
    content = encoded(picture("L", (1169, 1654)), format, dpi=(dots, dots))
    with pikepdf.open(io.BytesIO((await fixed(content)).pdf)) as pdf:
        assert tuple(round(float(edge)) for edge in pdf.pages[0].MediaBox)[2:] == size
