"""What is signed is entered in its register once though the worker is killed before the receipt; judged offline."""

import asyncio
import hashlib
from pathlib import Path

import pytest

from adapters.registers.http import RegisterHttp
from bench.trust import verdict_on
from deploy.simulators.registers import Store
from deploy.simulators.troubles import Trouble, order
from domain.ids import Sha256
from domain.procedure.people import Participant
from domain.types.vocabulary import Stage
from tests.adapters.entering import power
from tests.journeys.conftest import House, WorkerProcess
from tests.workflows.entering import declared_ended, granted


async def granted_before(house: House, person: Participant) -> str:
    """The number of a power that this person granted in another act, and that stands in the register."""
    settings = house.settings
    register = RegisterHttp("REAJ", settings.powers_url, settings.powers_token.get_secret_value())
    before = power(f"before_{person.document_number}.d1").but(
        document_sha256=Sha256(hashlib.sha256(str(person.document_number).encode()).hexdigest()),
        grantor=power().grantor.but(id_number=str(person.document_number)),
    )
    return (await register.enter(before)).number


@pytest.mark.parametrize(
    ("type_id", "simulator"),
    [("apud_acta_power", "reaj"), ("birth_declaration", "dicireg"), ("apud_acta_power_ending", "reaj")],
)
@pytest.mark.timeout(300)  # a worker is killed, and takes its time to come back
async def test_it_is_entered_once_though_the_worker_is_killed_between_sending_and_receipt(
    house: House, worker: WorkerProcess, tmp_path: Path, type_id: str, simulator: str
) -> None:
    register = house.stack.var / simulator
    room = await house.summon(type_id, f"prc_{type_id}_once")
    number = await granted_before(house, (await room.reaches(Stage.SUMMONED)).citizens[0])
    order(register, Trouble.ANSWER_LOST, 1000)
    if type_id == "apud_acta_power_ending":
        play = await declared_ended(room, f"{type_id}-once", number)
    else:
        play = await granted(room, f"{type_id}-once")
    for _ in range(500):
        if any((register / "entries").glob(f"prc_{type_id}_once.*")):
            break
        await asyncio.sleep(0.02)
    worker.kill()  # entered, and no receipt has reached us
    order(register, Trouble.DOWN, 0)
    worker.start()

    await play.close()
    await play.approve_and_sign()
    closed = await room.reaches(Stage.CLOSED)

    of_this_act = [one for one in Store(register).every() if one.receipt["id"].startswith(f"{closed.id}.")]
    assert [one.receipt["number"] for one in of_this_act] == [one.number for one in closed.register_entries]
    assert len(of_this_act) == 1
    assert closed.register_entries[0].stands == ("revoked" if type_id == "apud_acta_power_ending" else None)
    assert [one.code for one in closed.documents].count("register_receipt") == 1

    inspection = await house.checker.inspect(closed.id, room.acknowledged)
    assert inspection.broken == []
    assert closed.bundle is not None
    verdict = await verdict_on(house.installation, house.settings, closed.bundle, closed.id, tmp_path)
    assert verdict["verdict"] == "PASSED", [f for f in verdict["findings"] if f["result"] != "PASS"]
