"""Signing in, sitting down, showing the password again, and leaving nothing behind."""

import asyncio

import httpx
import pytest

from adapters.postgres.database import Database
from tests.api.conftest import serving
from tests.api.people import CLERK, OFFICE, OFFICIAL, House, command, fresh


def test_the_session_is_a_random_token_that_scripts_cannot_read(house: House) -> None:
    answer = house.client().post(
        "/api/v1/sessions", json={"login": OFFICE, "password": house.password(OFFICE)}, headers=fresh()
    )
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert "path=/" in cookie
    assert "domain" not in cookie
    assert len(answer.cookies["estrado"]) >= 43


def test_nobody_learns_whether_login_or_password_was_wrong(house: House) -> None:
    wrong = house.client().post("/api/v1/sessions", json={"login": CLERK, "password": "no"}, headers=fresh())
    unknown = house.client().post(
        "/api/v1/sessions", json={"login": "nadie@x.example", "password": "no"}, headers=fresh()
    )
    assert wrong.status_code == unknown.status_code == 401
    assert wrong.json()["detail"] == unknown.json()["detail"]


def test_a_session_that_ended_opens_nothing(house: House) -> None:
    clerk = house.another(OFFICE)
    token = clerk.cookies["estrado"]
    answer = clerk.delete("/api/v1/sessions/current")
    assert answer.status_code == 204
    assert answer.headers["clear-site-data"] == '"cache", "storage"'
    stolen = httpx.get(f"{house.url}/api/v1/sessions/current", cookies={"estrado": token})
    assert stolen.json()["code"] == "not_signed_in"


def test_showing_the_password_again_gives_a_new_token(house: House) -> None:
    clerk = house.another(OFFICE)
    before = clerk.cookies["estrado"]
    body = {"password": house.password(OFFICE)}
    assert (
        clerk.post("/api/v1/sessions/current/authentication", json={"password": "x"}, headers=fresh()).status_code
        == 401
    )
    assert clerk.post("/api/v1/sessions/current/authentication", json=body, headers=fresh()).status_code == 200
    assert clerk.cookies["estrado"] != before
    assert clerk.get("/api/v1/sessions/current").status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"X-CSRF-Token": ""},
        {"X-CSRF-Token": "A" * 43},
        {"Origin": "https://attacker.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
    ],
)
def test_another_site_cannot_act_for_whoever_is_signed_in(house: House, headers: dict[str, str]) -> None:
    procedure = house.conciliation()
    clerk = house.staff(CLERK)
    answer = clerk.post(
        f"/api/v1/procedures/{procedure}/commands/cancel_procedure",
        json={"reason": "Falsificado."},
        headers=fresh() | headers,
    )
    assert (answer.status_code, answer.json()["code"]) == (403, "request_not_ours")
    assert clerk.get(f"/api/v1/procedures/{procedure}").json()["stage"] == "summoned"


def test_a_citizen_at_an_office_computer_is_bound_to_it(house: House) -> None:
    procedure = house.conciliation()
    citizen = house.citizen(procedure, "p1", office="ojm-vilar")
    assert command(citizen, procedure, "check_in", participant="p1").status_code == 200
    elsewhere = httpx.get(f"{house.url}/api/v1/sessions/current", cookies={"estrado": citizen.cookies["estrado"]})
    assert elsewhere.json()["code"] == "not_signed_in"
    timeline = house.staff(CLERK).get(f"/api/v1/procedures/{procedure}/timeline", headers={"Accept-Language": "en"})
    assert "municipal office" in timeline.text


def test_leaving_wipes_the_person_and_keeps_the_computer(house: House) -> None:
    procedure = house.conciliation()
    citizen = house.citizen(procedure, "p1", office="ojm-vilar")
    answer = citizen.delete("/api/v1/citizen/sessions/current")
    assert answer.headers["clear-site-data"] == '"cache", "storage"'
    assert "estrado" not in citizen.cookies
    assert "estrado-device" in citizen.cookies
    assert citizen.get("/api/v1/sessions/current").status_code == 401


def test_a_code_works_however_it_is_typed_and_a_wrong_one_says_nothing(house: House) -> None:
    procedure = house.conciliation()
    typed = house.code(procedure, "p2").replace("-", " ").lower()
    sat = house.client().post("/api/v1/citizen/sessions", json={"code": typed}, headers=fresh())
    assert (sat.status_code, sat.json()["participant"], sat.json()["at_office"]) == (201, "p2", False)
    wrong = house.client().post("/api/v1/citizen/sessions", json={"code": "0000-0000-0000"}, headers=fresh())
    assert (wrong.status_code, wrong.json()["code"]) == (401, "summons_code_unknown")


