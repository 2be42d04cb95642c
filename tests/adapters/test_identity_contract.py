"""What every mechanism of identification keeps, whichever is found: those that are shipped and one of the tests."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from adapters.identity import open_mechanisms
from adapters.identity.tools import Tools
from adapters.memory import MemoryPins, MemorySms
from domain.codes.id_numbers import LETTERS
from domain.errors import PersonMustAct, TryAgain
from domain.ids import ParticipantId, ProcedureId, Sha256
from domain.ports.identity import Attempt, IdentityMechanism
from domain.ports.pins import PinAnswer
from domain.procedure.documents import DocumentRef
from domain.procedure.people import Participant
from domain.types.mechanism import Mechanism
from domain.types.vocabulary import Assurance
from procedure_types import load_mechanisms
from templates.texts import text
from worker import check_mechanisms

MORE = Path(__file__).resolve().parents[1] / "mechanisms"
DECLARED = load_mechanisms(MORE)
AT = datetime(2026, 11, 22, 10, tzinfo=UTC)
PROCEDURE = ProcedureId("prc_contract")
PERSON = Participant(
    id=ParticipantId("p1"),
    role="applicant",
    name="Anxo Ruiz Seoane",
    document_number=f"00043210{LETTERS[43210 % 23]}",
    mobile="+34600000001",
)
STILL = DocumentRef(key="k", version_id="1", sha256=Sha256("5" * 64), size=1, media_type="image/png")


class Away(MemoryPins, MemorySms):
    """PINs and messages that do not answer."""

    async def open(self, *_: Any) -> str:
        raise TryAgain("away")

    async def answer(self, *_: Any) -> PinAnswer:
        raise TryAgain("away")

    async def send(self, *_: Any) -> None:
        raise TryAgain("away")


def opened(pins: MemoryPins | None = None, sms: Any = None) -> dict[str, IdentityMechanism]:
    return open_mechanisms(Tools(pins or MemoryPins(), sms or MemorySms(), text), MORE)


def attempt(declared: Mechanism, id: str, *, right: bool = True, reference: str = "idn_1") -> Attempt:
    answers = {}
    for field in declared.fields:
        plain = PERSON.document_number or ""
        wrong = f"00000001{LETTERS[1]}"
        answers[field.name] = MemoryPins.proof(reference, right=right) if field.secret else plain if right else wrong
    return Attempt(id=id, answers=answers, still=STILL if declared.still else None, at=AT + timedelta(seconds=30))


def test_what_is_declared_is_what_is_opened() -> None:
    assert set(opened()) == set(DECLARED)
    assert {type(one).__name__ for one in opened().values()} == {"IdDocumentFrame", "LibraryCard", "PinToMobile"}


@pytest.mark.parametrize("code", DECLARED)
async def test_a_person_is_verified_and_asking_again_changes_nothing(code: str) -> None:
    mechanism, declared = opened()[code], DECLARED[code]
    begun = [await mechanism.begin(PROCEDURE, PERSON, "idn_1", AT) for _ in range(2)]
    verdicts = [await mechanism.complete(PROCEDURE, PERSON, "idn_1", attempt(declared, "a1")) for _ in range(2)]

    assert begun[0] == begun[1]
    assert verdicts[0] == verdicts[1]
    assert verdicts[0].verified


@pytest.mark.parametrize("code", DECLARED)
async def test_a_wrong_answer_verifies_nobody_and_counts_once(code: str) -> None:
    mechanism, declared = opened()[code], DECLARED[code]
    await mechanism.begin(PROCEDURE, PERSON, "idn_1", AT)

    async def said() -> object:
        try:
            return await mechanism.complete(PROCEDURE, PERSON, "idn_1", attempt(declared, "a1", right=False))
        except PersonMustAct as refusal:
            return refusal.code

    first, again = await said(), await said()
    assert first == again
    assert not getattr(first, "verified", False)


@pytest.mark.parametrize("code", DECLARED)
async def test_an_outage_is_something_to_try_again_and_verifies_nobody_meanwhile(code: str) -> None:
    declared, away = DECLARED[code], Away()
    pins, sms = MemoryPins(), MemorySms()
    for mechanism in (opened(away, sms)[code], opened(pins, away)[code]):
        try:
            await mechanism.begin(PROCEDURE, PERSON, "idn_1", AT)
        except TryAgain:
            continue
    back = opened(pins, sms)[code]
    await back.begin(PROCEDURE, PERSON, "idn_1", AT)
    try:
        verdict = await opened(away, away)[code].complete(PROCEDURE, PERSON, "idn_1", attempt(declared, "a1"))
    except TryAgain:
        verdict = await back.complete(PROCEDURE, PERSON, "idn_1", attempt(declared, "a1"))
    assert verdict.verified


@pytest.mark.parametrize("code", DECLARED)
async def test_it_says_whether_it_could_serve(code: str) -> None:
    await opened()[code].self_check()


async def test_a_worker_tells_which_could_not_serve() -> None:
    class Unfit(type(opened()["library_card"])):  # type: ignore[misc]
        async def self_check(self) -> None:
            raise TryAgain("away")

    assert await check_mechanisms(opened() | {"unfit": Unfit()}) == ["unfit"]


@pytest.mark.parametrize("declared", DECLARED.values(), ids=DECLARED)
def test_nobody_claims_high_assurance_without_a_certificate(declared: Mechanism) -> None:
    assert declared.assurance.rank < Assurance.HIGH.rank


def test_a_code_to_a_mobile_that_somebody_typed_is_of_low_assurance() -> None:
    assert DECLARED["pin_to_mobile"].assurance is Assurance.LOW


async def test_the_life_of_a_pin_is_a_setting_of_its_mechanism(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ESTRADO_IDENTITY_PIN_TO_MOBILE_LIFE", "PT2M")
    begun = await opened()["pin_to_mobile"].begin(PROCEDURE, PERSON, "idn_1", AT)
    assert begun.expires_at == AT + timedelta(minutes=2)
