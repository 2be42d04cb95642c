"""Signed documents get a further time-stamp, unless it would keep nothing."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest

from adapters.signing.pyhanko import SignerPyhanko
from adapters.signing.timestamps import TsaRfc3161, read_certificates
from deploy.renew_timestamps import NotRenewed, check_in_time, ends, renew
from deploy.stack import Stack
from domain.ports.signing import SignatureRequest
from domain.types.signature_levels import SignatureLevel
from evidence.container import pack
from evidence.pdf import read_pdf
from evidence.trust import Trust
from evidence.verifier import verify_bytes
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


async def test_a_bundle_is_renewed_beside_it_and_again(
    signer: SignerPyhanko, servers: Stack, settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Sealed and stamped by the local authorities; what is made is what the verifier reads."""
    manifest = b"{}"
    seal = await signer.seal_detached(manifest, "seal-peace-court-lira")
    authority = TsaRfc3161.from_pki(settings.tsa_url, settings.pki_dir)
    try:
        token = await authority.token(sha256(seal).digest())
    finally:
        await authority.close()
    bundle = pack({"manifest.json": manifest, "manifest.p7s": seal, "manifest.tst": token})
    (tmp_path / "act.zip").write_bytes(bundle)
    (tmp_path / "broken.zip").write_bytes(bundle[:-1])
    out = tmp_path / "renewed"
    out.mkdir()
    assert await renew([tmp_path / "act.zip"], out, signer) == 0
    assert await renew([tmp_path / "act.zip", tmp_path / "broken.zip"], out, signer) == 1
    assert sorted(path.relative_to(out).as_posix() for path in out.rglob("*.*")) == ["act/1.zip", "act/2.zip"]
    trust = Trust(timestamp_roots=tuple(read_certificates(settings.pki_dir / "tsa-roots.pem")))
    report = await asyncio.to_thread(verify_bytes, bundle, trust, renewals=out / "act")
    found = [(one.object, one.code) for one in report.findings if one.object[:1].isdigit()]
    assert found == [("1.zip#token.tst", "RENEWAL_INTACT"), ("2.zip#token.tst", "RENEWAL_INTACT")]
    (out / "act/1.zip").write_bytes((out / "act/2.zip").read_bytes())
    assert await renew([tmp_path / "act.zip"], out, signer) == 1
    assert "of another file" in capsys.readouterr().err
