"""A signed PDF, read with its signatures at once: nothing of it is another than pyHanko alone reads."""

from io import BytesIO
from typing import Any

import pytest
from pyhanko.pdf_utils.generic import DictionaryObject, NullObject, Reference, StreamObject
from pyhanko.pdf_utils.misc import PdfError, PdfReadError
from pyhanko.pdf_utils.reader import PdfFileReader

from evidence.container import unpack
from evidence.opened import OpenedBundle
from evidence.signed_file import SignedFile
from tests.evidence.sample import Sample
from tests.evidence.test_usages import written

REFUSED = "refused"
DIGITS = "30" + "5A" * 3000


class Counted(BytesIO):
    """How often it was read."""

    reads = 0

    def read(self, size: int | None = -1) -> bytes:
        self.reads += 1
        return super().read(size)


def told(value: Any) -> Any:
    """A value with the kind of each of its parts, what hangs on it, and the object that it is part of."""
    kind = type(value).__name__
    owner = getattr(value, "container_ref", None)
    whose = (owner.idnum, owner.generation) if isinstance(owner, Reference) else None
    if isinstance(value, DictionaryObject):
        data = value.encoded_data if isinstance(value, StreamObject) else None
        return kind, whose, {str(key): told(value.raw_get(key)) for key in value}, data
    if isinstance(value, list):
        return kind, whose, [told(part) for part in list.__iter__(value)]
    return kind, whose, None if isinstance(value, NullObject) else repr(value)


def objects(reader: PdfFileReader) -> dict[int, Any]:
    """Every object of every revision."""
    found = {}
    for revision in range(reader.total_revisions):
        for ref in reader.xrefs.explicit_refs_in_revision(revision):
            try:
                found[ref.idnum] = told(reader.get_object(Reference(ref.idnum, ref.generation, reader)))
            except RecursionError:
                # Without end: whether pyHanko finds that out or the stack does, depends on who called before.
                found[ref.idnum] = (REFUSED, PdfReadError)
            except (PdfError, ValueError, TypeError) as reason:
                found[ref.idnum] = (REFUSED, type(reason))
    return found


def compared(content: bytes) -> tuple[Any, Any]:
    return objects(SignedFile(content)), objects(PdfFileReader(BytesIO(content), strict=True))


def signed_papers(*samples: Sample) -> list[bytes]:
    bundles = [OpenedBundle(unpack(one.bundle)) for one in samples]
    return [bytes(bundle.read(one.path)) for bundle in bundles for one in bundle.documents if one.kind.must_be_signed]


def test_every_object_of_a_signed_document_is_the_same(held: Sample, sample: Sample) -> None:
    papers = signed_papers(held, sample)
    assert papers
    for content in papers:
        ours, theirs = compared(content)
        assert ours == theirs != {}


def test_a_signature_is_not_read_digit_by_digit(held: Sample) -> None:
    content, *_ = signed_papers(held)
    reader = SignedFile(content)
    reader.stream = Counted(content)
    signatures = reader.embedded_signatures
    assert signatures
    digits = sum(2 * len(signature.pkcs7_content) for signature in signatures)
    assert reader.stream.reads < digits / 4


STRANGE = {
    "a signature": f"<</Contents <{DIGITS}> /Type /Sig /Name (Iria \\(de prueba\\))>>",
    "small letters and no space": f"<</Contents<{DIGITS.lower()}>/Type/Sig>>",
    "text with a mark of its encoding": "<</Contents <FEFF00410042> /Type /Sig>>",
    "an odd number of digits": f"<</Contents <{DIGITS}3> /Type /Sig>>",
    "digits in two lines": f"<</Contents <{DIGITS}\n{DIGITS}> /Type /Sig>>",
    "a letter among the digits": f"<</Contents <{DIGITS}x{DIGITS}> /Type /Sig>>",
    "none": "<</Contents <> /Type /Sig>>",
    "two of them": f"<</Contents <{DIGITS}> /Contents <{DIGITS}>>>",
    "another that is empty": f"<</Contents <{DIGITS}> /Contents <>>>",
    "the end named in a text": f"<</Contents <{DIGITS}> /Name (endobj) /Type /Sig>>",
    "the end named in a comment": f"<</Contents <{DIGITS}> %endobj\n /Type /Sig>>",
    "more after the end": f"<</Contents <{DIGITS}> /Type /Sig>> 7",
    "no end": f"<</Contents <{DIGITS}> /Type /Sig",
    "a stream": f"<</Contents <{DIGITS}> /Length 3>>stream\nabc\nendstream",
    "a stream as long as it is itself": "<</Contents <3031> /Length 6 0 R>>stream\nabc\nendstream",
    "parts": f"<</Contents <{DIGITS}> /A [5 0 R <</B <{DIGITS}>>>] /N null>>",
    "a part": f"<</A <</Contents <{DIGITS}>>>>>",
    "a text that looks like one": f"(6 0 obj <</Contents <{DIGITS}>>>)",
}


@pytest.mark.parametrize("kind", STRANGE)
@pytest.mark.parametrize("revised", [False, True])
def test_whatever_it_looks_like(kind: str, revised: bool) -> None:
    fixed = {
        1: "<</Type /Catalog /Pages 2 0 R>>",
        2: "<</Type /Pages /Kids [3 0 R] /Count 1>>",
        3: "<</Type /Page /Parent 2 0 R>>",
        5: "7",
        6: STRANGE[kind],
    }
    changes = [{6: f"<</Contents <{DIGITS[:100]}>>>"}] if revised else []
    ours, theirs = compared(written(fixed, *changes))
    assert ours == theirs
    assert 6 in ours
