"""A power is entered once though the worker is killed before the receipt; what proves it is judged offline."""

import asyncio
from pathlib import Path

import pytest

from bench.trust import verdict_on
from deploy.reaj.store import Store
from deploy.simulators.troubles import Trouble, order
from domain.types.vocabulary import Stage
from rehearsal.acting import Play
from tests.journeys.conftest import House, WorkerProcess


@pytest.mark.timeout(300)  # a worker is killed, and takes its time to come back
async def test_a_power_is_entered_once_though_the_worker_is_killed_between_sending_and_receipt(
    house: House, worker: WorkerProcess, tmp_path: Path
) -> None:
    reaj = house.stack.var / "reaj"
    room = await house.summon("apud_acta_power", "prc_power_entered")
    play = Play(room, "power-entered")
    await play.arrive()
    await play.enter()
    await play.identify()
    order(reaj, Trouble.ANSWER_LOST, 1000)
    await play.hold_agenda()
    for _ in range(500):
        if any((reaj / "entries").glob("prc_power_entered.*")):
            break
        await asyncio.sleep(0.02)
    worker.kill()  # entered, and no receipt has reached us
    order(reaj, Trouble.DOWN, 0)
    worker.start()

    await play.close()
    await play.approve_and_sign()
    closed = await room.reaches(Stage.CLOSED)

    of_this_act = [one for one in Store(reaj).every() if one.receipt["id"].startswith(f"{closed.id}.")]
    assert [one.receipt["number"] for one in of_this_act] == [one.number for one in closed.register_entries]
    assert len(of_this_act) == 1
    assert [one.code for one in closed.documents].count("register_receipt") == 1

    inspection = await house.checker.inspect(closed.id, room.acknowledged)
    assert inspection.broken == []
    assert closed.bundle is not None
    verdict = await verdict_on(house.installation, house.settings, closed.bundle, closed.id, tmp_path)
    assert verdict["verdict"] == "PASSED", [f for f in verdict["findings"] if f["result"] != "PASS"]