def test_a_certificate_is_used_only_after_the_password_was_shown(house: House) -> None:
    procedure = house.conciliation()
    body = {"document": "d1", "participant": "p3", "password": "no es esta"}
    refused = command(house.staff(CLERK), procedure, "sign_with_certificate", **body)
    assert (refused.status_code, refused.json()["code"]) == (401, "sign_in_refused")
    body["password"] = house.password(CLERK)
    assert command(house.staff(CLERK), procedure, "sign_with_certificate", **body).json()["code"] == "unknown_document"


def test_when_the_act_is_over_a_citizen_sees_how_it_ended_and_reads_nothing_more(house: House) -> None:
    procedure = house.conciliation()
    citizen = house.citizen(procedure, "p1")
    reading = ("", "/progress", "/documents/d1.pdf", "/documents/d1/pages/1.png")
    assert citizen.get(f"/api/v1/procedures/{procedure}/progress").status_code == 200
    assert command(house.staff(CLERK), procedure, "cancel_procedure", reason="Desisten.").status_code == 200
    for path in reading:
        assert citizen.get(f"/api/v1/procedures/{procedure}{path}").json()["code"] == "not_found"
    assert command(citizen, procedure, "ask_help", participant="p1").json()["code"] == "not_found"
    assert citizen.get(f"/api/v1/events?procedure={procedure}").status_code == 404
    end = citizen.get("/citizen", follow_redirects=True)
    assert (end.status_code, end.url.path) == (200, "/citizen/end")
    assert "data-follow" not in end.text


def test_strangers_at_the_door_lock_nobody_out_of_signing(house: House) -> None:
    official = house.another(OFFICIAL)
    for _ in range(6):
        house.client().post("/api/v1/sessions", json={"login": OFFICIAL, "password": "no"}, headers=fresh())
    locked = house.client().post(
        "/api/v1/sessions", json={"login": OFFICIAL, "password": house.password(OFFICIAL)}, headers=fresh()
    )
    assert locked.json()["code"] == "sign_in_locked"
    body = {"password": house.password(OFFICIAL)}
    assert official.post("/api/v1/sessions/current/authentication", json=body, headers=fresh()).status_code == 200
    _unlock(house, OFFICIAL)


@pytest.mark.parametrize("believed", ["", "127.0.0.1"])
def test_an_address_that_a_caller_claims_is_believed_from_configured_proxies_alone(house: House, believed: str) -> None:
    settings = house.settings.model_copy(update={"forwarded_allow_ips": believed})
    with serving(settings, house.logins_file) as behind:
        codes = {
            behind.client(**{"X-Forwarded-For": f"203.0.{n % 200}.{n // 200}"})
            .post("/api/v1/citizen/sessions", json={"code": "0000-0000-0000"}, headers=fresh())
            .status_code
            for n in range(400)
        }
    assert codes == ({401} if believed else {401, 429})


def _unlock(house: House, login: str) -> None:
    """What a quarter of an hour does: others of these tests sign in with that account."""

    async def forget() -> None:
        async with Database.connect(house.settings.database_url, connections=1) as database:
            await database.execute("DELETE FROM sign_in_failures WHERE login = $1", login)

    asyncio.run(forget())


def say_code(house: House, code: str, language: str = "es") -> httpx.Response:
    said = {"accept": "text/html", "accept-language": language}
    return house.client().post("/code", data={"code": code}, headers=said)


def test_a_code_whose_act_was_called_off_says_so_and_why(house: House) -> None:
    procedure = house.conciliation()
    assert command(house.staff(CLERK), procedure, "cancel_procedure", reason="Desisten las partes.").status_code == 200
    answer = say_code(house, house.code(procedure, "p1"))
    assert answer.status_code == 409
    assert 'data-problem="summons_cancelled_because"' in answer.text
    assert "Motivo: Desisten las partes." in answer.text
    programs = house.client().post(
        "/api/v1/citizen/sessions", json={"code": house.code(procedure, "p2")}, headers=fresh()
    )
    assert (programs.status_code, programs.json()["code"]) == (409, "summons_cancelled_because")
    assert "estrado" not in answer.cookies


@pytest.mark.parametrize(
    ("stage", "code"), [("closed", "summons_closed"), ("no_show", "summons_no_show"), ("summoned", None)]
)
def test_every_code_that_exists_gets_its_true_answer(house: House, stage: str, code: str | None) -> None:
    """The register says where a procedure stands: how it came there is told elsewhere."""
    procedure = house.conciliation()
    asyncio.run(set_stage(house, procedure, stage))
    answer = say_code(house, house.code(procedure, "p1"), "en")
    if code is None:
        assert answer.headers["location"] == "/citizen"
    else:
        assert f'data-problem="{code}"' in answer.text
        assert "We find no summons" not in answer.text


async def set_stage(house: House, procedure: str, stage: str) -> None:
    async with Database.connect(house.settings.database_url, connections=1) as database:
        await database.execute(
            "UPDATE register SET stage = $2, public = jsonb_set(public::jsonb, '{stage}', to_jsonb($2::text))"
            " WHERE procedure = $1", procedure, stage,
        )  # fmt: skip
