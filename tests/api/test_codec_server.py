"""The engine's web interface shows payloads in clear to its operators, and to nobody else."""

import asyncio
import base64
import json
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from temporalio.api.enums.v1 import EventType

from adapters.postgres.database import Database
from adapters.wiring import temporal_client
from deploy.operators import OPERATORS, account_id
from deploy.stack import Stack
from domain.ids import ProcedureId, workflow_id
from settings import Settings
from tests.api.conftest import serving
from tests.api.people import ADMINISTRATOR, CLERK, FOREIGN_ADMINISTRATOR, House

DECODE = "/engine/codec/decode"


async def first_payload(house: House, procedure: str) -> dict[str, Any]:
    """What the engine keeps of the start of a procedure, as its web interface would send it to be decrypted."""
    client = await temporal_client(house.settings)
    history = await client.get_workflow_handle(workflow_id(ProcedureId(procedure))).fetch_history()
    started = next(e for e in history.events if e.event_type == EventType.EVENT_TYPE_WORKFLOW_EXECUTION_STARTED)
    payload = started.workflow_execution_started_event_attributes.input.payloads[0]
    metadata = {name: base64.b64encode(value).decode() for name, value in payload.metadata.items()}
    return {"metadata": metadata, "data": base64.b64encode(payload.data).decode()}


@pytest.fixture
def asked(house: House) -> dict[str, Any]:
    return {"payloads": [asyncio.run(first_payload(house, house.conciliation_once()))]}


def ask(house: House, who: httpx.Client, asked: dict[str, Any], origin: str | None = None) -> httpx.Response:
    return who.post(DECODE, json=asked, headers={"Origin": origin or house.settings.temporal_ui_origin})


def test_an_operator_reads_what_the_engine_keeps_and_the_reading_is_in_the_log(
    house: House, asked: dict[str, Any]
) -> None:
    assert "Anxo" not in json.dumps(asked)

    answer = ask(house, house.staff(ADMINISTRATOR), asked)

    assert answer.status_code == 200, answer.text
    clear = base64.b64decode(answer.json()["payloads"][0]["data"]).decode()
    assert "Anxo Ruiz Seoane" in clear
    assert answer.headers["access-control-allow-origin"] == house.settings.temporal_ui_origin
    assert answer.headers["access-control-allow-credentials"] == "true"
    assert accesses(house) >= 1


def accesses(house: House) -> int:
    """How often the log of reading says that this operator had payloads decrypted."""

    async def counted() -> int:
        async with Database.connect(house.settings.database_url) as database:
            row = await database.row(
                "SELECT count(*) AS looks FROM read_audit WHERE actor = $1 AND what LIKE 'engine_payloads:%'",
                account_id(OPERATORS[0]),
            )
        assert row is not None
        return int(row["looks"])

    return asyncio.run(counted())


@pytest.mark.parametrize(
    ("login", "status", "code"),
    [(CLERK, 403, "not_permitted"), (FOREIGN_ADMINISTRATOR, 403, "not_permitted"), (None, 401, "not_signed_in")],
)
def test_nobody_else_reads_it(house: House, asked: dict[str, Any], login: str | None, status: int, code: str) -> None:
    """Not even an administrator whom the installation does not name: the engine holds every Administration."""
    refused = ask(house, house.staff(login) if login else house.client(), asked)

    assert (refused.status_code, refused.json()["code"]) == (status, code)
    assert "access-control-allow-origin" not in refused.headers


@pytest.mark.parametrize("origin", ["https://elsewhere.example", "null", "http://127.0.0.1:1"])
def test_no_other_page_can_ask_in_an_operator_s_name(house: House, asked: dict[str, Any], origin: str) -> None:
    refused = ask(house, house.staff(ADMINISTRATOR), asked, origin)
    preflight = house.client().options(DECODE, headers={"Origin": origin, "Access-Control-Request-Method": "POST"})

    assert (refused.status_code, refused.json()["code"]) == (403, "request_not_ours")
    assert "access-control-allow-origin" not in {*refused.headers, *preflight.headers}


def test_the_interface_s_browser_is_told_that_it_may_ask(house: House) -> None:
    ours = house.settings.temporal_ui_origin
    preflight = house.client().options(DECODE, headers={"Origin": ours, "Access-Control-Request-Method": "POST"})

    assert preflight.status_code == 204
    assert preflight.headers["access-control-allow-origin"] == ours
    assert "x-namespace" in preflight.headers["access-control-allow-headers"]


@pytest.fixture
def without_interface(prepared: Stack, settings: Settings) -> Iterator[House]:
    with serving(settings.model_copy(update={"temporal_ui_origin": ""}), prepared.var / "logins.json") as house:
        yield house


@pytest.mark.parametrize("headers", [{}, {"Origin": ""}])
def test_without_a_web_interface_nothing_is_decrypted(
    without_interface: House, asked: dict[str, Any], headers: dict[str, str]
) -> None:
    refused = without_interface.staff(ADMINISTRATOR).post(DECODE, json=asked, headers=headers)

    assert (refused.status_code, refused.json()["code"]) == (403, "request_not_ours")


def test_what_is_no_list_of_payloads_is_refused(house: House) -> None:
    refused = ask(house, house.staff(ADMINISTRATOR), {"payloads": "none"})

    assert (refused.status_code, refused.json()["code"]) == (400, "json_malformed")
