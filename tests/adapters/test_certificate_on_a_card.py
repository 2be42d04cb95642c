"""The listener identifies whoever has a card and its PIN: the key never leaves the card, which signs the handshake.

The card is SoftHSM2 behind PKCS#11, the browser is curl with OpenSSL's PKCS#11 engine: the dialogue in which a browser
asks for the PIN of a card cannot be driven from a test.
"""

import asyncio
import subprocess
from functools import partial
from urllib.parse import urlencode

import pytest

from adapters.identity.own_certificate.listener import Listener
from adapters.identity.own_certificate.page import Page
from templates.texts import text
from tests.adapters.cards import OBJECT, PIN, Card, issued
from tests.adapters.certificates import ANXO, Authority, Seat
from tests.adapters.visits import Visit, statement_of


@pytest.fixture(scope="module")
def card(tmp_path_factory: pytest.TempPathFactory, persons: Authority) -> Card:
    return issued(tmp_path_factory.mktemp("card"), persons, ANXO)


def shown(card: Card, seat: Seat, fields: dict[str, str], pin: str, tls: str) -> "subprocess.CompletedProcess[str]":
    """What a client gets that shows the certificate and has the card sign. Blocking."""
    return card.run(
        "curl", "--silent", "--show-error", "--insecure", "--engine", "pkcs11", "--key-type", "ENG",
        "--cert", str(card.certificate), "--key", card.uri(pin),
        "--tls-max", tls, f"--tlsv{tls}", "--data", urlencode(fields), f"https://localhost:{seat.port}/",
    )  # fmt: skip


@pytest.mark.parametrize("tls", ["1.2", "1.3"])
async def test_a_card_and_its_pin_identify_its_holder(card: Card, listener: Seat, visit: Visit, tls: str) -> None:
    fields = await visit.begin()
    async with Listener(listener.settings(), Page(text, ("es",))).serving():
        answer = await asyncio.to_thread(partial(shown, card, listener, fields, PIN, tls))
    assert answer.returncode == 0, answer.stderr
    verdict = await visit.come_back(statement_of(answer.stdout))
    assert verdict.verified, verdict


async def test_a_card_without_its_pin_shows_nothing(card: Card, listener: Seat, visit: Visit) -> None:
    fields = await visit.begin()
    async with Listener(listener.settings(), Page(text, ("es",))).serving():
        answer = await asyncio.to_thread(partial(shown, card, listener, fields, "000000", "1.3"))
    assert answer.returncode == 58, "the card gives no key to sign with"
    assert "statement" not in answer.stdout


def test_the_key_does_not_leave_the_card(card: Card) -> None:
    listed = card.tool("--list-objects", "--type=privkey").stdout
    assert OBJECT in listed and "never extractable" in listed and "always sensitive" in listed
    exported = card.run("openssl", "pkey", "-engine", "pkcs11", "-inform", "engine", "-in", card.uri())
    assert "A" * 40 in exported.stdout.replace("\n", ""), "noughts in place of the private half"
    files = [path.read_bytes() for path in card.directory.rglob("*") if path.is_file()]
    assert not any(b"PRIVATE KEY" in content for content in files)


def test_without_the_pin_nothing_private_is_even_listed(card: Card) -> None:
    listed = card.run("pkcs11-tool", "--module=/usr/lib/softhsm/libsofthsm2.so", "--token-label=DNI", "--list-objects")
    assert "Private Key Object" not in listed.stdout
