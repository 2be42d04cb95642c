"""One effect and one answer per key, however often and however at once it is sent."""

from concurrent.futures import ThreadPoolExecutor

from tests.api.people import CLERK, House, asked, command, fresh


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
    citizen, key = house.citizen(procedure, "p1"), fresh()
    address = f"/api/v1/procedures/{procedure}/commands/withdraw_consent"
    first = citizen.post(address, json={"participant": "p1"}, headers=key)
    again = citizen.post(address, json={"participant": "p1"}, headers=key)
    assert first.json()["code"] == "session_not_arrived"
    assert again.content == first.content
    assert again.headers["idempotency-replayed"] == "true"
    assert command(citizen, procedure, "withdraw_consent", participant="p1").json()["code"] == "session_not_arrived"


def test_keys_of_different_people_never_meet(house: House) -> None:
    procedure = house.conciliation()
    one, other, key = house.citizen(procedure, "p1"), house.citizen(procedure, "p2"), fresh()
    address = f"/api/v1/procedures/{procedure}/commands/withdraw_consent"
    mine = one.post(address, json={"participant": "p1"}, headers=key)
    theirs = other.post(address, json={"participant": "p1"}, headers=key)
    assert mine.json()["code"] == "session_not_arrived"
    assert theirs.json()["code"] == "only_oneself"


def test_an_answer_that_carries_a_session_is_never_kept(house: House) -> None:
    key, body = fresh(), {"login": CLERK, "password": house.password(CLERK)}
    tokens = {house.client().post("/api/v1/sessions", json=body, headers=key).cookies["estrado"] for _ in range(2)}
    assert len(tokens) == 2
