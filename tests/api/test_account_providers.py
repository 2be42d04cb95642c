"""Members of staff sign in with the account of their Administration: there, back in the same browser, and once."""

import asyncio
import re
import uuid
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from playwright.sync_api import sync_playwright

from api.app import open_ports
from deploy.account_provider.pages import PASSWORD
from deploy.account_provider.place import lay_out
from deploy.account_provider.troubles import Trouble
from deploy.stack import Stack
from domain.access.accounts import Account
from domain.ids import AccountId, AdministrationId
from domain.types.vocabulary import StaffRole
from tests.api.conftest import serving
from tests.api.people import ADMINISTRATOR, CLERK, FOREIGN_ADMINISTRATOR, FOREIGN_CLERK, House, fresh
from tests.api.soft_passkey import SoftPasskey
from tests.api.test_own_account import OLD, is_in
from tests.api.test_passkeys import asked_in, at_name, enrolled, origin

ATLANTIA = AdministrationId("atlantia")
START = "/staff/provider/atlantia"
PAGE = {"accept": "text/html", "accept-language": "es"}


@pytest.fixture
def known(house: House, prepared: Stack) -> House:
    """The installation, known to the provider under both of its addresses."""
    return known_to_provider(house, prepared)


def known_to_provider(house: House, prepared: Stack) -> House:
    named = house.url.replace("127.0.0.1", "localhost")
    lay_out(prepared.var / "account-provider", ATLANTIA, house.url, named)
    return house


@pytest.fixture
def strict(house: House, prepared: Stack) -> Iterator[House]:
    """The same, where nobody but one account signs in with a password any more."""
    provider = house.settings.account_providers[ATLANTIA]
    one = frozenset({AccountId(house.staff(ADMINISTRATOR).get("/api/v1/sessions/current").json()["account"]["id"])})
    changed = {"account_providers": {ATLANTIA: provider.but(passwords_of=one)}}
    with serving(house.settings.model_copy(update=changed), house.logins_file) as other:
        yield known_to_provider(other, prepared)


def browser_of(house: House) -> httpx.Client:
    return house.client(**PAGE)


def employed(house: House, *, administration: str = "atlantia", active: bool = True, login: str = "") -> str:
    """A new member of staff; the address."""
    email = f"{uuid.uuid4().hex}@nueva.example"

    async def employ() -> None:
        account = Account(
            id=AccountId(f"acc_{uuid.uuid4().hex[:16]}"), administration=AdministrationId(administration),
            name="Persona Nueva", email=email, roles=(StaffRole.CLERK,), active=active,
        )  # fmt: skip
        async with open_ports(house.settings) as parts:
            await parts.accounts.create(account, login or email, OLD)

    asyncio.run(employ())
    return email


def sent(client: httpx.Client, **query: str) -> str:
    """Where the platform sends the browser."""
    answer = client.get(START, params=query)
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


def typed(address: str, email: str, trouble: Trouble = Trouble.NONE, **form: str) -> str:
    """Where the provider sends the browser once the person has signed in there: the path and query."""
    there = urlsplit(address)
    with httpx.Client() as browser:
        page = browser.get(address)
        hidden = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', page.text))
        said = {**hidden, "email": email, "password": PASSWORD, "trouble": trouble.value, "do": "enter", **form}
        back = urlsplit(browser.post(f"{there.scheme}://{there.netloc}/enter", data=said).headers["location"])
    return f"{back.path}?{back.query}"


def came(client: httpx.Client, email: str, trouble: Trouble = Trouble.NONE, **form: str) -> httpx.Response:
    return client.get(typed(sent(client), email, trouble, **form))


def problem(answer: httpx.Response) -> tuple[int, str]:
    found = re.search(r'data-problem="([a-z_]+)"', answer.text)
    return answer.status_code, found[1] if found else ""


SPENT, DENIED = (401, "sign_in_request_spent"), (401, "account_provider_denied")
ODD, UNKNOWN, AWAY = (401, "account_provider_answer"), (403, "account_unknown_here"), (503, "account_provider_away")


def test_whoever_comes_back_is_signed_in_and_where_they_were(known: House) -> None:
    client = browser_of(known)
    answer = client.get(typed(sent(client, next="/account"), CLERK.upper()))
    assert (answer.status_code, answer.headers["location"]) == (303, "/account")
    assert client.get("/api/v1/sessions/current").json()["account"]["email"] == CLERK
    elsewhere = browser_of(known)
    away = elsewhere.get(typed(sent(elsewhere, next="//evil.example"), CLERK))
    assert away.headers["location"] == "/board"


def test_a_way_back_is_good_once_and_in_the_browser_that_was_sent(known: House) -> None:
    client, thief, stranger = browser_of(known), browser_of(known), browser_of(known)
    back = typed(sent(client), CLERK)
    sent(thief)
    assert problem(thief.get(back)) == SPENT
    assert problem(stranger.get(back)) == SPENT
    assert not is_in(thief)
    # Nobody else's attempt has used it up; two tabs of one browser are one browser.
    second = typed(sent(client), CLERK)
    assert client.get(back).status_code == 303
    assert problem(client.get(back)) == SPENT
    assert client.get(second).status_code == 303
    assert problem(client.get(f"{START}/back")) == SPENT


