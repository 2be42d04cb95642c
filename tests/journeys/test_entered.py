"""What is signed is entered in its register once though the worker is killed before the receipt; judged offline."""

import asyncio
from pathlib import Path

import pytest

from bench.trust import verdict_on
from deploy.simulators.registers import Store
from deploy.simulators.troubles import Trouble, order
from domain.types.vocabulary import Stage
from rehearsal.acting import Play
from tests.journeys.conftest import House, WorkerProcess


@pytest.mark.parametrize(("type_id", "simulator"), [("apud_acta_power", "reaj"), ("birth_declaration", "dicireg")])
@pytest.mark.timeout(300)  # a worker is killed, and takes its time to come back
async def test_it_is_entered_once_though_the_worker_is_killed_between_sending_and_receipt(
    house: House, worker: WorkerProcess, tmp_path: Path, type_id: str, simulator: str
) -> None:
    register = house.stack.var / simulator
    room = await house.summon(type_id, f"prc_{simulator}_once")
    play = Play(room, f"{simulator}-once")
    await play.arrive()
    await play.enter()
    await play.identify()
    order(register, Trouble.ANSWER_LOST, 1000)
    await play.hold_agenda()
    for _ in range(500):
        if any((register / "entries").glob(f"prc_{simulator}_once.*")):
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
    assert [one.code for one in closed.documents].count("register_receipt") == 1

    inspection = await house.checker.inspect(closed.id, room.acknowledged)
    assert inspection.broken == []
    assert closed.bundle is not None
    verdict = await verdict_on(house.installation, house.settings, closed.bundle, closed.id, tmp_path)
    assert verdict["verdict"] == "PASSED", [f for f in verdict["findings"] if f["result"] != "PASS"]
