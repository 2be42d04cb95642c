"""Signed PDFs of any length can be read."""

import sys
from collections.abc import Iterator

import pytest

from evidence.pdf import read_pdf
from tests.evidence.authorities import Authorities
from tests.evidence.papers import blank_pdf, sign


@pytest.fixture
def limit_of_a_process_of_its_own() -> Iterator[None]:
    """A library that the tests import, and the verifier does not, raises Python's limit of recursion."""
    raised = sys.getrecursionlimit()
    sys.setrecursionlimit(1000)
    yield
    sys.setrecursionlimit(raised)


@pytest.mark.usefixtures("limit_of_a_process_of_its_own")
def test_minutes_of_hundreds_of_headings_can_be_read(pki: Authorities) -> None:
    """Scar: the entries of an outline are a chain, and the comparison of revisions recurses along it."""
    once = sign(blank_pdf("minutes", headings=450), "certificate", pki.signer("acts"), pki.stamper())
    twice = sign(once, "seal", pki.signer("seal"), pki.stamper())
    assert [(s.field, s.unchanged) for s in read_pdf(twice).signatures] == [("certificate", True), ("seal", True)]
