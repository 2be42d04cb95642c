"""Signed documents get a further time-stamp, unless it would keep nothing."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from adapters.signing.pyhanko import SignerPyhanko
from deploy.renew_timestamps import NotRenewed, check_in_time, ends, renew
from deploy.stack import Stack
from domain.ports.signing import SignatureRequest
from domain.types.signature_levels import SignatureLevel
from evidence.pdf import read_pdf
from settings import Settings
from tests.evidence.papers import blank_pdf, update

ASKED = SignatureRequest(
    field_name="seal-body",
    certificate="seal-peace-court-lira",
    reason="Sello",
    appearance=("Sellado",),
    slot=0,
    level=SignatureLevel.B_LT,
)
LONG_AFTER = datetime(2056, 1, 1, tzinfo=UTC)


@pytest.fixture
async def signer(servers: Stack, settings: Settings) -> AsyncIterator[SignerPyhanko]:
    servers.need("pki")
    made = SignerPyhanko(settings.pki_dir, settings.tsa_url, ocsp_url=settings.ocsp_url)
    yield made
    await made.close()


@pytest.fixture
async def minutes(signer: SignerPyhanko) -> bytes:
    return await signer.sign_pdf(blank_pdf("minutes"), ASKED)


async def test_what_is_too_late_or_was_changed_is_not_made_to_look_good(signer: SignerPyhanko, minutes: bytes) -> None:
    check_in_time(read_pdf(minutes), datetime.now(UTC))
    with pytest.raises(NotRenewed, match="too late"):
        check_in_time(read_pdf(minutes), LONG_AFTER)
    bare = await signer.sign_pdf(blank_pdf("minutes"), ASKED.but(level=SignatureLevel.B_T))
    with pytest.raises(NotRenewed, match="does not carry"):
        check_in_time(read_pdf(bare), datetime.now(UTC))
    with pytest.raises(NotRenewed, match="nothing in it"):
        check_in_time(read_pdf(blank_pdf("unsigned")), datetime.now(UTC))
    with pytest.raises(NotRenewed, match="changed"):
        check_in_time(read_pdf(update(minutes, lambda writer: writer.update_root())), datetime.now(UTC))


async def test_each_file_is_renewed_beside_the_one_of_before(
    signer: SignerPyhanko, minutes: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "minutes.pdf").write_bytes(minutes)
    (tmp_path / "note.pdf").write_bytes(b"no PDF")
    out = tmp_path / "renewed"
    out.mkdir()
    assert await renew([tmp_path / "minutes.pdf", tmp_path / "note.pdf"], out, signer) == 1
    assert await renew([tmp_path / "minutes.pdf"], out, signer) == 1
    renewed = (out / "minutes.pdf").read_bytes()
    assert renewed.startswith(minutes)
    assert read_pdf(renewed).signatures[-1].field == "timestamp-1"
    told = capsys.readouterr()
    assert f"to be renewed before {ends(read_pdf(renewed)):%Y-%m-%d}" in told.out
    assert "note.pdf" in told.err and "is there already" in told.err
