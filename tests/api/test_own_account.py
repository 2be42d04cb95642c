"""One's own password and sessions, and what an administrator may end."""

import asyncio
import uuid
from collections.abc import Callable

import httpx
import pytest

from api.app import open_ports
from domain.access.accounts import Account
from domain.ids import AccountId, AdministrationId
from domain.types.vocabulary import StaffRole
from tests.api.people import ADMINISTRATOR, CLERK, FOREIGN_ADMINISTRATOR, House, fresh

OLD, NEW = "tres palabras sin sentido", "cuatro nubes de estaño"


async def employ(house: House, login: str) -> None:
    account = Account(
        id=AccountId(f"acc_{login[:8]}"), administration=AdministrationId("atlantia"), name="Persona Prudente",
        email=login, roles=(StaffRole.CLERK,), body="peace-court-lira",
    )  # fmt: skip
    async with open_ports(house.settings) as parts:
        await parts.accounts.create(account, login, OLD)


def sign_in(house: House, login: str, password: str) -> httpx.Client:
    client = house.client()
    answer = client.post("/api/v1/sessions", json={"login": login, "password": password}, headers=fresh())
    client.headers["X-CSRF-Token"] = answer.json().get("csrf", "")
    return client


def is_in(client: httpx.Client) -> bool:
    return client.get("/api/v1/sessions/current").status_code == 200


def somebody(house: House) -> str:
    login = f"{uuid.uuid4().hex}@prudente.example"
    asyncio.run(employ(house, login))
    return login


def test_a_new_password_ends_every_other_session(house: House) -> None:
    login = somebody(house)
    here, elsewhere = sign_in(house, login, OLD), sign_in(house, login, OLD)
    for old, new, code in (("no es", NEW, "sign_in_refused"), (OLD, "prudente1", "password_guessable")):
        body = {"password": old, "new_password": new}
        refused = here.post("/api/v1/sessions/current/password", json=body, headers=fresh())
        assert refused.json()["code"] == code
    assert is_in(elsewhere)
    changed = here.post(
        "/api/v1/sessions/current/password", json={"password": OLD, "new_password": NEW}, headers=fresh()
    )
    assert changed.status_code == 200
    assert is_in(here)
    assert not is_in(elsewhere)
    assert not is_in(sign_in(house, login, OLD))
    assert is_in(sign_in(house, login, NEW))


def test_somebody_sees_and_ends_their_own_sessions_and_no_others(house: House) -> None:
    login = somebody(house)
    here, elsewhere = sign_in(house, login, OLD), sign_in(house, login, OLD)
    listed = here.get("/api/v1/own-sessions").json()
    assert sorted(one["current"] for one in listed) == [False, True]
    (other,) = [one["id"] for one in listed if not one["current"]]
    assert house.staff(CLERK).delete(f"/api/v1/own-sessions/{other}").status_code == 404
    assert is_in(elsewhere)
    assert here.delete(f"/api/v1/own-sessions/{other}").status_code == 204
    assert (is_in(here), is_in(elsewhere)) == (True, False)


def test_the_page_does_the_same(house: House) -> None:
    login = somebody(house)
    here, elsewhere = sign_in(house, login, OLD), sign_in(house, login, OLD)
    page = here.get("/account")
    assert page.text.count('data-test="end-session"') == 1
    (other,) = [one["id"] for one in here.get("/api/v1/own-sessions").json() if not one["current"]]
    assert here.post(f"/account/sessions/{other}/end", follow_redirects=False).status_code == 303
    assert not is_in(elsewhere)
    door = house.client().get("/account", headers={"Accept": "text/html"}, follow_redirects=False)
    assert (door.status_code, door.headers["location"]) == (303, "/staff?next=/account")
    body = {"password": OLD, "new_password": NEW}
    changed = here.post("/account/password", data=body, follow_redirects=False)
    assert changed.headers["location"] == "/account?done=1"
    assert 'data-test="password-changed"' in here.get("/account?done=1").text


def test_an_administrator_ends_the_sessions_of_an_account_of_theirs(house: House) -> None:
    login = somebody(house)
    client = sign_in(house, login, OLD)
    address = f"/api/v1/accounts/acc_{login[:8]}/sessions"
    assert house.staff(FOREIGN_ADMINISTRATOR).delete(address).status_code == 404
    assert house.staff(CLERK).delete(address).json()["code"] == "not_permitted"
    assert is_in(client)
    assert house.staff(ADMINISTRATOR).delete(address).status_code == 204
    assert not is_in(client)


def by_a_program(client: httpx.Client, login: str) -> int:
    answer = client.post("/api/v1/sessions", json={"login": login, "password": OLD}, headers=fresh())
    return answer.status_code


def by_the_page(client: httpx.Client, login: str) -> int:
    return client.post("/staff", data={"login": login, "password": OLD}).status_code


@pytest.mark.parametrize("signs_in", [by_a_program, by_the_page])
def test_the_session_before_ends_when_somebody_signs_in_again(
    house: House, signs_in: Callable[[httpx.Client, str], int]
) -> None:
    login = somebody(house)
    client = sign_in(house, login, OLD)
    left = house.client()
    left.cookies.update(client.cookies)
    assert is_in(left)
    assert signs_in(client, login) in (201, 303)
    assert (is_in(client), is_in(left)) == (True, False)
