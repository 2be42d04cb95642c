"""Passkeys of members of staff: what the password alone opens no more, and what no answer but the right one opens."""

import html
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import pytest
from playwright.sync_api import Page, sync_playwright

from tests.api.conftest import serving
from tests.api.people import ADMINISTRATOR, FOREIGN_ADMINISTRATOR, House, fresh
from tests.api.soft_passkey import SoftPasskey
from tests.api.test_own_account import OLD, is_in, somebody


def at_name(house: House) -> httpx.Client:
    """The pages under a name: a number is none, and nothing is signed in there yet."""
    named = house.url.replace("127.0.0.1", "localhost")
    client = house.client()
    client.base_url = named
    return client


def origin(client: httpx.Client) -> str:
    return str(client.base_url).rstrip("/")


def asked_in(page: httpx.Response) -> tuple[str, dict[str, Any]]:
    """The step and the options that a page has for the browser."""
    step = re.search(r'name="step" value="([^"]+)"', page.text)
    options = re.search(r'data-options="([^"]+)"', page.text)
    assert step and options, page.text
    return step[1], json.loads(html.unescape(options[1]))


def csrf(client: httpx.Client) -> str:
    found = re.search(r'name="csrf" value="([^"]+)"', client.get("/account").text)
    assert found
    return found[1]


def password_typed(client: httpx.Client, login: str) -> httpx.Response:
    return client.post("/staff", data={"login": login, "password": OLD})


def enrolled(house: House, login: str) -> tuple[httpx.Client, SoftPasskey]:
    """Signed in with the password, and with a passkey from now on."""
    client = at_name(house)
    assert password_typed(client, login).status_code == 303
    key = SoftPasskey(origin(client))
    token = csrf(client)
    step, options = asked_in(client.post("/account/passkeys", data={"csrf": token, "password": OLD}))
    answer = {"csrf": token, "step": step, "credential": key.create(options), "label": "Llavero azul"}
    kept = client.post("/account/passkeys/new", data=answer)
    assert kept.status_code == 303, kept.text
    assert "Llavero azul" in client.get("/account").text
    return client, key


def test_the_password_alone_opens_nothing_once_there_is_a_passkey(house: House) -> None:
    login = somebody(house)
    _, key = enrolled(house, login)
    client = at_name(house)
    body = {"login": login, "password": OLD}
    assert client.post("/api/v1/sessions", json=body, headers=fresh()).json()["code"] == "passkey_needed"
    step, options = asked_in(password_typed(client, login))
    assert not is_in(client)
    answer = {"step": step, "credential": key.get(options), "next": "/account"}
    assert client.post("/staff/passkey", data=answer).headers["location"] == "/account"
    assert is_in(client)
    # A step is good once.
    assert at_name(house).post("/staff/passkey", data=answer).status_code == 401


def test_nor_does_it_count_as_having_shown_again_who_one_is(house: House) -> None:
    client, _ = enrolled(house, somebody(house))
    headers = {**fresh(), "X-CSRF-Token": csrf(client)}
    again = client.post("/api/v1/sessions/current/authentication", json={"password": OLD}, headers=headers)
    assert (again.status_code, again.json()["code"]) == (403, "passkey_needed")
    assert is_in(client)


def stranger(key: SoftPasskey) -> SoftPasskey:
    return SoftPasskey(key.origin, id=key.id)


def unknown(key: SoftPasskey) -> SoftPasskey:
    return SoftPasskey(key.origin)


def elsewhere(key: SoftPasskey) -> SoftPasskey:
    return SoftPasskey("https://justicia-atlantia.example", key.key, key.id)


def copied(key: SoftPasskey) -> SoftPasskey:
    """A copy that has been used less often than the original."""
    return SoftPasskey(key.origin, key.key, key.id, uses=-1)


@pytest.mark.parametrize("forged", [stranger, unknown, elsewhere, copied])
def test_no_other_answer_opens_it(house: House, forged: Any) -> None:
    login = somebody(house)
    _, key = enrolled(house, login)
    client = at_name(house)
    step, options = asked_in(password_typed(client, login))
    used = {"step": step, "credential": key.get(options)}
    assert client.post("/staff/passkey", data=used).status_code == 303
    client = at_name(house)
    step, options = asked_in(password_typed(client, login))
    false = {"step": step, "credential": forged(key).get(options)}
    assert client.post("/staff/passkey", data=false).status_code == 401
    assert not is_in(client)


