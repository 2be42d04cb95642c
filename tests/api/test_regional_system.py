"""A regional system that lives by the public interface alone, away a third of the time and with answers lost."""

import asyncio
import itertools
import json
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

from adapters.wiring import open_installation
from bench.demo.listening import free_port
from bench.demo.listening import registered as registered_by_hand
from bench.regional.interface import Interface, LossyConnection
from bench.regional.system import RegionalSystem
from deploy.place import PROJECT
from domain.ids import ProcedureId
from domain.journal.told import told_of
from domain.types.vocabulary import Stage
from tests.api.people import ADMINISTRATOR, CLERK, House, asked, fresh
from tests.api.stages import people, play_to

SECONDS_AWAY, SECONDS_THERE = 1.0, 2.0


def registered(house: House, system: RegionalSystem, label: str = "Sistema simulado") -> dict[str, Any]:
    asking = {"label": label, "url": system.address}
    answer = house.staff(ADMINISTRATOR).post("/api/v1/webhooks", json=asking, headers=fresh())
    assert answer.status_code == 201, answer.text
    told: dict[str, Any] = answer.json()
    return told


@pytest.fixture
async def system(house: House, tmp_path: Path) -> AsyncIterator[RegionalSystem]:
    """It answers nobody for a second of every three, and hears every third answer of the interface not at all."""
    lost = itertools.cycle((False, False, True))
    key = house.logins["api_keys"]["atlantia"]["key"]
    system = RegionalSystem(Interface(LossyConnection(house.url, key, lambda: next(lost))), tmp_path)
    await system.open()
    told = await asyncio.to_thread(registered, house, system)
    system.secret = told["secret"]
    maintenance = asyncio.create_task(come_and_go(system))
    yield system
    maintenance.cancel()
    with suppress(asyncio.CancelledError):
        await maintenance
    await asyncio.to_thread(house.staff(ADMINISTRATOR).delete, f"/api/v1/webhooks/{told['endpoint']['id']}")
    await system.close()


async def come_and_go(system: RegionalSystem) -> None:
    while True:
        system.away = True
        await asyncio.sleep(SECONDS_AWAY)
        system.away = False
        await asyncio.sleep(SECONDS_THERE)


async def journal_of(house: House, procedure: str) -> list[str]:
    """What the journal says that is told."""
    async with open_installation(house.settings) as installation:
        lines = await installation.journal.read(ProcedureId(procedure))
    return [told.event for line in lines if (told := told_of(line))]


async def test_a_conciliation_from_the_request_to_the_evidence_with_nothing_lost_and_nothing_twice(
    house: House, system: RegionalSystem
) -> None:
    held = asked(participants=await asyncio.to_thread(people, house), case_number="310/2026")
    requests = [held, *(asked(case_number=f"{number}/2026") for number in range(311, 314))]
    # Each is asked for twice at the same time, and every third answer is lost.
    answers = await asyncio.gather(*(system.interface.ask_for(body) for body in (*requests, *requests)))
    ids = [answer["id"] for answer in answers]
    assert ids[:4] == ids[4:] and len(set(ids)) == 4

    await system.hears(ids[0], "procedure.summoned")
    await asyncio.to_thread(play_to, house, ids[0], Stage.CLOSED)
    await system.hears(ids[0], "procedure.closed")
    for other in ids[1:4]:
        await system.hears(other, "procedure.summoned")

    assert system.inbox.in_order() and system.forged == 0
    for procedure in ids[:4]:
        assert system.inbox.events_of(procedure) == await journal_of(house, procedure)
    heard = await system.receive_file(ids[0])
    assert (heard["verdict"], heard["stage"]) == ("PASSED", "closed")
    assert heard["external_id"] == held["external_id"]
    assert heard["documents"] >= 2
    assert heard["events"][-2:] == ["bundle.finished", "procedure.closed"]


