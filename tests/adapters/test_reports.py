"""Evidence that strangers bring is judged in a process of its own, which keeps its limits and has nothing of ours."""

import zipfile
from collections.abc import AsyncIterator
from io import BytesIO

import pytest

from adapters.reports.limited import LimitedReports
from domain.errors import Refusal
from tests.evidence.authorities import Authorities
from tests.evidence.test_lone import Minutes

TRUST: dict[str, bytes] = {}


@pytest.fixture
async def reports() -> AsyncIterator[LimitedReports]:
    made = LimitedReports()
    yield made
    await made.close()


@pytest.fixture(scope="module")
def minutes(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return Minutes(Authorities(tmp_path_factory.mktemp("pki"))).pdf()


async def test_minutes_become_a_report_on_paper_and_on_screen(reports: LimitedReports, minutes: bytes) -> None:
    assert (await reports.report(minutes, TRUST, "pdf", "es")).startswith(b"%PDF-")
    page = (await reports.report(minutes, TRUST, "html", "en")).decode()
    assert "Marta Lago Prieto" in page
    assert "It cannot be affirmed (INDETERMINATE)" in page


@pytest.mark.parametrize("brought", [b"", b"no evidence", b"PK\x05\x06" + bytes(18)])
async def test_whatever_is_brought_gets_its_report(reports: LimitedReports, brought: bytes) -> None:
    assert b"FAILED" in await reports.report(brought, TRUST, "html", "es")


async def test_a_zip_that_grows_is_refused_unread(reports: LimitedReports) -> None:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("README.txt", bytes(200_000_000))
    assert b"FAILED" in await reports.report(packed.getvalue(), TRUST, "html", "es")


async def test_what_takes_too_long_is_refused_and_the_next_is_served(minutes: bytes) -> None:
    hurried = LimitedReports(seconds=0.001)
    try:
        with pytest.raises(Refusal) as refused:
            await hurried.report(minutes, TRUST, "pdf", "es")
        assert refused.value.code == "evidence_takes_too_much"
    finally:
        await hurried.close()


async def test_trust_that_cannot_be_read_is_no_verdict(reports: LimitedReports, minutes: bytes) -> None:
    with pytest.raises(Refusal):
        await reports.report(minutes, {"ca.pem": b"nothing"}, "pdf", "es")
