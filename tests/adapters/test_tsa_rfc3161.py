"""Time-stamps: a good one is taken, every kind of bad one is refused, and silence means to wait."""

import hashlib
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import pytest
from aiohttp import ClientSession, web
from asn1crypto import keys, pem, tsp, x509
from pyhanko.sign.timestamps import DummyTimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore

from adapters.signing.timestamps import QUERY, REPLY, TsaRfc3161
from domain.errors import PersonMustAct, TryAgain
from evidence.cms import digest_of, read_token, signed_data
from settings import Settings

CONTENT = b"la raiz de un lote"
DIGEST = hashlib.sha256(CONTENT).digest()
Answer = Callable[[bytes], Awaitable[web.Response]]


@pytest.fixture
async def authority(pki: Settings) -> AsyncIterator[TsaRfc3161]:
    authority = TsaRfc3161.from_pki(pki.tsa_url, pki.pki_dir)
    yield authority
    await authority.close()


@asynccontextmanager
async def authority_that(answer: Answer, pki: Settings) -> AsyncIterator[TsaRfc3161]:
    """An authority whose every answer is made by `answer`, on a port of its own."""

    async def handle(request: web.Request) -> web.Response:
        return await answer(await request.read())

    application = web.Application()
    application.router.add_post("/", handle)
    runner = web.AppRunner(application)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    authority = TsaRfc3161.from_pki(f"http://127.0.0.1:{runner.addresses[0][1]}/", pki.pki_dir)
    try:
        yield authority
    finally:
        await authority.close()
        await runner.cleanup()


async def real_answer(pki: Settings, body: bytes) -> bytes:
    async with ClientSession() as session, session.post(pki.tsa_url, data=body, headers={"Content-Type": QUERY}) as got:
        return await got.read()


def reply(body: bytes) -> web.Response:
    return web.Response(body=body, content_type=REPLY)


async def refusal(answer: Answer, pki: Settings) -> str:
    async with authority_that(answer, pki) as authority:
        with pytest.raises(PersonMustAct) as refused:
            await authority.token(DIGEST)
    return refused.value.code


async def test_a_token_stamps_the_digest(authority: TsaRfc3161) -> None:
    token = read_token(signed_data(await authority.token(DIGEST)), digest_of(CONTENT))
    assert token.intact
    assert abs(datetime.now(UTC) - token.time) < timedelta(seconds=5)


async def test_only_a_sha256_digest_is_stamped(authority: TsaRfc3161) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        await authority.token(hashlib.sha1(b"x", usedforsecurity=False).digest())


async def test_a_token_over_another_digest_is_refused(pki: Settings) -> None:
    async def another(body: bytes) -> web.Response:
        asked = tsp.TimeStampReq.load(body)
        asked["message_imprint"]["hashed_message"] = hashlib.sha256(b"otra cosa").digest()
        return reply(await real_answer(pki, asked.dump(force=True)))

    assert await refusal(another, pki) == "timestamp_invalid"


async def test_a_token_made_for_another_question_is_refused(pki: Settings) -> None:
    async def replayed(body: bytes) -> web.Response:
        asked = tsp.TimeStampReq.load(body)
        asked["nonce"] = 7
        return reply(await real_answer(pki, asked.dump(force=True)))

    assert await refusal(replayed, pki) == "timestamp_refused"


@pytest.mark.parametrize("hours", [-1, 1])
async def test_a_token_from_a_wrong_clock_is_refused(authority: TsaRfc3161, pki: Settings, hours: int) -> None:
    (certificate,) = await authority.stamper.certificates()
    key = keys.PrivateKeyInfo.load(pem.unarmor((pki.pki_dir / "keys" / "tsa.pem").read_bytes())[2])

    async def at_the_wrong_time(body: bytes) -> web.Response:
        stamper = DummyTimeStamper(
            certificate,
            key,
            certs_to_embed=SimpleCertificateStore.from_certs([certificate]),
            fixed_dt=datetime.now(UTC) + timedelta(hours=hours),
        )
        response = await stamper.async_request_tsa_response(tsp.TimeStampReq.load(body))
        return reply(response.dump())

    assert await refusal(at_the_wrong_time, pki) == "timestamp_clock"


async def test_a_token_of_a_certificate_that_is_none_of_an_authority_is_refused(pki: Settings) -> None:
    """Signed by a court clerk's key: right mathematics, wrong purpose and root."""
    certificate = x509.Certificate.load(pem.unarmor((pki.pki_dir / "iria-outeiro.cert.pem").read_bytes())[2])
    key = keys.PrivateKeyInfo.load(pem.unarmor((pki.pki_dir / "iria-outeiro.key.pem").read_bytes())[2])

    async def clerk(body: bytes) -> web.Response:
        certificates = SimpleCertificateStore.from_certs([certificate])
        stamper = DummyTimeStamper(certificate, key, certs_to_embed=certificates)
        return reply((await stamper.async_request_tsa_response(tsp.TimeStampReq.load(body))).dump())

    assert await refusal(clerk, pki) == "timestamp_invalid"


@pytest.mark.parametrize("body", [b"", b"\x30\x00", b"<html>", b"\x30\x03\x02\x01\x02"])
async def test_an_answer_that_is_none_is_refused(pki: Settings, body: bytes) -> None:
    async def nonsense(_: bytes) -> web.Response:
        return reply(body)

    assert await refusal(nonsense, pki) == "timestamp_refused"


@pytest.mark.parametrize("odd", ["garbage", "page", "another question"])
async def test_one_odd_answer_is_asked_about_again(pki: Settings, odd: str) -> None:
    asked = []

    async def odd_once(body: bytes) -> web.Response:
        asked.append(body)
        if len(asked) > 1:
            return reply(await real_answer(pki, body))
        if odd == "page":
            return web.Response(text="<html>", content_type="text/html")
        if odd == "garbage":
            return reply(b"garbage")
        other = tsp.TimeStampReq.load(body)
        other["nonce"] = other["nonce"].native + 1
        return reply(await real_answer(pki, other.dump(force=True)))

    async with authority_that(odd_once, pki) as authority:
        token = read_token(signed_data(await authority.token(DIGEST)), digest_of(CONTENT))
    assert token.intact
    assert len(asked) == 2


async def test_a_page_instead_of_a_token_is_refused(pki: Settings) -> None:
    async def page(_: bytes) -> web.Response:
        return web.Response(text="<h1>Mantenimiento</h1>", content_type="text/html")

    assert await refusal(page, pki) == "timestamp_refused"


async def test_an_authority_in_trouble_is_asked_again(pki: Settings) -> None:
    async def overloaded(_: bytes) -> web.Response:
        return web.Response(status=503)

    async with authority_that(overloaded, pki) as authority:
        with pytest.raises(TryAgain):
            await authority.token(DIGEST)


async def test_silence_means_to_wait(pki: Settings) -> None:
    authority = TsaRfc3161.from_pki("http://127.0.0.1:9/", pki.pki_dir)
    with pytest.raises(TryAgain):
        await authority.token(DIGEST)
    await authority.close()
