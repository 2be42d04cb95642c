"""An assertion that comes encrypted: opened by the right key, and then believed no more than in clear."""

import base64
import logging
import os
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.padding import MGF1, OAEP
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from deploy.clave.issuing import GCM, Encryption, Provider
from deploy.clave.keys import keep_key
from tests.adapters.claves import ANXO, MARTA, PROCEDURE, Browser, as_answer, browser, laid_out, xml_of

pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")

AT = datetime(2026, 11, 22, 10, tzinfo=UTC)
ENC, ENC11 = "http://www.w3.org/2001/04/xmlenc#", "http://www.w3.org/2009/xmlenc11#"
WEAK = {
    "CBC of 256 bits": replace(GCM, content=f"{ENC}aes256-cbc"),
    "CBC of 128 bits": Encryption(f"{ENC}aes128-cbc", GCM.transport, "aes-128"),
    "triple DES": Encryption(f"{ENC}tripledes-cbc", GCM.transport, "des-192"),
    "RSA 1.5": replace(GCM, transport=f"{ENC}rsa-1_5"),
}


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("clave")


@pytest.fixture(scope="module")
def provider(directory: Path) -> Iterator[Provider]:
    yield laid_out(directory)


@pytest.fixture
def person(directory: Path, provider: Provider) -> Browser:
    return browser(directory, provider, AT)


def test_the_metadata_say_to_which_key(directory: Path, provider: Provider) -> None:
    said = (directory / "installation.xml").read_text()
    certificate = "".join((directory / "decryption.pem").read_text().splitlines()[1:-1])
    (described,) = re.findall(r'use="encryption".*?X509Certificate>([^<]+)<', said, re.DOTALL)
    assert "".join(described.split()) == certificate


@pytest.mark.parametrize("how", [GCM, Encryption(f"{ENC11}aes128-gcm", GCM.transport, "aes-128")], ids=["256", "128"])
async def test_whoever_was_summoned_is_verified_and_what_is_kept_can_be_read(person: Browser, how: Encryption) -> None:
    asked = await person.go()
    answer = person.provider.encrypted(asked, ANXO, "high", AT, how)
    assert "RUIZ" not in xml_of(answer)
    verdict = await person.finish(await person.come_back(answer))

    assert (verdict.verified, verdict.document_number) == (True, ANXO.number)
    assert verdict.evidence is not None
    kept = (await person.vault.get(PROCEDURE, verdict.evidence)).decode()
    assert "RUIZ" in kept and "SignatureValue" in kept and "EncryptedAssertion" not in kept
    assert (await person.finish(await person.come_back(answer), attempt="a2")).why == "provider_answer_repeated"


async def test_only_the_assertion_need_be_signed(person: Browser) -> None:
    asked = await person.go()
    response = person.provider.response(asked, None, AT)
    inside = person.provider.signed_alone(person.provider.assertion(asked, ANXO, "high", AT))
    assert await person.told(as_answer(person.provider.around(response, inside))) == "verified"


async def test_another_hash_within_oaep_is_taken_where_the_answer_names_it(person: Browser, directory: Path) -> None:
    asked = await person.go()
    inside = person.provider.signed_alone(person.provider.assertion(asked, ANXO, "high", AT))
    assert await person.told(by_hand(person.provider.response(asked, None, AT), inside, directory)) == "verified"


@pytest.mark.parametrize("how", WEAK.values(), ids=WEAK)
async def test_an_algorithm_that_tells_what_it_hides_is_refused_whoever_signed_it(
    person: Browser, how: Encryption, caplog: pytest.LogCaptureFixture
) -> None:
    asked = await person.go()
    with caplog.at_level(logging.WARNING):
        assert await person.told(person.provider.encrypted(asked, ANXO, "high", AT, how)) == "provider_answer_untrusted"
    assert faults(caplog) == {"cannot be decrypted"}


async def test_another_persons_is_refused_as_in_clear(person: Browser) -> None:
    asked = await person.go()
    assert await person.told(person.provider.encrypted(asked, MARTA, "high", AT)) == "provider_number_differs"


async def test_what_is_changed_on_the_way_is_refused_in_the_same_words_wherever(
    person: Browser, caplog: pytest.LogCaptureFixture
) -> None:
    asked = await person.go()
    inside = person.provider.signed_alone(person.provider.assertion(asked, ANXO, "high", AT))
    xml = person.provider.around(person.provider.response(asked, None, AT), inside)
    with caplog.at_level(logging.WARNING):
        for altered in alterations(xml):
            assert await person.told(as_answer(altered)) == "provider_answer_untrusted"
    assert faults(caplog) == {"cannot be decrypted"}
    assert await person.told(as_answer(xml)) == "verified"


def alterations(xml: str) -> Iterator[str]:
    """A bit of the wrapped key, and of the content: its nonce, its text and its tag; and a piece less of each."""
    for number, value in enumerate(re.findall(r"CipherValue>([^<]+)<", xml)):
        content = base64.b64decode("".join(value.split()))
        for place in (0, 5, len(content) // 2, len(content) - 17, len(content) - 1):
            changed = content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]
            yield xml.replace(value, base64.b64encode(changed).decode())
        for shorter in (content[:-1], content[16:], content[: 5 + number], b""):
            yield xml.replace(value, base64.b64encode(shorter).decode())


