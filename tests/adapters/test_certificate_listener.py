"""The listener of own certificates: what its handshakes prove, whom it answers, and what it says to people."""

import asyncio
import base64
import socket
import ssl
from functools import partial
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from adapters.identity.own_certificate.listener import Listener
from adapters.identity.own_certificate.page import Page
from adapters.identity.own_certificate.statement import statement_in
from templates.texts import text
from tests.adapters.certificates import (
    ANXO,
    OURS,
    Seat,
    client,
    received,
    sent,
)
from tests.adapters.visits import (
    Visit,
    public_key,
    statement_of,
)


async def test_each_handshake_is_told_apart_and_no_connection_is_used_twice(listener: Seat, visit: Visit) -> None:
    fields = await visit.begin()
    both = [statement_in(await listener.statement(fields, ANXO), public_key(listener)) for _ in range(2)]
    assert both[0].handshake != both[1].handshake and len(both[0].handshake) == 64

    def twice() -> tuple[bool, str]:
        context = client(listener.authority.of(ANXO), up_to=ssl.TLSVersion.TLSv1_2)
        session, reused, rest = None, True, ""
        for _ in range(2):
            with (
                socket.create_connection(("127.0.0.1", listener.port), timeout=10) as plain,
                context.wrap_socket(plain, server_hostname="localhost", session=session) as tls,
            ):
                tls.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\nGET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
                rest = received(tls)
                session, reused = tls.session, bool(tls.session_reused)
        return reused, rest

    async with Listener(listener.settings(), Page(text, ("es",))).serving():
        reused, rest = await asyncio.to_thread(twice)
    assert not reused and rest.count("HTTP/1.1 200") == 1


async def test_a_certificate_without_its_private_key_gets_no_further_than_the_handshake(
    listener: Seat, visit: Visit, tmp_path: Path
) -> None:
    """OpenSSL compares public halves before it uses a key: this one says the other's and signs with its own."""
    certificate, key_file = listener.authority.of(ANXO)
    victim = load_pem_private_key(key_file.read_bytes(), None)
    assert isinstance(victim, ec.EllipticCurvePrivateKey)
    thief = ec.generate_private_key(ec.SECP256R1())
    der = thief.private_bytes(Encoding.DER, PrivateFormat.TraditionalOpenSSL, NoEncryption())
    own, named = (
        one.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint) for one in (thief, victim)
    )
    wrong = base64.encodebytes(der.replace(own, named)).decode()
    mixed = tmp_path / "mixed.pem"
    mixed.write_text(f"-----BEGIN EC PRIVATE KEY-----\n{wrong}-----END EC PRIVATE KEY-----\n")
    fields = await visit.begin()
    async with Listener(listener.settings(), Page(text, ("es",))).serving():
        for version in (ssl.TLSVersion.TLSv1_3, ssl.TLSVersion.TLSv1_2):
            with pytest.raises((ssl.SSLError, ConnectionError)):
                await asyncio.to_thread(partial(sent, listener.port, fields, (certificate, mixed), up_to=version))


@pytest.mark.filterwarnings("ignore:ssl.TLSVersion:DeprecationWarning")
@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1_1, ssl.TLSVersion.TLSv1_2])
async def test_cards_that_know_tls_1_2_are_served_and_nothing_older(
    listener: Seat, visit: Visit, version: ssl.TLSVersion
) -> None:
    fields = await visit.begin()
    pair = listener.authority.of(ANXO)
    async with Listener(listener.settings(), Page(text, ("es",))).serving():
        asked = asyncio.to_thread(partial(sent, listener.port, fields, pair, up_to=version))
        if version is ssl.TLSVersion.TLSv1_1:
            with pytest.raises(ssl.SSLError):
                await asked
            return
        verdict = await visit.come_back(statement_of(await asked))
    assert verdict.verified


@pytest.mark.parametrize(("language", "words"), [("es", "Volver al acto"), ("en-GB,en;q=0.9", "Back to the act")])
async def test_whoever_shows_no_certificate_is_led_back_to_be_told(
    listener: Seat, visit: Visit, language: str, words: str
) -> None:
    fields = await visit.begin()
    async with Listener(listener.settings(), Page(text, ("es", "en"))).serving():
        page = await asyncio.to_thread(partial(sent, listener.port, fields, None, language))
    assert words in page and f'action="{OURS}/identity/own_certificate/answer"' in page
    assert (await visit.come_back(statement_of(page))).why == "certificate_not_shown"


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"request": "0" * 40},
        {"request": "0" * 39, "state": "s" * 43},
        {"request": "0" * 40, "state": "s" * 42 + '"'},
        {"request": "0" * 40, "state": "s" * 43, "more": "x" * 5000},
    ],
)
async def test_what_no_page_of_ours_sends_gets_no_statement(listener: Seat, fields: dict[str, str]) -> None:
    async with Listener(listener.settings(), Page(text, ("es",))).serving():
        page = await asyncio.to_thread(partial(sent, listener.port, fields, listener.authority.of(ANXO)))
    assert page.startswith("HTTP/1.1 400 ") and "statement" not in page


async def test_noise_ends_one_connection_and_nobody_elses(listener: Seat) -> None:
    async with Listener(listener.settings(), Page(text, ("es",))).serving():
        for noise in (b"GET / HTTP/1.1\r\n\r\n", bytes(range(256)), b""):
            reader, writer = await asyncio.open_connection("127.0.0.1", listener.port)
            writer.write(noise)
            writer.write_eof()
            await reader.read()
            writer.close()
        fields = {"request": "0" * 40, "state": "s" * 43}
        page = await asyncio.to_thread(partial(sent, listener.port, fields, listener.authority.of(ANXO)))
    assert page.startswith("HTTP/1.1 200 ")
