"""A seat that was left out is taken by the official who sits down, with their own name and signature."""

import asyncio
import json
import time
import uuid
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from temporalio.worker import Worker

from activities.failures import TypedFailures
from activities.pulse import Pulse
from activities.wiring import room_acts
from adapters.memory import MemoryRecorder, MemoryRooms
from adapters.postgres.accounts import AccountsPostgres
from adapters.postgres.database import Database
from adapters.wiring import open_installation, temporal_client
from domain.access.accounts import ROTATION_GRACE, Account
from domain.codes.key_files import keys_in
from domain.codes.pins import pin_of
from domain.ids import AccountId, AdministrationId
from domain.types.vocabulary import StaffRole
from tests.api.people import CLERK, FOREIGN_CLERK, OFFICE, House, asked, command, fresh, open_hours, person
from tests.api.seen import seen
from tests.api.test_walk_in import REGISTRAR, ask, form
from workflows.engine.queues import ROOMS

WRITTEN: dict[str, dict[str, Any]] = {
    "A01": {"publicity": "restricted"},
    "A02": {"persons": [{"person": "p1"}]},
    "A04": {"acknowledged": [{"person": "p1"}]},
    "A27": {"declarant": "p1", "content": "Declaro que vivo.", "civil_status": "widowed", "acts_freely": True},
    "A26": {"ruling": "certificate", "operative_part": "Se certifica que vive."},
}
"""What is written down of the items that are held; the others are left out."""


@pytest.fixture
async def rooms(house: House) -> AsyncIterator[None]:
    """The video, in memory: nobody here looks through a camera."""
    client = await temporal_client(house.settings)
    async with open_installation(house.settings) as installation:
        acts = room_acts(installation, MemoryRooms(), MemoryRecorder(installation.recordings))
        async with Worker(client, task_queue=ROOMS, activities=acts, interceptors=[TypedFailures(), Pulse()]):
            yield


def life_certificate(house: House, **changes: Any) -> httpx.Response:
    soon = open_hours(datetime.now(UTC) + timedelta(hours=2)).isoformat()
    body = {
        "type": "life_certificate",
        "body": "civil-registry-ponte-nova",
        "office": "registry-ponte-nova",
        "case_number": "1/2026",
        "scheduled_at": soon,
        "participants": [person("person", "Obdulia Rei Castro", document_number="00000000T", office="ojm-vilar")],
    }
    return house.machine().post("/api/v1/procedures", json=body | changes, headers=fresh())


class Act:
    """One procedure as its people hold it through the interface."""

    def __init__(self, house: House, procedure: str, host: str) -> None:
        self.house = house
        self.id = procedure
        self.host = house.staff(host)
        self.password = house.password(host)

    def state(self) -> dict[str, Any]:
        found: dict[str, Any] = self.host.get(f"/api/v1/procedures/{self.id}/progress").json()
        return found

    def say(self, who: httpx.Client, name: str, **words: Any) -> dict[str, Any]:
        answer = command(who, self.id, name, **words)
        assert answer.status_code == 200, f"{name}: {answer.text}"
        receipt: dict[str, Any] = answer.json()
        return receipt

    def reaches(self, *stages: str) -> dict[str, Any]:
        for _ in range(900):
            if (state := self.state())["status"]["stage"] in stages:
                return state
            time.sleep(0.05)
        raise AssertionError(f"still {state['status']}")


def play_to_the_seal(act: Act) -> None:
    house = act.house
    citizen = house.arrived(act.id, "p1", office="ojm-vilar")
    act.say(citizen, "acknowledge_warnings", participant="p1", text_version="2026-1")
    act.say(citizen, "give_consent", participant="p1", scope="audio_video", given=False)
    act.say(act.host, "open_room")
    act.say(act.host, "admit_participant", participant="p1")
    seen(house, act.id, "p1", "p2")
    still = act.say(act.host, "capture_still", participant="p1")["detail"]["still"]
    act.say(act.host, "confirm_id_document", participant="p1", document_number="00000000T", still=still)
    items = {item["code"]: item["id"] for item in act.state()["agenda"]}
    for code in ("A01", "A02", "A04", "A27"):
        act.say(act.host, "open_item", item=items[code])
        act.say(act.host, "fill_item", item=items[code], values=WRITTEN[code], done=True)
    declaration = act.state()["documents"][0]
    bound = {"document": declaration["id"], "sha256": declaration["sha256"], "participant": "p1"}
    act.say(act.host, "present_document", document=declaration["id"], to=["p1"])
    for page in range(1, declaration["pages"] + 1):
        act.say(citizen, "read_page", **bound, page=page)
    act.say(citizen, "understand_document", **bound)
    challenge = act.say(citizen, "send_pin", participant="p1", purpose=declaration["id"])["detail"]["challenge"]
    pin = pin_of(keys_in(house.settings.pin_keys_file.read_bytes())[0], challenge)
    act.say(citizen, "sign_document", **bound, challenge=challenge, pin=pin, explicit=True)
    act.say(act.host, "open_item", item=items["A26"])
    act.say(act.host, "fill_item", item=items["A26"], values=WRITTEN["A26"], done=True)
    for code in items.keys() - WRITTEN.keys():
        act.say(act.host, "skip_item", item=items[code], reason="No procede en este acto")
    act.say(act.host, "close_session", outcome="certified")
    minutes = act.reaches("approval")["minutes"]
    act.say(act.host, "approve_minutes", draft=minutes["draft"], corrections=0)
    document = act.reaches("signing")["minutes"]["document"]
    act.say(act.host, "sign_with_certificate", document=document, participant="p2", password=act.password)
    act.reaches("anchoring", "delivering", "closed")