Changed = Callable[[str], str]
EVIL: dict[str, Changed] = {
    "not signed": lambda inside: re.sub(r"<(\w+:)Signature\b.*</\1Signature>", "", inside, flags=re.DOTALL),
    "of another": lambda inside: inside.replace(ANXO.number, MARTA.number),
    "twice": lambda inside: inside + inside,
    "with another beside it": lambda inside: inside + re.sub(r' ID="[^"]+"', ' ID="_other"', inside, count=1),
    "with the end of the answer": lambda inside: f"{inside}</e:EncryptedAssertion>",
    "within something else": lambda inside: f"<x>{inside}</x>",
    "with a comment": lambda inside: inside.replace("RUIZ", "RU<!-- -->IZ"),
    "with a prolog": lambda inside: f'<?xml version="1.0"?>{inside}',
    "no XML": lambda inside: "nothing",
    "empty": lambda inside: "",
    "encrypted again": lambda inside: inside.replace("Assertion", "EncryptedAssertion"),
    "endless": lambda inside: inside + " " * 300_000,
}


@pytest.mark.parametrize("change", EVIL.values(), ids=EVIL)
async def test_anybody_can_encrypt_anything_and_nobody_is_verified_by_it(
    person: Browser, directory: Path, change: Changed
) -> None:
    asked = await person.go()
    inside = change(person.provider.signed_alone(person.provider.assertion(asked, ANXO, "high", AT)))
    answer = by_hand(person.provider.response(asked, None, AT), inside, directory)
    assert await person.told(answer) == "provider_answer_untrusted"


@pytest.mark.parametrize("where", ["InResponseTo", "Destination", "SignatureValue>"])
async def test_a_signature_around_it_has_to_hold(person: Browser, where: str) -> None:
    asked = await person.go()
    xml = xml_of(person.provider.encrypted(asked, ANXO, "high", AT))
    broken = xml.replace(where, f"{where}AAAA", 1) if where.endswith(">") else xml.replace(f"{where}=", f"x{where}=", 1)
    assert await person.told(as_answer(broken)) == "provider_answer_untrusted"
    moved = xml.replace('Version="2.0"', 'Version="2.0" Consent="x"', 1)
    assert await person.told(as_answer(moved)) == "provider_answer_untrusted"


async def test_two_or_one_beside_one_in_clear_are_refused(person: Browser) -> None:
    asked = await person.go()
    inside = person.provider.signed_alone(person.provider.assertion(asked, ANXO, "high", AT))
    xml = person.provider.around(person.provider.response(asked, None, AT), inside)
    (one,) = re.findall(r"<e:EncryptedAssertion.*</e:EncryptedAssertion>", xml, re.DOTALL)
    assert await person.told(as_answer(xml.replace(one, one + one))) == "provider_answer_untrusted"
    assert await person.told(as_answer(xml.replace(one, one + inside))) == "provider_answer_untrusted"
    assert await person.told(as_answer(xml.replace(one, inside + one))) == "provider_answer_untrusted"


async def test_what_is_encrypted_to_another_key_is_refused(person: Browser, directory: Path, tmp_path: Path) -> None:
    keep_key(tmp_path, "decryption")
    asked = await person.go()
    inside = person.provider.signed_alone(person.provider.assertion(asked, ANXO, "high", AT))
    response = person.provider.response(asked, None, AT)
    assert await person.told(by_hand(response, inside, tmp_path)) == "provider_answer_untrusted"
    assert await person.told(by_hand(response, inside, directory)) == "verified"


def by_hand(response: object, inside: str, directory: Path) -> str:
    """By a third program: this one. OAEP with SHA-256, which xmlsec1 does not write."""
    public = x509.load_pem_x509_certificate((directory / "decryption.pem").read_bytes()).public_key()
    assert isinstance(public, RSAPublicKey)
    secret, nonce = AESGCM.generate_key(256), os.urandom(12)
    wrapped = public.encrypt(secret, OAEP(MGF1(hashes.SHA256()), hashes.SHA256(), None))
    content = nonce + AESGCM(secret).encrypt(nonce, inside.encode(), None)
    value = "<CipherData><CipherValue>{}</CipherValue></CipherData>"
    xml = (
        f'<e:EncryptedAssertion xmlns:e="urn:oasis:names:tc:SAML:2.0:assertion"><EncryptedData xmlns="{ENC}" '
        f'Type="{ENC}Element"><EncryptionMethod Algorithm="{ENC11}aes256-gcm"/>'
        f'<d:KeyInfo xmlns:d="http://www.w3.org/2000/09/xmldsig#"><EncryptedKey>'
        f'<EncryptionMethod Algorithm="{ENC11}rsa-oaep"><d:DigestMethod Algorithm="{ENC}sha256"/>'
        f'<m:MGF xmlns:m="{ENC11}" Algorithm="{ENC11}mgf1sha256"/></EncryptionMethod>'
        f"{value.format(base64.b64encode(wrapped).decode())}</EncryptedKey></d:KeyInfo>"
        f"{value.format(base64.b64encode(content).decode())}</EncryptedData></e:EncryptedAssertion>"
    )
    return as_answer(re.sub(r"</[\w:]*Response>\s*\Z", lambda end: xml + end[0], str(response)))


def faults(caplog: pytest.LogCaptureFixture) -> set[str]:
    return {str(vars(record)["fault"]) for record in caplog.records if "fault" in vars(record)}
