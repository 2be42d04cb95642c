"""What every signer and every time-stamping authority does, the real one and its twin in memory."""

import hashlib
from collections.abc import AsyncIterator

import pytest

from adapters.memory import MemoryTimestamps, PlainSigner
from adapters.pages.typesetter import TypstTypesetter
from adapters.signing.pyhanko import SignerPyhanko
from adapters.signing.timestamps import TsaRfc3161
from deploy.stack import Stack
from domain.errors import Refusal
from domain.ports.signing import Holder, SignatureRequest, Signer, TimestampAuthority
from domain.types.signature_levels import SignatureLevel
from settings import Settings
from tests.adapters.test_documents_contract import set_in_type


@pytest.fixture(params=["memory", "real"])
async def authority(
    request: pytest.FixtureRequest, servers: Stack, settings: Settings
) -> AsyncIterator[TimestampAuthority]:
    if request.param == "memory":
        yield MemoryTimestamps()
        return
    servers.need("pki")
    real = TsaRfc3161.from_pki(settings.tsa_url, settings.pki_dir)
    yield real
    await real.close()


async def test_a_token_is_over_its_own_digest(authority: TimestampAuthority) -> None:
    one, other = hashlib.sha256(b"one").digest(), hashlib.sha256(b"other").digest()
    assert one in (token := await authority.token(one))
    assert other not in token and other in await authority.token(other)


@pytest.fixture(params=["memory", "real"])
async def signer(request: pytest.FixtureRequest, servers: Stack, settings: Settings) -> AsyncIterator[Signer]:
    if request.param == "memory":
        yield PlainSigner()
        return
    servers.need("pki")
    real = SignerPyhanko(settings.pki_dir, settings.tsa_url, ocsp_url=settings.ocsp_url)
    yield real
    await real.close()


def asked(number: int, certificate: str, level: SignatureLevel = SignatureLevel.B_T) -> SignatureRequest:
    return SignatureRequest(
        field_name=f"Signature{number}",
        certificate=certificate,
        reason="Firma del acta",
        appearance=("Firmado",),
        slot=number,
        level=level,
    )


async def test_a_signature_is_written_after_what_was_signed_before(signer: Signer) -> None:
    blank = await set_in_type(TypstTypesetter(), "Una.")
    once = await signer.sign_pdf(blank, asked(0, "acts-peace-court-lira"))
    twice = await signer.sign_pdf(once, asked(1, "iria-outeiro"))
    assert len(blank) < len(once) < len(twice)
    assert once.startswith(blank) and twice.startswith(once)


@pytest.mark.parametrize("level", SignatureLevel)
async def test_each_level_is_made(signer: Signer, level: SignatureLevel) -> None:
    blank = await set_in_type(TypstTypesetter(), "Una.")
    signed = await signer.sign_pdf(blank, asked(0, "acts-peace-court-lira", level))
    assert signed.startswith(blank) and len(signed) > len(blank)


async def test_a_seal_apart_is_made_by_the_body_that_is_named(signer: Signer) -> None:
    assert await signer.seal_detached(b"manifest", "seal-peace-court-lira")


async def test_nobody_signs_with_the_certificate_of_another(signer: Signer) -> None:
    if isinstance(signer, PlainSigner):
        signer.names["iria-outeiro"] = "Iria Outeiro Barral"
    blank = await set_in_type(TypstTypesetter(), "Una.")
    own = asked(0, "iria-outeiro").but(holder=Holder(name="Iria Outeiro Barral"))
    assert await signer.sign_pdf(blank, own)
    with pytest.raises(Refusal) as refused:
        await signer.sign_pdf(blank, own.but(holder=Holder(name="Breixo Lameiro Castro")))
    assert refused.value.code == "certificate_of_another"