@pytest.mark.usefixtures("rooms")
async def test_a_walk_in_is_played_to_its_seal_and_its_certificate_names_the_registrar(house: House) -> None:
    answer = await asyncio.to_thread(ask, house.staff(OFFICE), form(email=""))
    act = Act(house, answer.headers["location"].removeprefix("/walk-in/"), REGISTRAR)
    assert act.state()["participants"][1]["name"] == "Encargada o encargado del Registro Civil"

    await asyncio.to_thread(play_to_the_seal, act)

    assert act.state()["participants"][1]["name"] == "Uxía Carballo Souto"
    draft = json.dumps(act.host.get(f"/api/v1/procedures/{act.id}/minutes").json(), ensure_ascii=False)
    assert "Uxía Carballo Souto" in draft
    assert "Encargada o encargado del Registro Civil (Encargada" not in draft
    told = act.host.get(f"/api/v1/procedures/{act.id}/timeline").text
    assert "Uxía Carballo Souto ocupa su puesto" in told


@pytest.mark.usefixtures("rooms")
async def test_who_sits_down_takes_the_free_seat_and_nobody_else_has_it_then(house: House) -> None:
    asked_for = await asyncio.to_thread(life_certificate, house)
    procedure = asked_for.json()["id"]
    await asyncio.to_thread(_hold_by_two, house, procedure, await _registrar(house, "uxia-carballo"))


def _hold_by_two(house: House, procedure: str, other: str) -> None:
    first, second = Act(house, procedure, REGISTRAR), _client(house, other)
    first.reaches("summoned")
    first.say(first.host, "take_seat")
    assert first.state()["participants"][1]["name"] == "Uxía Carballo Souto"
    assert command(first.host, procedure, "take_seat").json()["code"] == "already_seated"
    assert command(second, procedure, "open_room").json()["code"] == "host_only"


async def test_without_a_certificate_nobody_sits_where_one_signs_with_it(house: House) -> None:
    procedure = (await asyncio.to_thread(life_certificate, house)).json()["id"]
    without = _client(house, await _registrar(house, None))
    answer = command(without, procedure, "open_room")
    assert (answer.status_code, answer.json()["code"]) == (409, "no_certificate")
    assert "administra" in answer.json()["detail"]


@pytest.mark.parametrize(
    ("certificate", "body", "code"),
    [
        (None, "civil-registry-ponte-nova", "no_certificate"),
        ("uxia-carballo", "court-ponte-nova", "account_of_other_body"),
    ],
)
async def test_a_seat_is_given_to_nobody_who_could_not_act_or_sign_in_it(
    house: House, certificate: str | None, body: str, code: str
) -> None:
    account = await _registrar(house, certificate, body)
    people = [person("person", "Obdulia Rei Castro"), {"role": "registrar", "account": account}]
    answer = await asyncio.to_thread(life_certificate, house, participants=people)
    assert answer.json()["code"] == code


async def test_an_act_that_nobody_of_the_body_could_hold_is_not_begun(house: House) -> None:
    answer = house.machine("meseta").post(
        "/api/v1/procedures",
        json=asked(
            type="oral_hearing_witness",
            body="court-torrellana",
            office="court-torrellana",
            participants=[person("witness", "Eladio Naveira Couso")],
        ),
        headers=fresh(),
    )
    assert answer.json()["code"] == "nobody_to_take_the_seat", answer.text
    assert FOREIGN_CLERK not in answer.text


LOGIN = "registro-{}"


async def _registrar(house: House, certificate: str | None, body: str = "civil-registry-ponte-nova") -> str:
    """Another official there; returns the id of the account, which is the last part of the login."""
    id = f"acc_{uuid.uuid4().hex[:12]}"
    account = Account(
        id=AccountId(id),
        administration=AdministrationId("atlantia"),
        name="Sancho Vilar Mouro",
        email=f"{id}@justicia.atlantia.example",
        roles=(StaffRole.OFFICIAL,),
        body=body,
        certificate=certificate,
    )
    async with Database.connect(house.settings.database_url, connections=1) as database:
        await AccountsPostgres(database).create(account, LOGIN.format(id), "una contraseña larga y propia")
    return id


def _client(house: House, account: str) -> httpx.Client:
    client = house.client()
    told = {"login": LOGIN.format(account), "password": "una contraseña larga y propia"}
    answer = client.post("/api/v1/sessions", json=told, headers=fresh())
    assert answer.status_code == 201, answer.text
    client.headers["X-CSRF-Token"] = answer.json()["csrf"]
    return client


def test_a_signature_that_is_refused_signs_nobody_out(house: House) -> None:
    """The session outlives the grace of a replaced token."""
    procedure = house.conciliation()
    clerk = house.another(CLERK)
    page = clerk.post(
        f"/procedures/{procedure}/acts/sign-with-certificate",
        data={
            "key": f"page-{uuid.uuid4()}",
            "csrf": clerk.headers["X-CSRF-Token"],
            "document": "d99",
            "participant": "p3",
            "password": house.password(CLERK),
        },
        headers={"Accept": "text/html"},
    )
    assert page.status_code >= 400
    time.sleep(ROTATION_GRACE.total_seconds() + 1)
    assert clerk.get("/api/v1/procedures").status_code == 200
