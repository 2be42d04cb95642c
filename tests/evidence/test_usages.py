"""Where an object is used: the same paths as pyHanko's own search finds, in whatever document."""

from io import BytesIO
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import HistoricalResolver, PdfFileReader

from evidence.container import unpack
from evidence.opened import OpenedBundle
from evidence.usages import FileRevision, Links
from tests.evidence.sample import Sample

REFUSED = "refused"
KEYS = ("/A", "/K", "/P", "/Parent", "/Kids", "/Obj")
FREE = range(5, 10)
"""Numbers of the objects that may be anything; before them stand catalogue, pages, one page and the structure."""


def all_usages(revision: HistoricalResolver) -> Any:
    """The paths to every object that the file has or had; `REFUSED` when it cannot be searched."""
    try:
        revision._load_reverse_xref_cache()
    except (PdfError, RecursionError):  # pyHanko does not see every circle
        return REFUSED
    newest = revision.reader.total_revisions - 1
    asked = [ref for number in range(newest + 1) for ref in revision.reader.xrefs.explicit_refs_in_revision(number)]
    return {ref.idnum: revision._get_usages_of_ref(ref) for ref in asked}


def compared(content: bytes) -> list[tuple[Any, Any]]:
    """For each revision of a PDF what is found here, and by pyHanko."""
    reader, links = PdfFileReader(BytesIO(content), strict=True), Links()
    numbers = range(reader.total_revisions)
    return [(all_usages(FileRevision(reader, n, links)), all_usages(HistoricalResolver(reader, n))) for n in numbers]


def test_in_signed_documents(held: Sample, sample: Sample) -> None:
    bundles = [OpenedBundle(unpack(one.bundle)) for one in (held, sample)]
    signed = [(bundle, one.path) for bundle in bundles for one in bundle.documents if one.kind.must_be_signed]
    pdfs = {path: bytes(bundle.read(path)) for bundle, path in signed}
    found = [pair for content in pdfs.values() for pair in compared(content)]
    assert len(found) > len(pdfs) > 1
    for ours, theirs in found:
        assert ours == theirs != {}


references = st.sampled_from(FREE).map(lambda number: f"{number} 0 R") | st.sampled_from(["2 0 R", "3 0 R", "4 0 R"])
values = st.recursive(
    references | st.just("7"),
    lambda inner: (
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: f"[{' '.join(parts)}]")
        | st.dictionaries(st.sampled_from(KEYS), inner, max_size=2).map(
            lambda parts: f"<<{' '.join(f'{key} {value}' for key, value in parts.items())}>>"
        )
    ),
    max_leaves=4,
)
objects = st.dictionaries(st.sampled_from(FREE), values, min_size=3)


@settings(max_examples=60, deadline=None)
@given(first=objects, changed=objects, children=st.lists(references, max_size=3), page=values)
def test_in_any_graph(first: dict[int, str], changed: dict[int, str], children: list[str], page: str) -> None:
    """Circles, ways back up, elements of the structure and pages that are referred to from elsewhere."""
    fixed = {
        1: "<</Type /Catalog /Pages 2 0 R /StructTreeRoot 4 0 R>>",
        2: "<</Type /Pages /Kids [3 0 R] /Count 1>>",
        3: f"<</Type /Page /Parent 2 0 R /A {page}>>",
        4: f"<</Type /StructTreeRoot /K [{' '.join(children)}] /A {page}>>",
    }
    whole = dict.fromkeys(FREE, "null") | first
    for ours, theirs in compared(written(fixed | whole, changed)):
        assert ours == theirs


def written(*revisions: dict[int, str]) -> bytes:
    """A PDF of these objects, with a classical cross-reference table for each revision."""
    out, before = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"), ""
    for held in revisions:
        table = "" if before else "0 1\n0000000000 65535 f \n"
        for number, value in sorted(held.items()):
            table += f"{number} 1\n{len(out):010} 00000 n \n"
            out += f"{number} 0 obj\n{value}\nendobj\n".encode()
        start = len(out)
        out += f"xref\n{table}trailer\n<</Root 1 0 R /Size {FREE.stop}{before}>>\n".encode()
        out += f"startxref\n{start}\n%%EOF\n".encode()
        before = f" /Prev {start}"
    return bytes(out)


@pytest.mark.parametrize("kids", ["[5 0 R 5 0 R]", "[5 0 R 6 0 R]"])
def test_a_page_that_stands_twice_is_refused(kids: str) -> None:
    page = "<</Type /Page /Parent 2 0 R>>"
    twice = "<</Type /Pages /Parent 2 0 R /Kids [5 0 R]>>"
    content = written(
        {1: "<</Type /Catalog /Pages 2 0 R>>", 2: f"<</Type /Pages /Kids {kids}>>", 5: page, 6: twice},
    )
    assert compared(content) == [(REFUSED, REFUSED)]