def test_a_request_of_one_administration_is_none_of_another(known: House) -> None:
    client = browser_of(known)
    back = typed(sent(client), CLERK).replace("/atlantia/", "/meseta/")
    assert client.get(back).status_code == 404
    assert client.get("/staff/provider/meseta").status_code == 404
    assert client.get("/staff/provider/nobody").status_code == 404


def test_whoever_cancels_is_told_so(known: House) -> None:
    client = browser_of(known)
    assert problem(came(client, CLERK, do="cancel")) == DENIED
    state = parse_qs(urlsplit(sent(client)).query)["state"][0]
    assert problem(client.get(f"{START}/back", params={"state": state})) == DENIED


@pytest.mark.parametrize(
    ("trouble", "ends"),
    [(Trouble.OTHER_NONCE, ODD), (Trouble.CODE_REFUSED, ODD), (Trouble.POSING, ODD), (Trouble.OUTAGE, AWAY)],
)
def test_what_the_provider_does_wrong_is_said_and_signs_nobody_in(
    known: House, trouble: Trouble, ends: tuple[int, str]
) -> None:
    client = browser_of(known)
    assert problem(came(client, CLERK, trouble)) == ends
    assert not is_in(client)


def test_only_an_account_in_use_of_that_administration_is_opened(known: House) -> None:
    foreign, left = employed(known, administration="meseta"), employed(known, active=False)
    for email in ("nobody@justicia.atlantia.example", FOREIGN_CLERK, foreign, left):
        client = browser_of(known)
        assert problem(came(client, email)) == UNKNOWN
        assert not is_in(client)


def test_an_address_that_is_given_to_somebody_else_opens_nothing_until_an_administrator_says_so(known: House) -> None:
    email = employed(known)
    client, other = browser_of(known), browser_of(known)
    assert came(client, email).status_code == 303
    assert problem(came(other, email, Trouble.REASSIGNED)) == UNKNOWN
    account = client.get("/api/v1/sessions/current").json()["account"]["id"]
    address = f"/api/v1/accounts/{account}/provider"
    assert known.staff(FOREIGN_ADMINISTRATOR).delete(address, headers=fresh()).status_code == 404
    assert known.staff(ADMINISTRATOR).delete(address, headers=fresh()).status_code == 204
    assert not is_in(client)
    assert came(other, email, Trouble.REASSIGNED).status_code == 303


def test_a_passkey_is_asked_for_unless_the_provider_vouches_for_a_second_factor(known: House) -> None:
    login = employed(known)
    _, key = enrolled(known, login)
    client = at_name(known)
    step, options = asked_in(came(client, login))
    assert not is_in(client)
    answer = {"step": step, "credential": key.get(options)}
    assert client.post("/staff/passkey", data=answer).status_code == 303
    assert is_in(client)
    vouched = at_name(known)
    assert came(vouched, login, two="1").status_code == 303
    assert is_in(vouched)


def test_where_everybody_shows_one_it_is_enrolled_on_the_way_back(house: House, prepared: Stack) -> None:
    with serving(house.settings.model_copy(update={"require_passkeys": True}), house.logins_file) as asks:
        known_to_provider(asks, prepared)
        client = at_name(asks)
        step, options = asked_in(came(client, employed(asks)))
        first = {"step": step, "credential": SoftPasskey(origin(client)).create(options)}
        assert client.post("/staff/passkey", data=first).status_code == 303


def test_passwords_are_taken_of_those_alone_who_are_named(strict: House) -> None:
    client, login = browser_of(strict), employed(strict)
    refused = client.post("/staff", data={"login": login, "password": OLD})
    assert problem(refused) == (403, "password_not_taken")
    body = {"login": login, "password": OLD}
    programs = client.post("/api/v1/sessions", json=body, headers=fresh())
    assert (programs.status_code, programs.json()["code"]) == (403, "password_not_taken")
    # Whoever guesses learns nothing of it.
    wrong = client.post("/staff", data={"login": login, "password": "no es"})
    assert problem(wrong) == (401, "sign_in_refused")
    for still in (ADMINISTRATOR, FOREIGN_CLERK):
        assert is_in(strict.another(still))
    assert came(client, login).status_code == 303


def test_leaving_offers_to_end_the_session_there_too(known: House) -> None:
    client = browser_of(known)
    assert came(client, CLERK).status_code == 303
    csrf = client.get("/api/v1/sessions/current").json()["csrf"]
    left = client.post("/staff/out", data={"csrf": csrf})
    assert left.headers["location"] == "/staff?left=atlantia"
    assert not is_in(client)
    assert f'href="{START}/out"' in client.get(left.headers["location"]).text
    there = client.get(f"{START}/out").headers["location"]
    assert f'href="{known.url}/staff"' in httpx.get(there).text


def test_it_is_done_in_a_browser(known: House) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        tab = browser.new_page(locale="es-ES")
        tab.goto(f"{known.url}/staff")
        tab.locator("[data-test=provider-atlantia]").click()
        tab.locator("[data-test=provider-email]").fill(CLERK)
        tab.locator("[data-test=provider-password]").fill(PASSWORD)
        tab.locator("[data-test=provider-enter]").click()
        tab.locator("[data-test=go-account]").wait_for()
        tab.locator("[data-test=sign-out]").click()
        tab.locator("[data-test=leave-provider]").click()
        tab.locator("[data-test=provider-out] a").click()
        tab.locator("[data-test=provider-atlantia]").wait_for()
        browser.close()
