"""A hearing asks the simulated registers, its worker dies before they answer, and every question is put once."""

import asyncio
from pathlib import Path

from bench.installation import House
from bench.papers import scanned_page
from bench.trust import verdict_on
from deploy.ecris.authorities import CONVICTIONS, asked
from deploy.ecris.troubles import Trouble, order
from domain.commands import AddItem, AskCriminalRecord, FillItem, OpenItem
from domain.types.vocabulary import Stage
from rehearsal.acting import Play
from rehearsal.courtroom import Courtroom
from tests.journeys.conftest import WorkerProcess

ABOUT = {
    "purpose": "criminal_proceedings",
    "legal_basis": "LECrim art. 379",
    "surnames": "Duarte Lopes",
    "first_names": "Inês",
    "birth_date": "1981-04-09",
    "birth_town": "Braga",
    "birth_country": "PT",
    "nationalities": "PT",
}
SAID = CONVICTIONS["PT", "1981-04-09"][0].convicted_by


async def test_a_worker_that_dies_between_question_and_answer_asks_once(
    house: House, worker: WorkerProcess, tmp_path: Path
) -> None:
    simulator = house.stack.var / "ecris"
    order(simulator, "PT", Trouble.SLOW)
    room = await house.summon("oral_hearing_witness", "prc_record_kill")
    play = Play(room, "record-kill", paper=scanned_page())
    await play.arrive()
    await play.enter()
    await play.identify()
    item = await ask(room, play)
    await reported(room, 1)
    worker.kill()
    worker.start()
    order(simulator, "PT", Trouble.NONE)
    await reported(room, 2)
    procedure = await room.procedure()
    values = {**procedure.item(item).values, "received": True}
    await play.say(procedure.hosts[0], FillItem, item=item, values=values, done=True)
    await play.hold_agenda()
    await play.close()
    await play.approve_and_sign()
    closed = await room.reaches(Stage.CLOSED)
    told = asked(simulator)
    for authority in ("ES", "PT"):
        assert told.count((f"{closed.id}.cr1.{authority}", "asked")) == 1
        assert (f"{closed.id}.cr1.{authority}", "asked again") not in told
    assert closed.bundle is not None
    verdict = await verdict_on(house.installation, house.settings, closed.bundle, closed.id, tmp_path)
    assert verdict["verdict"] == "PASSED", [f for f in verdict["findings"] if f["result"] != "PASS"]
    assert any(finding["code"] == "NOT_INCLUDED_WITHHELD" for finding in verdict["findings"])
    bundle = await house.installation.vault.get(closed.id, closed.bundle)
    assert SAID.encode() not in bundle
    logs = [file.read_text(errors="replace") for file in house.stack.var.rglob("*.log")]
    assert logs and not any(SAID in log or "Duarte Lopes" in log for log in logs)


async def ask(room: Courtroom, play: Play) -> str:
    """The first three items, then the one that asks; it stays open."""
    for item in (await room.procedure()).agenda[:3]:
        await play.deal_with(item)
    procedure = await room.procedure()
    host = procedure.hosts[0]
    added = str((await play.say(host, AddItem, code="A47")).detail["item"])
    await play.say(host, OpenItem, item=added)
    await play.say(host, FillItem, item=added, values={"person": procedure.citizens[0].id, **ABOUT})
    await play.say(host, AskCriminalRecord, item=added)
    return added


async def reported(room: Courtroom, answers: int) -> None:
    async with asyncio.timeout(60):
        while True:
            records = (await room.procedure()).criminal_records
            if records is not None and records.requests[0].reported >= answers:
                return
            await asyncio.sleep(0.3)
