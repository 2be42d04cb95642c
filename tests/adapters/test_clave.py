"""Cl@ve as its provider and a browser see it: what is asked for, whom it verifies, whom it does not, and why."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from xml.etree.ElementTree import fromstring

import pytest

from deploy.clave.issuing import Known, Provider
from domain.errors import Refusal
from domain.types.vocabulary import Assurance
from tests.adapters.claves import ANXO, MARTA, PERSON, PROCEDURE, Browser, as_answer, browser, laid_out, xml_of

# The library leaves a temporary file to the garbage collector where it stumbles.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")

AT = datetime(2026, 11, 22, 10, tzinfo=UTC)


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("clave")


@pytest.fixture(scope="module")
def provider(directory: Path) -> Iterator[Provider]:
    yield laid_out(directory)


@pytest.fixture
def person(directory: Path, provider: Provider) -> Browser:
    return browser(directory, provider, AT)


async def test_the_request_asks_for_fresh_identification_at_a_level_and_is_signed(person: Browser) -> None:
    asked = await person.go()
    exchange = await person.exchanges.find(person.reference)
    assert exchange is not None
    request = xml_of(exchange.fields["SAMLRequest"])
    root = fromstring(request)

    assert (root.get("ForceAuthn"), root.get("Destination")) == ("true", "http://provider.example/sso")
    assert (asked.level, asked.address) == ("substantial", "http://localhost/identity/clave/answer")
    assert 'Comparison="minimum"' in request
    assert ">public</" in request and "PersonIdentifier" in request
    assert "rsa-sha256" in request and "sha1" not in request
    assert exchange.expires_at == AT + timedelta(minutes=15)


@pytest.mark.parametrize("level", ["substantial", "high"])
async def test_whoever_was_summoned_is_verified_at_the_level_that_the_provider_says(
    person: Browser, level: str
) -> None:
    asked = await person.go()
    answer = person.provider.answer(asked, ANXO, level, AT)
    verdict = await person.finish(await person.come_back(answer))

    assert (verdict.verified, verdict.assurance, verdict.document_number) == (True, Assurance(level), "99104321N")
    assert verdict.evidence is not None
    assert await person.vault.get(PROCEDURE, verdict.evidence) == xml_of(answer).encode()


async def test_a_number_with_its_countries_is_the_same_number(person: Browser) -> None:
    asked = await person.go()
    answer = person.provider.answer(asked, replace(ANXO, number="ES/ES/99104321N"), "high", AT)
    assert await person.told(answer) == "verified"


async def test_of_whom_no_number_is_known_the_name_decides_and_the_number_is_learnt(person: Browser) -> None:
    asked = await person.go()
    receipt = await person.come_back(person.provider.answer(asked, ANXO, "high", AT))
    verdict = await person.finish(receipt, person=PERSON.but(document_number=None))
    assert (verdict.verified, verdict.document_number) == (True, "99104321N")


@pytest.mark.parametrize(
    ("known", "level", "later", "why"),
    [
        (MARTA, "high", timedelta(), "provider_number_differs"),
        (Known("99104321N", "Marta", "Lago Prieto"), "high", timedelta(), "provider_name_differs"),
        (ANXO, "low", timedelta(), "provider_assurance_low"),
        (ANXO, "high", timedelta(minutes=3), "provider_answer_out_of_time"),
        (ANXO, "high", -timedelta(minutes=7), "provider_answer_out_of_time"),
        (ANXO, "high", timedelta(seconds=50), "verified"),
        (ANXO, "high", -timedelta(minutes=5, seconds=50), "verified"),
    ],
)
async def test_another_person_a_lower_level_and_another_hour_are_told_apart(
    person: Browser, known: Known, level: str, later: timedelta, why: str
) -> None:
    asked = await person.go()
    assert await person.told(person.provider.answer(asked, known, level, AT + later)) == why


@pytest.mark.parametrize(
    ("statuses", "why"),
    [
        (("Responder", "RequestDenied"), "provider_cancelled"),
        (("Responder", "NoAuthnContext"), "provider_assurance_low"),
        (("Responder", "AuthnFailed"), "provider_failed"),
        (("Responder",), "provider_failed"),
    ],
)
async def test_what_came_to_nothing_at_the_provider_is_told(
    person: Browser, statuses: tuple[str, ...], why: str
) -> None:
    asked = await person.go()
    assert await person.told(person.provider.failure(asked, *statuses, at=AT)) == why


async def test_an_answer_is_used_once_and_by_the_browser_that_brought_it(person: Browser) -> None:
    asked = await person.go()
    receipt = await person.come_back(person.provider.answer(asked, ANXO, "high", AT))
    with pytest.raises(Refusal, match="provider_answer_unknown"):
        await person.finish("x" * 43)
    first = await person.finish(receipt, "a1")

    assert await person.finish(receipt, "a1") == first
    assert (await person.finish(receipt, "a2")).why == "provider_answer_repeated"


async def test_a_request_is_answered_once_whatever_the_assertion_is_called(person: Browser) -> None:
    asked = await person.go()
    assert await person.told(person.provider.answer(asked, ANXO, "high", AT)) == "verified"
    again = await person.come_back(person.provider.answer(asked, ANXO, "high", AT))
    assert (await person.finish(again, "a2")).why == "provider_answer_repeated"


async def test_the_answer_to_another_request_is_not_taken(directory: Path, person: Browser) -> None:
    other = browser(directory, person.provider, AT)
    elsewhere = await other.go()
    await person.go()
    assert await person.told(person.provider.answer(elsewhere, ANXO, "high", AT)) == "provider_answer_untrusted"


async def test_nothing_of_an_answer_that_is_not_believed_is_written_to_the_log(
    person: Browser, caplog: pytest.LogCaptureFixture
) -> None:
    """The library would write all of it."""
    asked = await person.go()
    xml = xml_of(person.provider.answer(asked, ANXO, "high", AT)).replace("DigestValue>", "DigestValue>AA", 1)
    assert await person.told(as_answer(xml)) == "provider_answer_untrusted"
    assert "not believed" in caplog.text
    assert "99104321N" not in caplog.text and "SEOANE" not in caplog.text
