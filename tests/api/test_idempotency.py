"""One effect and one answer per key, however often and however at once it is sent."""

import asyncio
import json
import socket
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

import httpx

from adapters.postgres.database import Database
from tests.api.people import ADMINISTRATOR, CLERK, House, asked, command, fresh


def test_fifty_equal_commands_at_once_are_one_act_with_one_answer(house: House) -> None:
    procedure = house.conciliation()
    citizen, key = house.citizen(procedure, "p1"), fresh()

    def send(_: int) -> tuple[int, bytes]:
        answer = citizen.post(
            f"/api/v1/procedures/{procedure}/commands/check_in", json={"participant": "p1"}, headers=key
        )
        return answer.status_code, answer.content

    with ThreadPoolExecutor(50) as pool:
        answers = set(pool.map(send, range(50)))
    assert {status for status, _ in answers} == {200}
    assert len(answers) == 1
    timeline = house.staff(CLERK).get(f"/api/v1/procedures/{procedure}/timeline").json()["items"]
    assert [happening["type"] for happening in timeline].count("participant_checked_in") == 1


def test_fifty_equal_requests_at_once_start_one_procedure(house: House) -> None:
    machine, key, body = house.machine(), fresh(), asked()

    def send(_: int) -> str:
        return machine.post("/api/v1/procedures", json=body, headers=key).text

    with ThreadPoolExecutor(50) as pool:
        assert len(set(pool.map(send, range(50)))) == 1


def test_the_number_of_the_regional_system_names_one_procedure(house: House) -> None:
    body = asked()
    first = house.machine().post("/api/v1/procedures", json=body, headers=fresh())
    again = house.machine().post("/api/v1/procedures", json=body, headers=fresh())
    assert first.json()["id"] == again.json()["id"]
    assert first.headers["location"] == f"/api/v1/procedures/{first.json()['id']}"


def test_a_key_that_was_used_for_something_else_is_refused(house: House) -> None:
    key = fresh()
    assert house.machine().post("/api/v1/procedures", json=asked(), headers=key).status_code == 201
    other = house.machine().post("/api/v1/procedures", json=asked(), headers=key)
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")


def test_a_refusal_is_the_answer_to_its_key_and_a_new_key_asks_again(house: House) -> None:
    procedure = house.conciliation()
    citizen, key = house.arrived(procedure, "p1"), fresh()
    address = f"/api/v1/procedures/{procedure}/commands/withdraw_consent"
    first = citizen.post(address, json={"participant": "p1"}, headers=key)
    again = citizen.post(address, json={"participant": "p1"}, headers=key)
    assert first.json()["code"] == "no_consent_to_withdraw"
    assert again.content == first.content
    assert again.headers["idempotency-replayed"] == "true"
    assert command(citizen, procedure, "withdraw_consent", participant="p1").json()["code"] == "no_consent_to_withdraw"


def test_keys_of_different_people_never_meet(house: House) -> None:
    procedure = house.conciliation()
    one, other, key = house.arrived(procedure, "p1"), house.arrived(procedure, "p2"), fresh()
    address = f"/api/v1/procedures/{procedure}/commands/withdraw_consent"
    mine = one.post(address, json={"participant": "p1"}, headers=key)
    theirs = other.post(address, json={"participant": "p1"}, headers=key)
    assert mine.json()["code"] == "no_consent_to_withdraw"
    assert theirs.json()["code"] == "only_oneself"


def test_an_answer_that_carries_a_session_is_never_kept(house: House) -> None:
    key, body = fresh(), {"login": CLERK, "password": house.password(CLERK)}
    tokens = {house.client().post("/api/v1/sessions", json=body, headers=key).cookies["estrado"] for _ in range(2)}
    assert len(tokens) == 2


def test_nothing_is_stored_for_strangers_and_for_what_is_malformed(house: House) -> None:
    procedure = house.conciliation()
    before = _rows(house)
    stranger, clerk = house.client(), house.staff(CLERK)
    for content in (b"{", b"{}", json.dumps(asked()).encode()):
        answer = stranger.post("/api/v1/procedures", content=content, headers=fresh() | JSON)
        assert answer.json()["code"] == "not_signed_in"
    for content in (b"{", b"{}", b"[]"):
        answer = clerk.post("/api/v1/procedures", content=content, headers=fresh() | JSON)
        assert answer.status_code in (400, 422)
    upload = stranger.post(
        f"/api/v1/procedures/{procedure}/uploads", files={"files": bytes(9 * 1024 * 1024)}, headers=fresh()
    )
    assert upload.json()["code"] == "not_signed_in"
    assert _rows(house) == before


def test_the_body_of_a_stranger_is_not_read(house: House) -> None:
    """The answer comes while the body is still on its way."""
    address = urlsplit(house.url)
    with socket.create_connection((address.hostname, address.port), timeout=10) as line:
        line.sendall(
            b"POST /api/v1/procedures HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
            b"Idempotency-Key: never-to-be-read\r\nContent-Length: 1000\r\n\r\n{"
        )
        assert line.recv(100).startswith(b"HTTP/1.1 401")


JSON = {"Content-Type": "application/json"}


def _rows(house: House) -> int:
    async def count() -> int:
        async with Database.connect(house.settings.database_url, connections=1) as database:
            row = await database.row("SELECT count(*) AS rows FROM idempotency")
            return int(row["rows"]) if row else 0

    return asyncio.run(count())


def test_a_key_of_a_system_is_not_lost_with_the_process_that_issued_it(house: House) -> None:
    """It dies between the key and its answer: what it had begun is forgotten, and the same request is sent again."""
    administrator, key, label = house.another(ADMINISTRATOR), fresh(), fresh()["Idempotency-Key"]

    def send() -> httpx.Response:
        return administrator.post("/api/v1/api-keys", json={"label": label}, headers=key)

    async def forget() -> None:
        async with Database.connect(house.settings.database_url, connections=1) as database:
            await database.execute("DELETE FROM idempotency WHERE key = $1", key["Idempotency-Key"])

    first = send()
    asyncio.run(forget())
    again = send()
    assert (again.status_code, again.json()) == (201, first.json())
    assert [one["label"] for one in administrator.get("/api/v1/api-keys").json()].count(label) == 1
    assert house.client(authorization=f"Bearer {again.json()['text']}").get("/api/v1/procedures/x").status_code != 401
