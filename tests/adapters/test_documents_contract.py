"""What every typesetter and every intake does, the real one and its twin in memory."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from adapters.memory import MemoryIntake, PlainTypesetter
from adapters.pages.typesetter import TypstTypesetter
from domain.errors import Refusal
from domain.ports.documents import DocumentIntake, Typesetter
from domain.procedure.minutes import Paragraph, WrittenDocument
from tests.adapters.sheets import encoded, pdf_of, picture
from tests.adapters.taking_in import TITLE, intake
from tests.templates.samples import ADMINISTRATION, LOGO

AT = datetime(2026, 11, 22, 10, tzinfo=UTC)
SCAN = pdf_of(1)
PROGRAM = b"MZ\x90\x00 this is no document"


@pytest.fixture(params=["memory", "typst"])
def typesetter(request: pytest.FixtureRequest) -> Typesetter:
    return PlainTypesetter() if request.param == "memory" else TypstTypesetter()


def written(words: str) -> WrittenDocument:
    return WrittenDocument(
        title="Prueba",
        language="es",
        administration="Atlantia",
        body="Juzgado",
        reference="1/2026",
        blocks=(Paragraph(id="p1", text=words),),
    )


async def set_in_type(typesetter: Typesetter, words: str) -> bytes:
    return await typesetter.pdf(written(words), ADMINISTRATION.theme, LOGO, AT)


async def test_the_same_words_are_the_same_bytes_and_others_are_not(typesetter: Typesetter) -> None:
    first, again, other = [await set_in_type(typesetter, words) for words in ("Una.", "Una.", "Otra.")]
    assert first == again != other


async def test_what_was_set_has_pages_to_be_read(typesetter: Typesetter) -> None:
    assert typesetter.pages(await set_in_type(typesetter, "Una.")) >= 1


@pytest.fixture(params=["memory", "pdf"])
async def taking_in(request: pytest.FixtureRequest) -> AsyncIterator[DocumentIntake]:
    if request.param == "memory":
        yield MemoryIntake()
    else:
        async with intake() as real:
            yield real


async def test_a_deposit_becomes_one_document_of_all_its_pages(taking_in: DocumentIntake) -> None:
    parts = [SCAN, SCAN]
    assert taking_in.inspect(parts) == ["application/pdf"] * 2
    taken = await taking_in.fix(parts, TITLE, ["es"], AT)
    assert taken.pages == 2
    assert (await taking_in.fix(parts, TITLE, ["es"], AT)).pdf == taken.pdf


async def test_a_picture_is_known_for_what_it_is(taking_in: DocumentIntake) -> None:
    assert taking_in.inspect([SCAN, encoded(picture(), "PNG")]) == ["application/pdf", "image/png"]


@pytest.mark.parametrize(("content", "code"), [(PROGRAM, "file_type_unknown"), (b"", "file_empty")])
async def test_what_is_no_document_is_refused_by_its_place(
    taking_in: DocumentIntake, content: bytes, code: str
) -> None:
    with pytest.raises(Refusal) as refused:
        taking_in.inspect([SCAN, content])
    assert (refused.value.code, refused.value.params["part"]) == (code, 2)
    with pytest.raises(Refusal) as refused:
        await taking_in.fix([SCAN, content], TITLE, ["es"], AT)
    assert (refused.value.code, refused.value.params["part"]) == (code, 2)
