"""Over HTTP: from a lapse on, no row of the table of commands binds the person, in the middle of the act and back."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from adapters.wiring import temporal_client
from api.commands.table import TABLE
from domain.ids import ParticipantId, ProcedureId, workflow_id
from domain.ports.media import RoomFact
from domain.types.vocabulary import Stage
from tests.adapters.sheets import pdf_of
from tests.api.people import CLERK, House, fresh
from tests.api.stages import people as both
from tests.api.stages import play_to
from tests.workflows.lapsed_walk import IDENTIFYING
from tests.workflows.test_gaps import STILL_DONE
from workflows.procedure import ProcedureWorkflow


async def away_for_fifty_seconds(house: House, procedure: str) -> None:
    """The engine hears of both at once, so that the act goes on."""
    client = await temporal_client(house.settings)
    handle = client.get_workflow_handle(workflow_id(ProcedureId(procedure)))
    began = datetime.now(UTC) - timedelta(seconds=50)
    said: dict[str, Any] = {"procedure": ProcedureId(procedure), "participant": ParticipantId("p1")}
    for number, (kind, at) in enumerate((("connection_lost", began), ("restored", datetime.now(UTC))), start=1):
        await handle.signal(ProcedureWorkflow.room_fact, RoomFact(id=number, kind=kind, at=at, reason="media", **said))


def seen(house: House, procedure: str) -> dict[str, Any]:
    state = house.staff(CLERK).get(f"/api/v1/procedures/{procedure}/progress").json()
    return {"person": next(p for p in state["participants"] if p["id"] == "p1"), "documents": state["documents"]}


@pytest.mark.timeout(300)
def test_whoever_is_back_too_late_asks_for_everything_and_is_bound_by_nothing(house: House) -> None:
    procedure = house.conciliation(participants=both(house))
    citizen = play_to(house, procedure, Stage.IN_SESSION)
    asyncio.run(away_for_fifty_seconds(house, procedure))
    for _ in range(200):
        before = seen(house, procedure)
        if before["person"]["identity_lapsed"]:
            break
    assert before["person"]["identity_lapsed"] == "connection_lost"

    (document, *_) = before["documents"]
    known = {"document": document["id"], "sha256": document["sha256"], "purpose": document["id"]}
    done = {
        row.name
        for row in TABLE
        if asked(citizen, procedure, row.name, {k: known.get(k, said) for k, said in row.example.items()}) < 300
    }
    assert done <= STILL_DONE | IDENTIFYING
    assert deposit(citizen, procedure) == (409, "identity_lapsed")
    after = seen(house, procedure)
    assert after["documents"] == before["documents"]
    assert after["person"]["identity_lapsed"] == "connection_lost"


def deposit(citizen: httpx.Client, procedure: str) -> tuple[int, str]:
    fields = {"code": "exhibit", "title": "Contrato", "depositor": "p1"}
    files = [("files", ("paper", pdf_of(1)))]
    answer = citizen.post(f"/api/v1/procedures/{procedure}/uploads", files=files, data=fields, headers=fresh())
    return answer.status_code, answer.json().get("code", "")


def asked(citizen: httpx.Client, procedure: str, name: str, words: Any) -> int:
    answer = citizen.post(f"/api/v1/procedures/{procedure}/commands/{name}", json=dict(words), headers=fresh())
    assert answer.status_code != 429, "the walk went over the rate of a citizen"
    return answer.status_code