def test_the_system_as_a_process_begins_a_procedure_at_the_first_hour_that_is_good(
    house: House, tmp_path: Path
) -> None:
    port = free_port()
    night = datetime.fromisoformat(asked()["scheduled_at"]).replace(hour=2)
    told = {
        "url": house.url, "key": house.logins["api_keys"]["atlantia"]["key"], "port": port, "follow": [],
        "secret": registered_by_hand(house.url, house.logins, "atlantia", port), "seconds": 60,
        "request": asked(scheduled_at=night.isoformat()),
    }  # fmt: skip
    (tmp_path / "settings.json").write_text(json.dumps(told))
    ended = subprocess.run([sys.executable, "-m", "bench.regional", str(tmp_path / "settings.json")], cwd=PROJECT)
    assert ended.returncode == 0
    heard = json.loads((tmp_path / "report.json").read_text())
    assert heard["begun"]["events"] == ["procedure.requested", "procedure.summoned"]
    client = house.staff(ADMINISTRATOR)
    for kept in client.get("/api/v1/webhooks").json():
        assert client.delete(f"/api/v1/webhooks/{kept['id']}").status_code == 204


async def test_no_message_names_a_person_a_matter_or_a_type(house: House, system: RegionalSystem) -> None:
    answer = await system.interface.ask_for(asked())
    await system.hears(answer["id"], "procedure.summoned")
    [told] = [one for one in system.inbox.messages if one["type"] == "procedure.summoned"]
    assert told.keys() == {"id", "type", "timestamp", "data"}
    assert told["data"].keys() == {"procedure", "external_id", "seq"}


async def test_a_changed_secret_leaves_no_gap_and_what_was_forged_is_seen(house: House, system: RegionalSystem) -> None:
    client = house.staff(ADMINISTRATOR)
    [kept] = (await asyncio.to_thread(client.get, "/api/v1/webhooks")).json()
    address = f"/api/v1/webhooks/{kept['id']}"
    changed = await asyncio.to_thread(client.post, f"{address}/secrets", headers=fresh())
    first = await system.interface.ask_for(asked())
    await system.hears(first["id"], "procedure.summoned")  # with the secret of before
    system.secret = changed.json()["secret"]
    second = await system.interface.ask_for(asked())
    await system.hears(second["id"], "procedure.summoned")
    assert system.forged == 0

    forged = httpx.Headers({"webhook-id": "msg_x", "webhook-timestamp": "1", "webhook-signature": "v1,AAAA"})
    while system.away:  # noqa: ASYNC110 - it comes back by itself
        await asyncio.sleep(0.1)
    async with httpx.AsyncClient() as stranger:
        answer = await stranger.post(system.address, headers=forged, content=b"{}")
    assert answer.status_code in (401, 503)
    assert await shown_and_sent_again(client, address, system)


async def shown_and_sent_again(client: httpx.Client, address: str, system: RegionalSystem) -> bool:
    """A message that was taken is sent again under its id, and the system knows it."""
    page = (await asyncio.to_thread(client.get, f"{address}/deliveries?limit=1")).json()
    [line] = page["items"]
    assert line["attempts"] >= 1 and page["next_cursor"] is not None
    assert "external_id" not in line
    before = system.inbox.repeated
    again = await asyncio.to_thread(client.post, f"{address}/deliveries/{line['id']}/again", headers=fresh())
    assert again.status_code == 204
    async with asyncio.timeout(30):
        while system.inbox.repeated == before:  # noqa: ASYNC110 - told by another process
            await asyncio.sleep(0.1)
    return line["id"] in {one["id"] for one in system.inbox.messages}


def test_addresses_are_the_business_of_administrators_of_that_administration(house: House) -> None:
    asking = {"label": "x", "url": "ftp://sgp.example"}
    assert house.staff(CLERK).get("/api/v1/webhooks").status_code == 403
    assert house.machine().get("/api/v1/webhooks").status_code == 403
    refused = house.staff(ADMINISTRATOR).post("/api/v1/webhooks", json=asking, headers=fresh())
    assert refused.status_code == 422
    unknown = house.staff(ADMINISTRATOR).get(f"/api/v1/webhooks/whe_{'0' * 16}/deliveries")
    assert (unknown.status_code, unknown.json()["code"]) == (404, "not_found")


def test_a_key_that_only_follows_takes_nothing_away(house: House) -> None:
    procedure = house.conciliation_once()
    for what in ("bundle.zip", "trust.zip", "documents"):
        answer = house.follower().get(f"/api/v1/procedures/{procedure}/{what}")
        assert (answer.status_code, answer.json()["code"]) == (403, "not_permitted")
    assert house.machine().get(f"/api/v1/procedures/{procedure}/documents").json() == []
