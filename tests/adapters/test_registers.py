"""Registers outside: the promises of the port, and what the simulators refuse, lose and say wrongly."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from adapters.memory import MemoryRegister
from adapters.registers.http import RegisterHttp
from deploy.simulators.registers import Store
from deploy.simulators.troubles import Trouble, order
from domain.errors import Refusal, TryAgain
from domain.ports.registers import EntryRegister
from tests.adapters.entering import birth, civil_simulator, power, simulator, today
from tests.adapters.served import TOKEN


@pytest.fixture(params=["memory", "http"])
async def register(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[EntryRegister]:
    if request.param == "memory":
        yield MemoryRegister()
    else:
        async with simulator(tmp_path) as url:
            yield RegisterHttp("REAJ", url, TOKEN)


async def test_a_power_is_entered_once_and_has_the_receipt_of_the_first_time(register: EntryRegister) -> None:
    first = await register.enter(power())
    assert await register.enter(power()) == first
    assert (first.id, first.document_sha256, first.valid_until) == ("prc_1.d1", "a" * 64, power().valid_until)
    assert first.number and first.register_name and first.content.startswith(b"%PDF")
    assert (await register.enter(power("prc_2.d1", "b"))).number != first.number


@pytest.fixture(params=["memory", "http"])
async def civil(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[EntryRegister]:
    if request.param == "memory":
        yield MemoryRegister()
    else:
        async with civil_simulator(tmp_path) as url:
            yield RegisterHttp("DICIREG", url, TOKEN)


async def test_a_birth_is_entered_once_and_its_receipt_never_lapses(civil: EntryRegister) -> None:
    first = await civil.enter(birth())
    assert await civil.enter(birth()) == first
    assert (first.id, first.document_sha256, first.valid_until) == ("prc_1.d1", "a" * 64, None)
    assert first.number and first.register_name and first.content.startswith(b"%PDF")
    assert (await civil.enter(birth("prc_2.d1", "b"))).number != first.number


def _declarant(**words: str) -> dict[str, Any]:
    return {"declarant": birth().declarant.but(**words)}


NOT_BORN: dict[str, tuple[dict[str, Any], str]] = {
    "nobody who declares": (_declarant(name=" "), "register_declarant"),
    "a declarant with a wrong letter": (_declarant(id_number="99330147A"), "register_declarant"),
    "a declarant whom nothing obliges": (_declarant(obliged_as="friend"), "register_declarant"),
    "no name": ({"name": "de"}, "register_name"),
    "three names": ({"name": "Icía Uxía Noa"}, "register_name"),
    "no surnames": ({"surnames": ""}, "register_surnames"),
    "an order that is not agreed": ({"surname_order": "not_agreed"}, "register_surnames"),
    "no sex": ({"sex": ""}, "register_birth"),
    "nowhere": ({"place": ""}, "register_birth"),
    "tomorrow": ({"born_on": today() + timedelta(days=1)}, "register_birth"),
    "no parent": ({"parents": ()}, "register_parents"),
    "a parent without a name": ({"parents": (birth().parents[0].but(name=""),)}, "register_parents"),
    "a parent with a wrong letter": ({"parents": (birth().parents[0].but(id_number="99330147A"),)}, "register_parents"),
    "no proof": ({"medical_proof": "no_proof"}, "register_proof"),
    "late": ({"term": "late"}, "register_late"),
}


@pytest.mark.parametrize("lacking", NOT_BORN)
async def test_a_birth_that_lacks_what_the_law_wants_is_not_entered(tmp_path: Path, lacking: str) -> None:
    changes, code = NOT_BORN[lacking]
    async with civil_simulator(tmp_path) as url:
        with pytest.raises(Refusal) as refused:
            await RegisterHttp("DICIREG", url, TOKEN).enter(birth().but(**changes))
    assert refused.value.code == code
    assert Store(tmp_path).every() == []


async def test_the_civil_registry_loses_an_answer_is_down_and_gives_a_wrong_receipt_and_enters_once(
    tmp_path: Path,
) -> None:
    async with civil_simulator(tmp_path) as url:
        civil = RegisterHttp("DICIREG", url, TOKEN)
        order(tmp_path, Trouble.DOWN)
        with pytest.raises(TryAgain):
            await civil.enter(birth())
        assert Store(tmp_path).every() == []
        order(tmp_path, Trouble.ANSWER_LOST)
        with pytest.raises(TryAgain):
            await civil.enter(birth())
        order(tmp_path, Trouble.WRONG_RECEIPT)
        assert (await civil.enter(birth())).document_sha256 != birth().document_sha256  # the activity compares it
        [kept] = Store(tmp_path).every()
        assert (await civil.enter(birth())).number == kept.receipt["number"]
        with pytest.raises(Refusal, match="register_entered_already"):
            await civil.enter(birth("prc_2.d1"))


@pytest.fixture
async def url(tmp_path: Path) -> AsyncIterator[str]:
    async with simulator(tmp_path) as opened:
        yield opened


@pytest.fixture
def http(url: str) -> RegisterHttp:
    return RegisterHttp("REAJ", url, TOKEN)


def _attorney(**words: str) -> dict[str, Any]:
    return {"attorneys": (power().attorneys[0].but(**words),)}


LACKING: dict[str, tuple[dict[str, Any], str]] = {
    "a grantor without a number": ({"grantor": power().grantor.but(id_number="")}, "register_grantor"),
    "a grantor with a wrong letter": ({"grantor": power().grantor.but(id_number="99330147A")}, "register_grantor"),
    "a grantor without an address": ({"grantor": power().grantor.but(address=" ")}, "register_grantor"),
    "nobody to act": ({"attorneys": ()}, "register_attorney"),
    "a court agent without a number": (_attorney(college_number=""), "register_attorney"),
    "a court agent of no body": (_attorney(college=""), "register_attorney"),
    "somebody of another profession": (_attorney(profession="friend"), "register_attorney"),
    "no kind": ({"kind": "whatever"}, "register_scope"),
    "one procedure, and nobody says which": ({"kind": "one_procedure"}, "register_scope"),
    "more than five years": ({"valid_until": today() + timedelta(days=5 * 366 + 1)}, "register_validity"),
    "run out": ({"valid_until": today() - timedelta(days=1)}, "register_validity"),
}


@pytest.mark.parametrize("lacking", LACKING)
async def test_what_lacks_what_the_law_wants_is_not_entered(http: RegisterHttp, tmp_path: Path, lacking: str) -> None:
    changes, code = LACKING[lacking]
    with pytest.raises(Refusal) as refused:
        await http.enter(power().but(**changes))
    assert refused.value.code == code
    assert Store(tmp_path).every() == []


async def test_one_document_is_entered_under_one_id_and_one_id_has_one_document(
    http: RegisterHttp, tmp_path: Path
) -> None:
    await http.enter(power())
    with pytest.raises(Refusal) as again:
        await http.enter(power("prc_2.d1"))
    with pytest.raises(Refusal) as other:
        await http.enter(power(mark="b"))
    assert (again.value.code, other.value.code) == ("register_entered_already", "register_refused")
    assert len(Store(tmp_path).every()) == 1


async def test_an_answer_that_is_lost_is_had_again_and_nothing_is_entered_twice(
    http: RegisterHttp, tmp_path: Path
) -> None:
    order(tmp_path, Trouble.ANSWER_LOST)
    with pytest.raises(TryAgain):
        await http.enter(power())
    [kept] = Store(tmp_path).every()
    assert (await http.enter(power())).number == kept.receipt["number"]
    assert len(Store(tmp_path).every()) == 1


async def test_down_is_tried_again_slow_is_waited_for_and_wrong_is_seen(http: RegisterHttp, tmp_path: Path) -> None:
    order(tmp_path, Trouble.DOWN)
    with pytest.raises(TryAgain):
        await http.enter(power())
    assert Store(tmp_path).every() == []
    order(tmp_path, Trouble.SLOW)
    assert (await http.enter(power())).document_sha256 == power().document_sha256
    order(tmp_path, Trouble.WRONG_RECEIPT)
    assert (await http.enter(power())).document_sha256 != power().document_sha256  # the activity compares it


async def test_whoever_is_not_known_and_whoever_is_not_there(url: str) -> None:
    with pytest.raises(TryAgain):
        await RegisterHttp("REAJ", url, "stranger").enter(power())
    with pytest.raises(TryAgain):
        await RegisterHttp("REAJ", "http://127.0.0.1:9", TOKEN).enter(power())
    with pytest.raises(Refusal) as alone:
        await RegisterHttp("REAJ", "", "").enter(power())
    assert alone.value.code == "register_not_connected"