@pytest.mark.parametrize("credential", ["", "{}", "[]", "null", '{"id": 1}', "x" * 40_000])
def test_what_is_no_answer_is_refused_and_nothing_breaks(house: House, credential: str) -> None:
    login = somebody(house)
    enrolled(house, login)
    client = at_name(house)
    step, _ = asked_in(password_typed(client, login))
    answer = client.post("/staff/passkey", data={"step": step, "credential": credential})
    assert answer.status_code in (401, 422)
    assert not is_in(client)


def test_an_answer_to_another_purpose_or_account_enrols_nothing(house: House) -> None:
    login, other = somebody(house), somebody(house)
    mine, _ = enrolled(house, login)
    theirs, _ = enrolled(house, other)
    token = csrf(mine)
    step, options = asked_in(mine.post("/account/passkeys", data={"csrf": token, "password": OLD}))
    credential = SoftPasskey(origin(mine)).create(options)
    foreign = {"csrf": csrf(theirs), "step": step, "credential": credential}
    assert theirs.post("/account/passkeys/new", data=foreign).status_code == 401
    assert mine.post("/account/passkeys", data={"csrf": token, "password": "otra"}).status_code == 401
    step, options = asked_in(mine.post("/account/passkeys", data={"csrf": token, "password": OLD}))
    answer = {"step": step, "credential": SoftPasskey(origin(mine)).create(options)}
    assert at_name(house).post("/staff/passkey", data=answer).status_code == 401


def test_an_administrator_removes_those_of_a_colleague_and_of_nobody_else(house: House) -> None:
    login = somebody(house)
    client, _ = enrolled(house, login)
    account = client.get("/api/v1/sessions/current").json()["account"]["id"]
    address = f"/api/v1/accounts/{account}/passkeys"
    assert house.staff(FOREIGN_ADMINISTRATOR).delete(address, headers=fresh()).status_code == 404
    assert is_in(client)
    assert house.staff(ADMINISTRATOR).delete(address, headers=fresh()).status_code == 204
    assert not is_in(client)
    assert password_typed(at_name(house), login).status_code == 303


def test_where_everybody_shows_one_the_first_is_enrolled_on_signing_in(house: House) -> None:
    with serving(house.settings.model_copy(update={"require_passkeys": True}), house.logins_file) as strict:
        login = somebody(strict)
        client, thief = at_name(strict), at_name(strict)
        body = {"login": login, "password": OLD}
        assert client.post("/api/v1/sessions", json=body, headers=fresh()).json()["code"] == "passkey_needed"
        theft, stolen = asked_in(password_typed(thief, login))
        step, options = asked_in(password_typed(client, login))
        first = {"step": step, "credential": SoftPasskey(origin(client)).create(options)}
        assert client.post("/staff/passkey", data=first).status_code == 303
        assert is_in(client)
        # There is one: no second is the first.
        late = {"step": theft, "credential": SoftPasskey(origin(thief)).create(stolen)}
        assert thief.post("/staff/passkey", data=late).status_code == 401
        remove = re.search(r'action="(/account/passkeys/[^"]+/remove)"', client.get("/account").text)
        assert remove
        refused = client.post(remove[1], data={"csrf": csrf(client), "password": OLD})
        assert refused.status_code == 409


@contextmanager
def browser_with_passkeys() -> Iterator[Page]:
    """A browser with an authenticator of its own, in which somebody is present and known."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        page = browser.new_page(locale="es-ES")
        devtools = page.context.new_cdp_session(page)
        devtools.send("WebAuthn.enable")
        options = {"protocol": "ctap2", "transport": "internal", "hasUserVerification": True, "isUserVerified": True}
        devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options | {"automaticPresenceSimulation": True}})
        yield page
        browser.close()


def test_it_is_enrolled_and_used_in_a_browser(house: House) -> None:
    login, address = somebody(house), house.url.replace("127.0.0.1", "localhost")

    def sign_in(tab: Page) -> None:
        tab.goto(f"{address}/staff")
        tab.locator("[data-test=login]").fill(login)
        tab.locator("[data-test=password]").fill(OLD)
        tab.locator("[data-test=sign-in]").click()

    with browser_with_passkeys() as tab:
        sign_in(tab)
        tab.locator("[data-test=go-account]").click()
        tab.locator("[data-test=passkey-password]").fill(OLD)
        tab.locator("[data-test=new-passkey]").click()
        tab.locator("[data-test=label]").fill("Ordenador de la sala 2")
        tab.locator("[data-test=use-passkey]").click()
        tab.locator("[data-test=passkey-enrolled]").wait_for()
        assert "Ordenador de la sala 2" in tab.locator("[data-test=passkey]").inner_text()
        tab.locator("[data-test=sign-out]").click()
        sign_in(tab)
        tab.locator("[data-test=use-passkey]").click()
        tab.locator("[data-test=go-account]").wait_for()
