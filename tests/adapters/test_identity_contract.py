"""What every mechanism of identification keeps, whichever is found: those that are shipped and one of the tests."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from adapters.identity import open_mechanisms
from adapters.identity.tools import Tools
from adapters.memory import MemoryExchanges, MemoryPins, MemorySms, MemoryVault
from deploy.clave import issuing as clave
from deploy.clave.place import variables
from domain.codes.chance import chance_of
from domain.codes.id_numbers import LETTERS
from domain.errors import PersonMustAct, Refusal, TryAgain
from domain.ids import ParticipantId, ProcedureId, Sha256
from domain.ports.exchanges import Exchange, ProviderAnswer
from domain.ports.identity import Attempt, IdentityMechanism
from domain.ports.pins import PinAnswer
from domain.procedure.documents import DocumentRef
from domain.procedure.people import Participant
from domain.types.mechanism import Mechanism
from domain.types.vocabulary import Assurance
from procedure_types import load_mechanisms
from templates.texts import text
from tests.adapters import certificates
from tests.adapters.certificates import Seat, open_authority, seat
from tests.adapters.claves import ANXO, MARTA, OURS, laid_out
from worker import check_mechanisms

DECLARED = load_mechanisms(MORE := Path(__file__).resolve().parents[1] / "mechanisms")
CHANCE = partial(chance_of, b"k" * 32)
PROCEDURE = ProcedureId("prc_contract")
PERSON = Participant(
    id=ParticipantId("p1"),
    role="applicant",
    name="Anxo Ruiz Seoane",
    document_number=ANXO.number,
    mobile="+34600000001",
)
STILL = DocumentRef(key="k", version_id="1", sha256=Sha256("5" * 64), size=1, media_type="image/png")


def at() -> datetime:
    """The present of the test that asks: authorities answer for certificates as they are now."""
    return datetime.now(UTC).replace(microsecond=0)


@dataclass(frozen=True)
class Provider:
    """Where whoever goes elsewhere is identified: at Cl@ve, or with a certificate."""

    clave: clave.Provider
    certificates: Seat

    async def answer(self, code: str, fields: dict[str, str], *, right: bool) -> tuple[str, str]:
        """What travelled with the request, and what the browser brings back."""
        if code == "own_certificate":
            holder = certificates.ANXO if right else certificates.MARTA
            return fields["state"], await self.certificates.statement(fields, holder)
        said = self.clave.answer(self.clave.read(fields["SAMLRequest"]), ANXO if right else MARTA, "high", at())
        return fields["RelayState"], said


@pytest.fixture(scope="module")
def provider(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Provider]:
    directory = tmp_path_factory.mktemp("elsewhere")
    with (
        pytest.MonkeyPatch.context() as environment,
        open_authority(directory / "persons", certificates.ANXO, certificates.MARTA) as authority,
    ):
        environment.setenv("ESTRADO_IDENTITY_FACE_AGAINST_DOCUMENT_DPIA", "EIPD 3/2026")
        made = Provider(laid_out(directory / "clave"), seat(directory / "listener", authority))
        for name, value in {**variables(directory / "clave"), **made.certificates.variables}.items():
            environment.setenv(name, value)
        yield made


class Away(MemoryPins, MemorySms):
    """PINs and messages that do not answer."""

    async def open(self, *_: Any) -> str:
        raise TryAgain("away")

    async def answer(self, *_: Any) -> PinAnswer:
        raise TryAgain("away")

    async def send(self, *_: Any) -> None:
        raise TryAgain("away")


class AwayExchanges(MemoryExchanges):
    """What browsers carry, while it cannot be looked up."""

    async def find(self, *_: Any) -> Exchange | None:
        raise TryAgain("away")

    async def answer(self, *_: Any) -> ProviderAnswer | None:
        raise TryAgain("away")


def opened(pins: Any = None, sms: Any = None, exchanges: Any = None) -> dict[str, IdentityMechanism]:
    kept = exchanges or MemoryExchanges()
    tools = Tools(pins or MemoryPins(), sms or MemorySms(), kept, MemoryVault(), OURS, text, CHANCE)
    return open_mechanisms(tools, MORE)


async def been_elsewhere(code: str, exchanges: MemoryExchanges, provider: Provider, *, right: bool) -> dict[str, str]:
    """What the browser brings back from the provider of the identification `idn_1`."""
    exchange = await exchanges.find("idn_1")
    assert exchange is not None
    relay, answer = await provider.answer(code, exchange.fields, right=right)
    return {"receipt": str(await exchanges.keep_answer(relay, answer, at()))}


async def attempt(
    declared: Mechanism, id: str, exchanges: MemoryExchanges, provider: Provider, *, right: bool = True
) -> Attempt:
    if declared.elsewhere:
        answers = await been_elsewhere(declared.code, exchanges, provider, right=right)
    else:
        answers = typed(declared, right)
    return Attempt(id=id, answers=answers, still=STILL if declared.still else None, at=at() + timedelta(seconds=30))


def typed(declared: Mechanism, right: bool) -> dict[str, str]:
    answers = {}
    for field in declared.fields:
        plain = PERSON.document_number or ""
        wrong = f"00000001{LETTERS[1]}"
        answers[field.name] = MemoryPins.proof("idn_1", right=right) if field.secret else plain if right else wrong
    return answers


def test_what_is_declared_is_what_is_opened() -> None:
    assert set(opened()) == set(DECLARED)
    shipped = ["Clave", "FaceAgainstDocument", "IdDocumentFrame", "IdDocumentRead", "OwnCertificate", "PinToMobile"]
    assert sorted(type(one).__name__ for one in opened().values()) == sorted([*shipped, "LibraryCard"])


@pytest.mark.parametrize("code", DECLARED)
async def test_a_person_is_verified_and_asking_again_changes_nothing(code: str, provider: Provider) -> None:
    exchanges = MemoryExchanges()
    mechanism, declared = opened(exchanges=exchanges)[code], DECLARED[code]
    begun = [await mechanism.begin(PROCEDURE, PERSON, "idn_1", at()) for _ in range(2)]
    asked = await attempt(declared, "a1", exchanges, provider)
    verdicts = [await mechanism.complete(PROCEDURE, PERSON, "idn_1", asked) for _ in range(2)]

    assert begun[0] == begun[1]
    assert verdicts[0] == verdicts[1]
    assert verdicts[0].verified


@pytest.mark.parametrize("code", DECLARED)
async def test_a_wrong_answer_verifies_nobody_and_counts_once(code: str, provider: Provider) -> None:
    exchanges = MemoryExchanges()
    mechanism, declared = opened(exchanges=exchanges)[code], DECLARED[code]
    await mechanism.begin(PROCEDURE, PERSON, "idn_1", at())
    asked = await attempt(declared, "a1", exchanges, provider, right=False)

    async def said() -> object:
        try:
            return await mechanism.complete(PROCEDURE, PERSON, "idn_1", asked)
        except PersonMustAct as refusal:
            return refusal.code

    first, again = await said(), await said()
    assert first == again
    assert not getattr(first, "verified", False)


@pytest.mark.parametrize("code", DECLARED)
async def test_an_outage_is_something_to_try_again_and_verifies_nobody_meanwhile(code: str, provider: Provider) -> None:
    declared, away = DECLARED[code], Away()
    pins, sms, exchanges = MemoryPins(), MemorySms(), MemoryExchanges()
    for mechanism in (opened(away, sms, AwayExchanges())[code], opened(pins, away, AwayExchanges())[code]):
        try:
            await mechanism.begin(PROCEDURE, PERSON, "idn_1", at())
        except TryAgain:
            continue
    back = opened(pins, sms, exchanges)[code]
    await back.begin(PROCEDURE, PERSON, "idn_1", at())
    asked = await attempt(declared, "a1", exchanges, provider)
    try:
        verdict = await opened(away, away, AwayExchanges())[code].complete(PROCEDURE, PERSON, "idn_1", asked)
    except TryAgain:
        verdict = await back.complete(PROCEDURE, PERSON, "idn_1", asked)
    assert verdict.verified


@pytest.mark.parametrize("code", DECLARED)
async def test_it_says_whether_it_could_serve(code: str, provider: Provider) -> None:
    await opened()[code].self_check()


@pytest.mark.parametrize(
    ("code", "missing"), [("clave", "CLAVE_KEY_FILE"), ("own_certificate", "OWN_CERTIFICATE_ADDRESS")]
)
async def test_an_installation_that_is_connected_with_no_provider_says_so(
    code: str, missing: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(f"ESTRADO_IDENTITY_{missing}", raising=False)
    mechanism = opened()[code]
    with pytest.raises(Refusal, match="provider_not_set_up"):
        await mechanism.self_check()
    with pytest.raises(Refusal, match="provider_not_set_up"):
        await mechanism.begin(PROCEDURE, PERSON, "idn_1", at())


FILES = (
    *("CLAVE_KEY_FILE", "CLAVE_CERTIFICATE_FILE", "CLAVE_PROVIDER_METADATA", "CLAVE_DECRYPTION_KEY_FILE"),
    *("OWN_CERTIFICATE_AUTHORITIES_FILE", "OWN_CERTIFICATE_STATEMENT_KEY_FILE"),
)


@pytest.mark.parametrize("content", [None, b"", b"not what it should be"])
@pytest.mark.parametrize("name", FILES)
async def test_a_file_that_is_not_there_or_not_right_is_a_connection_that_is_not_there(
    name: str, content: bytes | None, provider: Provider, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    if content is not None:
        (tmp_path / "file").write_bytes(content)
    monkeypatch.setenv(f"ESTRADO_IDENTITY_{name}", str(tmp_path / "file"))
    code = "clave" if name.startswith("CLAVE") else "own_certificate"
    with pytest.raises(Refusal, match="provider_not_set_up"):
        await opened()[code].self_check()


async def test_a_worker_tells_which_could_not_serve() -> None:
    class Unfit(type(opened()["library_card"])):  # type: ignore[misc]
        async def self_check(self) -> None:
            raise TryAgain("away")

    fit = {code: one for code, one in opened().items() if not DECLARED[code].elsewhere}
    assert await check_mechanisms(fit | {"unfit": Unfit()}) == ["unfit"]


@pytest.mark.parametrize("declared", DECLARED.values(), ids=DECLARED)
def test_nobody_claims_high_assurance_but_in_a_providers_name(declared: Mechanism) -> None:
    assert declared.assurance.rank < Assurance.HIGH.rank or declared.elsewhere


def test_a_code_to_a_mobile_that_somebody_typed_is_of_low_assurance() -> None:
    assert DECLARED["pin_to_mobile"].assurance is Assurance.LOW


async def test_the_life_of_a_pin_is_a_setting_of_its_mechanism(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ESTRADO_IDENTITY_PIN_TO_MOBILE_LIFE", "PT2M")
    begun = await opened()["pin_to_mobile"].begin(PROCEDURE, PERSON, "idn_1", since := at())
    assert begun.expires_at == since + timedelta(minutes=2)
