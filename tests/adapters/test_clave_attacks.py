"""Answers that were tampered with: whatever is wrapped, moved, doubled or changed, nobody is verified by it (F-53)."""

import re
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from xml.etree.ElementTree import Element, fromstring, tostring

import pytest
from saml2.xmldsig import DIGEST_SHA1, SIG_RSA_SHA1

from adapters.identity.clave.shape import DEEPEST, LARGEST, SAML, SIGNATURE
from deploy.clave.issuing import Asked, Provider
from tests.adapters.claves import ANXO, MARTA, Browser, as_answer, browser, laid_out, xml_of
from tests.adapters.wrappings import WRAPPED, the

AT = datetime(2026, 11, 22, 10, tzinfo=UTC)
# The library leaves a temporary file to the garbage collector where it stumbles.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")

UNTRUSTED = "provider_answer_untrusted"


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("clave")


@pytest.fixture(scope="module")
def provider(directory: Path) -> Iterator[Provider]:
    yield laid_out(directory)


@pytest.fixture(scope="module")
def stranger(tmp_path_factory: pytest.TempPathFactory) -> Provider:
    """A provider with the same names and keys of its own."""
    return laid_out(tmp_path_factory.mktemp("stranger"))


@pytest.fixture
def person(directory: Path, provider: Provider) -> Browser:
    return browser(directory, provider, AT)


@pytest.mark.parametrize("whole", [True, False], ids=["both signed", "assertion signed"])
@pytest.mark.parametrize("wrap", WRAPPED, ids=lambda wrap: wrap.__name__)
async def test_an_assertion_that_is_wrapped_into_another_verifies_nobody(
    person: Browser, wrap: Callable[[Element, Element], None], whole: bool
) -> None:
    """Marta's is genuine; whoever has it would be Anxo."""
    asked = await person.go()
    genuine = person.provider.response(asked, person.provider.assertion(asked, MARTA, "high", AT), AT)
    root = fromstring(xml_of(person.provider.sign(genuine, only_assertion=True)))
    if whole:
        # Left over from the genuine answer, over what is no longer so.
        signed = fromstring(xml_of(person.provider.answer(asked, MARTA, "high", AT)))
        root = signed
    wrap(root, the(root, f"{SAML}Assertion"))
    assert await person.told(as_answer(tostring(root))) == UNTRUSTED


