"""Powers that are revoked or renounced: the promises of the port, and what the register of powers refuses of them."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from adapters.memory import MemoryRegister
from adapters.registers.http import RegisterHttp
from deploy.simulators.keeping import written
from deploy.simulators.registers import Store
from deploy.simulators.troubles import Trouble, order
from domain.errors import PersonMustAct, Refusal, TryAgain
from domain.ports.registers import EntryRegister, PowerEntry
from tests.adapters.entering import ending, power, simulator, today
from tests.adapters.served import TOKEN

SARA = {"kind": "renunciation", "declarant_name": "Sara Couto Neira", "declarant_id_number": "99856680H"}
IAGO = {"kind": "renunciation", "declarant_name": "Iago Pazos", "declarant_id_number": "99442208Y"}


@pytest.fixture(params=["memory", "http"])
async def register(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[EntryRegister]:
    if request.param == "memory":
        yield MemoryRegister()
    else:
        async with simulator(tmp_path) as url:
            yield RegisterHttp("REAJ", url, TOKEN)


def of_two() -> PowerEntry:
    return power().but(
        attorneys=(*power().attorneys, power().attorneys[0].but(name="Iago Pazos", id_number="99442208Y"))
    )


async def code_of(register: EntryRegister, number: str, **words: str) -> str:
    with pytest.raises(Refusal) as refused:
        await register.enter(ending(number, "prc_10.d1", "f", **words))
    return refused.value.code


async def test_a_power_is_revoked_once_under_a_number_of_its_own_and_stands_no_more(register: EntryRegister) -> None:
    number = (await register.enter(power())).number
    assert (await register.standing(number)).state == "in_force"
    first = await register.enter(ending(number))
    assert await register.enter(ending(number)) == first
    assert first.number not in ("", number) and first.valid_until is None and first.content.startswith(b"%PDF")
    standing = await register.standing(number)
    assert (standing.number, standing.state, standing.acting) == (number, "revoked", ())
    assert standing.has_ended(ending(number))


async def test_whoever_renounces_is_out_and_the_others_act_on_until_nobody_is_left(register: EntryRegister) -> None:
    number = (await register.enter(of_two())).number
    await register.enter(ending(number, **SARA))
    standing = await register.standing(number)
    assert (standing.state, standing.acting) == ("in_force", ("99442208Y",))
    assert standing.has_ended(ending(number, **SARA)) and not standing.has_ended(ending(number, **IAGO))
    assert await code_of(register, number, **SARA) == "register_power_ended"
    await register.enter(ending(number, "prc_11.d1", "c", **IAGO))
    assert (await register.standing(number)).state == "renounced"


async def test_what_is_not_there_what_has_ended_and_what_is_of_others_is_not_ended(register: EntryRegister) -> None:
    number = (await register.enter(power())).number
    assert await code_of(register, "AP-2026-UNKNOWN") == "register_power_unknown"
    assert await code_of(register, number, declarant_id_number="99442208Y") == "register_power_of_another"
    assert await code_of(register, number, **IAGO) == "register_power_of_another"
    # Whoever granted it does not renounce it, and whoever was given it does not revoke it.
    assert await code_of(register, number, kind="renunciation") == "register_power_of_another"
    assert await code_of(register, number, **{**SARA, "kind": "revocation"}) == "register_power_of_another"
    assert (await register.standing(number)).state == "in_force"
    revoked = await register.enter(ending(number))
    assert await code_of(register, number) == "register_power_ended"
    assert await code_of(register, number, **SARA) == "register_power_ended"
    assert await code_of(register, revoked.number) == "register_power_unknown"


@pytest.fixture
async def http(tmp_path: Path) -> AsyncIterator[RegisterHttp]:
    async with simulator(tmp_path) as url:
        yield RegisterHttp("REAJ", url, TOKEN)


async def test_what_nobody_declares_or_what_is_no_end_is_not_entered(http: RegisterHttp) -> None:
    number = (await http.enter(power())).number
    assert await code_of(http, number, kind="extension") == "register_ending_malformed"
    assert await code_of(http, number, declarant_name=" ") == "register_ending_malformed"
    assert await code_of(http, number, declarant_id_number="99330147A") == "register_ending_malformed"


async def test_a_power_whose_time_is_over_is_not_revoked(http: RegisterHttp, tmp_path: Path) -> None:
    number = (await http.enter(power())).number
    [entry] = Store(tmp_path).every()
    receipt = written({**entry.receipt, "valid_until": (today() - timedelta(days=1)).isoformat()})
    (entry.folder / "receipt.json").write_bytes(receipt)
    assert (await http.standing(number)).state == "lapsed"
    assert await code_of(http, number) == "register_power_lapsed"


async def test_it_is_revoked_once_though_the_answer_is_lost_or_the_register_is_down(
    http: RegisterHttp, tmp_path: Path
) -> None:
    number = (await http.enter(power())).number
    for trouble in (Trouble.DOWN, Trouble.ANSWER_LOST):
        order(tmp_path, trouble)
        with pytest.raises(TryAgain):
            await http.enter(ending(number))
    [kept] = [one for one in Store(tmp_path).every() if "power_number" in one.told]
    assert (await http.enter(ending(number))).number == kept.receipt["number"]
    assert len(Store(tmp_path).every()) == 2


async def test_a_number_that_nobody_knows_is_asked_for_again_and_no_other_answer_is_believed(
    http: RegisterHttp, tmp_path: Path
) -> None:
    with pytest.raises(TryAgain):
        await http.standing("AP-2026-UNKNOWN")
    number = (await http.enter(power())).number
    [entry] = Store(tmp_path).every()
    (entry.folder / "receipt.json").write_bytes(written({**entry.receipt, "number": number, "state": "perhaps"}))
    with pytest.raises(PersonMustAct, match="register_standing_wrong"):
        await http.standing(number)
