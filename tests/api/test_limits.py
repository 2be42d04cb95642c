"""Nobody stops the service for others, and nobody's tries are counted against somebody else."""

import hashlib
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace

import pytest

from adapters.storage.vault import s3_client
from api.access.limits import COMPUTERS_AT_ONE_ADDRESS
from domain.access.limits import MINUTE, Rate, Rates
from domain.refusals.requests import TOO_MANY_ACTS_ASKED_FOR, TOO_MANY_COMMANDS
from tests.adapters.sheets import pdf_of
from tests.api.conftest import serving
from tests.api.people import CLERK, OFFICE, OTHER_OFFICE, House, asked, command, fresh

PATIENT = MINUTE * 60
"""Long enough that no try comes back while a slow machine asks."""

FEW = Rates(
    commands_of_a_citizen=Rate(tries=2, per=PATIENT, refusal=TOO_MANY_COMMANDS),
    commands_of_all_citizens=Rate(tries=3, per=PATIENT, refusal=TOO_MANY_COMMANDS),
    acts_asked_for=Rate(tries=2, per=PATIENT, refusal=TOO_MANY_ACTS_ASKED_FOR),
)


@pytest.fixture
def few(house: House) -> Iterator[None]:
    """The same application with rates that a test can use up."""
    ports = house.app.state.ports
    house.app.state.ports = replace(ports, rates=FEW)
    yield
    house.app.state.ports = ports


@pytest.fixture
def another_process(house: House) -> Iterator[House]:
    with serving(house.settings, house.logins_file) as other:
        yield other


def asks_for_help(house: House, procedure: str, participant: str, times: int) -> list[int]:
    citizen = house.citizen(procedure, participant)
    answers = [command(citizen, procedure, "ask_help", participant=participant) for _ in range(times)]
    return [answer.status_code for answer in answers]


@pytest.mark.usefixtures("few")
def test_a_citizen_who_presses_without_end_takes_nobody_s_turn(house: House) -> None:
    procedure = house.conciliation()
    first = asks_for_help(house, procedure, "p1", 3)
    assert 429 not in first[:2]
    assert first[2] == 429
    # By the seat and not by the session; and what was refused to one person costs the others nothing.
    assert asks_for_help(house, procedure, "p1", 1) == [429]
    second = asks_for_help(house, procedure, "p2", 2)
    assert second[0] != 429
    assert second[1] == 429
    host = command(house.staff(CLERK), procedure, "resume_procedure")
    assert host.status_code == 409


@pytest.mark.usefixtures("few")
def test_nothing_is_stored_of_a_deposit_that_is_one_too_many(house: House) -> None:
    """What is stored cannot be deleted for years."""
    procedure = house.conciliation()
    citizen = house.arrived(procedure, "p1")
    for number, (status, stored) in enumerate(((None, True), (429, False))):
        paper = pdf_of(number + 1)
        files = [("files", ("paper", paper))]
        fields = {"code": "exhibit", "title": "Contrato", "depositor": "p1"}
        answer = citizen.post(f"/api/v1/procedures/{procedure}/uploads", files=files, data=fields, headers=fresh())
        assert answer.status_code == status or (status is None and answer.status_code in (200, 201, 202)), answer.text
        assert is_stored(house, procedure, paper) is stored


def is_stored(house: House, procedure: str, content: bytes) -> bool:
    name = f"procedures/{procedure}/sha256/{hashlib.sha256(content).hexdigest()}"
    s = house.settings
    with closing(s3_client(s.s3_endpoint, s.s3_region, s.s3_access_key, s.s3_secret_key.get_secret_value())) as s3:
        return bool(s3.list_object_versions(Bucket=s.s3_bucket, Prefix=name).get("Versions"))


@pytest.mark.usefixtures("few")
def test_who_is_refused_learns_for_how_long_in_words(house: House) -> None:
    procedure = house.conciliation()
    citizen = house.citizen(procedure, "p1")
    answer = [command(citizen, procedure, "ask_help", participant="p1") for _ in range(3)][-1]
    assert answer.json()["code"] == "too_many_commands"
    seconds = int(answer.headers["retry-after"])
    assert seconds == answer.json()["params"]["seconds"] > 0
    page = citizen.post(
        f"/procedures/{procedure}/acts/ask-help",
        data={"csrf": citizen.headers["X-CSRF-Token"], "key": fresh()["Idempotency-Key"], "participant": "p1"},
        headers={"Accept": "text/html"},
    )
    assert page.status_code == 429
    assert "Demasiadas acciones en poco tiempo" in page.text
    assert " segundos y vuelva a pulsar" in page.text


@pytest.mark.usefixtures("few")
def test_a_desk_asks_for_no_more_acts_than_people_come_to_it(house: House) -> None:
    office, body = house.staff(OFFICE), asked(type="conciliation")
    mine = [office.post("/api/v1/procedures", json=body | {"external_id": f"m-{n}"}, headers=fresh()) for n in range(3)]
    assert [answer.status_code for answer in mine] == [201, 201, 429]
    assert mine[2].json()["code"] == "too_many_acts_asked_for"
    # What exists is answered for, and another office and a regional system have tries of their own.
    again = office.post("/api/v1/procedures", json=body | {"external_id": "m-0"}, headers=fresh())
    assert again.status_code == 201
    for other in (house.staff(OTHER_OFFICE), house.machine()):
        assert other.post("/api/v1/procedures", json=asked(), headers=fresh()).status_code == 201


def test_two_processes_count_together(house: House, another_process: House) -> None:
    body = {"code": "0000-0000-0000"}
    doors = [house.client(), another_process.client()]
    strangers = 30 * COMPUTERS_AT_ONE_ADDRESS
    seen = [
        doors[number % 2].post("/api/v1/citizen/sessions", json=body, headers=fresh()).status_code
        for number in range(2 * strangers)
    ]
    # Ten wrong codes of one computer leave every other one behind the same address its own ten.
    assert seen[:strangers] == [401] * strangers
    assert 429 in seen


def test_an_office_computer_is_not_shut_out_by_what_others_try_from_its_address(house: House) -> None:
    stranger, body = house.client(), {"code": "0000-0000-0000"}
    tries = (stranger.post("/api/v1/citizen/sessions", json=body, headers=fresh()).status_code for _ in range(1200))
    assert 429 in tries
    procedure = house.conciliation()
    computer = house.citizen(procedure, "p1", "ojm-vilar")
    assert computer.get("/api/v1/sessions/current").status_code == 200