Change = Callable[[str], str | bytes]
CHANGED: dict[str, Change] = {
    "the number": lambda xml: xml.replace("99104321N", "99218765P"),
    "a name": lambda xml: xml.replace("RUIZ SEOANE", "LAGO PRIETO"),
    "the level": lambda xml: xml.replace("LoA/substantial", "LoA/high"),
    "the audience": lambda xml: xml.replace("Audience>http://localhost", "Audience>http://elsewhere"),
    "the recipient": lambda xml: xml.replace('Recipient="http://localhost', 'Recipient="http://elsewhere'),
    "the destination": lambda xml: xml.replace('Destination="http://localhost', 'Destination="http://elsewhere'),
    "the issuer": lambda xml: xml.replace("http://provider.example/metadata", "http://other.example/metadata"),
    "the end": lambda xml: xml.replace('NotOnOrAfter="2026', 'NotOnOrAfter="2036'),
    "the hour": lambda xml: xml.replace('AuthnInstant="2026-11-22T10:00', 'AuthnInstant="2026-11-22T10:01'),
    "the way of confirming": lambda xml: xml.replace("cm:bearer", "cm:sender-vouches"),
    "what the form of a digest is": lambda xml: xml.replace("DigestValue>", "DigestValue>AA", 1),
    "the digests": lambda xml: re.sub(r"DigestValue>\w{4}", "DigestValue>AAAA", xml),
    "the signatures": lambda xml: re.sub(r"SignatureValue>\w{4}", "SignatureValue>AAAA", xml),
    "what is signed": lambda xml: xml.replace('Reference URI="#_', 'Reference URI="#_0'),
    "that the whole document is signed": lambda xml: xml.replace(xml.split('Reference URI="')[2].split('"')[0], ""),
    "the canonicalisation": lambda xml: xml.replace("xml-exc-c14n#", "xml-exc-c14n#WithComments"),
    "a comment in the number": lambda xml: xml.replace("99104321N", "99104321N<!-- -->0"),
    "a CDATA section": lambda xml: xml.replace(">99104321N<", "><![CDATA[99104321N]]><"),
    "an instruction": lambda xml: xml.replace(">99104321N<", "><?x y?>99104321N<"),
    "a DTD": lambda xml: xml.replace("?>", '?><!DOCTYPE r SYSTEM "file:///etc/hostname">', 1),
    "an entity": lambda xml: xml.replace("?>", '?><!DOCTYPE r [<!ENTITY a "b">]>', 1),
    "another encoding": lambda xml: xml.encode("utf-16"),
    "a latin encoding": lambda xml: xml.replace('version="1.0"', 'version="1.0" encoding="latin-1"', 1),
    "an attribute twice": lambda xml: xml.replace("CurrentGivenName", "PersonIdentifier"),
    "no more than half": lambda xml: xml[: len(xml) // 2],
    "its kind": lambda xml: xml.replace(":Response", ":ArtifactResponse"),
    "that it is encrypted": lambda xml: xml.replace(":Assertion", ":EncryptedAssertion"),
    "its size": lambda xml: xml.replace("?>", "?>" + " " * LARGEST, 1),
    "its depth": lambda xml: xml.replace("</ns0:Response>", "<a>" * DEEPEST + "</a>" * DEEPEST + "</ns0:Response>"),
    "that it is nothing": lambda xml: "",
}  # fmt: skip


@pytest.mark.parametrize("change", CHANGED.values(), ids=CHANGED)
async def test_an_answer_in_which_anything_is_changed_verifies_nobody(person: Browser, change: Change) -> None:
    asked = await person.go()
    xml = xml_of(person.provider.answer(asked, ANXO, "substantial", AT))
    assert change(xml) != xml, "the change changes nothing"
    assert await person.told(as_answer(change(xml))) == UNTRUSTED


async def test_what_is_not_even_base64_verifies_nobody(person: Browser) -> None:
    await person.go()
    assert await person.told("%%%") == UNTRUSTED


def unsigned(person: Browser, asked: Asked) -> str:
    return as_answer(str(person.provider.response(asked, person.provider.assertion(asked, ANXO, "high", AT), AT)))


def only_around(person: Browser, asked: Asked) -> str:
    """The response is signed and the assertion is not."""
    root = fromstring(xml_of(person.provider.answer(asked, ANXO, "high", AT)))
    assertion = the(root, f"{SAML}Assertion")
    assertion.remove(the(assertion, f"{SIGNATURE}Signature"))
    return as_answer(tostring(root))


def with_sha1(person: Browser, asked: Asked) -> str:
    response = person.provider.response(asked, person.provider.assertion(asked, ANXO, "high", AT), AT)
    return person.provider.sign(response, sign_alg=SIG_RSA_SHA1, digest_alg=DIGEST_SHA1)


def of_another_issuer(person: Browser, asked: Asked) -> str:
    return person.provider.answer(asked, ANXO, "high", AT, "http://other.example/metadata")


def for_another_installation(person: Browser, asked: Asked) -> str:
    return person.provider.answer(replace(asked, entity="http://elsewhere/identity/clave"), ANXO, "high", AT)


def to_another_address(person: Browser, asked: Asked) -> str:
    return person.provider.answer(replace(asked, address="http://elsewhere/answer"), ANXO, "high", AT)


def unasked(person: Browser, asked: Asked) -> str:
    return person.provider.answer(replace(asked, message="_never"), ANXO, "high", AT)


@pytest.mark.parametrize(
    "made",
    [
        unsigned,
        only_around,
        with_sha1,
        of_another_issuer,
        for_another_installation,
        to_another_address,
        unasked,
    ],
    ids=lambda made: made.__name__,
)
async def test_an_answer_that_is_not_the_providers_to_us_verifies_nobody(
    person: Browser, made: Callable[[Browser, Asked], str]
) -> None:
    assert await person.told(made(person, await person.go())) == UNTRUSTED


async def test_the_keys_of_another_provider_are_not_believed(person: Browser, stranger: Provider) -> None:
    asked = await person.go()
    assert await person.told(stranger.answer(asked, ANXO, "high", AT)) == UNTRUSTED


async def test_the_same_answer_unchanged_verifies_the_person(person: Browser) -> None:
    """So that what is refused above is refused for its change."""
    asked = await person.go()
    alone = person.provider.response(asked, person.provider.assertion(asked, ANXO, "high", AT), AT)
    root = fromstring(xml_of(person.provider.sign(alone, only_assertion=True)))
    assert await person.told(as_answer(tostring(root))) == "verified"


async def test_entities_that_laugh_are_refused_at_once(person: Browser) -> None:
    await person.go()
    lol = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    bomb = f'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY l0 "lol">{lol}]><r>&l9;</r>'
    began = time.perf_counter()
    assert await person.told(as_answer(bomb)) == UNTRUSTED
    assert time.perf_counter() - began < 0.05
