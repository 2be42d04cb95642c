"""A court's request goes through the LexNET simulator and comes back executed; what proves it is judged offline."""

import asyncio
from pathlib import Path

import pytest

from bench.elsewhen import YEARS, exit_code_in
from bench.papers import scanned_page
from bench.trust import verdict_on
from deploy.simulators.troubles import Trouble, order
from domain.types.cooperation import AnswerKind
from domain.types.vocabulary import Stage
from rehearsal.abroad import RequestPlay
from tests.journeys.conftest import House, WorkerProcess


@pytest.mark.timeout(300)  # two workers are killed, and each takes its time to come back
async def test_a_request_returned_and_executed_is_filed_once_though_workers_are_killed_and_proven_offline(
    house: House, worker: WorkerProcess, tmp_path: Path
) -> None:
    lexnet = house.stack.var / "lexnet"
    room = await house.summon("mutual_legal_assistance", "prc_headless_mutual_legal_assistance")
    play = RequestPlay(room, "headless-abroad", paper=scanned_page())
    await play.write(language="portuguese")
    await play.sign_request()

    order(lexnet, Trouble.ANSWER_LOST)
    await play.submit()
    for _ in range(200):
        if (lexnet / "deliveries" / "prc_headless_mutual_legal_assistance.1").is_dir():
            break
        await asyncio.sleep(0.02)
    worker.kill()  # filed, and no receipt has reached us
    worker.start()

    back = await room.reaches(Stage.PREPARATION)
    assert back.cooperation is not None and back.cooperation.returned is not None
    await play.enclose("Tradução para português. Traducción")
    order(lexnet, Trouble.LISTED_TWICE, 3)
    await play.submit()
    worker.kill()
    worker.start()
    await room.reaches(Stage.ANSWERED)
    await play.end("executed")
    closed = await room.reaches(Stage.CLOSED)

    assert closed.cooperation is not None
    kinds = [answer.kind for answer in closed.cooperation.answers]
    assert kinds == [AnswerKind.RETURNED, AnswerKind.FORWARDED, AnswerKind.ACKNOWLEDGED, AnswerKind.EXECUTED]
    filed = sorted(folder.name for folder in (lexnet / "deliveries").iterdir() if folder.name.startswith(closed.id))
    assert filed == [f"{closed.id}.1", f"{closed.id}.2"]

    inspection = await house.checker.inspect(closed.id, room.acknowledged)
    assert inspection.broken == []
    assert closed.bundle is not None
    verdict = await verdict_on(house.installation, house.settings, closed.bundle, closed.id, tmp_path)
    assert verdict["verdict"] == "PASSED", [f for f in verdict["findings"] if f["result"] != "PASS"]
    for year in YEARS:
        judged = await asyncio.to_thread(exit_code_in, year, tmp_path / "bundle.zip", tmp_path / "trust")
        assert judged == 0, f"in {year}, without a network"
