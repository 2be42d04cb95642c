"""Whoever came with the account of their Administration shows it again before signing: there, now, and once."""

import asyncio
import html
import re
import uuid
from dataclasses import dataclass

import asyncpg
import httpx
import pytest

from api.app import open_ports
from deploy.account_provider.troubles import Trouble
from deploy.stack import Stack
from domain.ids import AccountId
from domain.types.vocabulary import Stage
from tests.api.conftest import serving
from tests.api.people import CLERK, OFFICIAL, House, command, fresh
from tests.api.soft_passkey import SoftPasskey
from tests.api.stages import people, play_to
from tests.api.test_account_providers import (
    ATLANTIA,
    AWAY,
    DENIED,
    ODD,
    SPENT,
    browser_of,
    came,
    employed,
    known_to_provider,
    problem,
    typed,
)
from tests.api.test_own_account import OLD
from tests.api.test_passkeys import asked_in, at_name, csrf, origin
from tests.api.test_passkeys_of_signatures import SignedByTheParties

NOT_SHOWN, ANOTHER = (401, "account_not_shown_again"), (403, "account_of_another")
NOT_ASKED, ELSEWHERE = (401, "account_not_asked_for_again"), (401, "show_again_spent")
LINK = r'href="(/account/provider\?about=([0-9a-f]{64})&amp;next=[^"]*)"[^>]*data-test="show-account-(d\d+)"'


@dataclass
class Desk:
    """The clerk, who came with the account of the Administration, at minutes that wait for her signature."""

    client: httpx.Client
    procedure: str
    document: str
    sha256: str
    link: str

    def sent(self, about: str = "") -> str:
        """Where the platform sends the browser."""
        answer = self.client.get(self.link.replace(self.sha256, about or self.sha256))
        assert answer.status_code == 303, answer.text
        return answer.headers["location"]

    def shown(self, email: str = CLERK, trouble: Trouble = Trouble.NONE, **form: str) -> httpx.Response:
        return self.client.get(typed(self.sent(), email, trouble, **form))

    def sign(self, key: str = "", document: str = "", client: httpx.Client | None = None) -> httpx.Response:
        who = client or self.client
        said = {
            "key": key or f"page-{uuid.uuid4()}",
            "csrf": csrf(who),
            "document": document or self.document,
            "participant": "p3",
            "account_shown": "true",
        }
        return who.post(f"/procedures/{self.procedure}/acts/sign-with-certificate", data=said)


@pytest.fixture
def known(house: House, prepared: Stack) -> House:
    return known_to_provider(house, prepared)


@pytest.fixture
def procedure(known: House) -> str:
    asked = known.conciliation(participants=people(known))
    play_to(known, asked, Stage.SIGNING, SignedByTheParties)
    return asked


@pytest.fixture
def desk(known: House, procedure: str) -> Desk:
    client = browser_of(known)
    assert came(client, CLERK).status_code == 303
    page = client.get(f"/procedures/{procedure}").text
    link = re.search(LINK, page)
    assert link, page
    return Desk(client, procedure, link[3], link[2], html.unescape(link[1]))


async def password_hash(house: House, email: str, changed: str | None) -> str | None:
    """Its former one."""
    connection = await asyncpg.connect(house.settings.database_url)
    try:
        former = await connection.fetchval("SELECT password_hash FROM accounts WHERE email = $1", email)
        await connection.execute("UPDATE accounts SET password_hash = $2 WHERE email = $1", email, changed)
    finally:
        await connection.close()
    return str(former) if former else None


def test_the_account_signs_exactly_that_document_once_in_that_session(known: House, desk: Desk) -> None:
    assert problem(desk.sign()) == NOT_SHOWN, "nobody has shown anything"
    assert desk.client.get(typed(desk.sent("0" * 64), CLERK)).status_code == 200
    assert problem(desk.sign()) == NOT_SHOWN, "what was shown for another document"

    other = browser_of(known)
    assert came(other, CLERK).status_code == 303
    back = typed(desk.sent(), CLERK)
    assert problem(other.get(back)) == SPENT, "another browser"
    assert desk.client.get(back).status_code == 200
    assert problem(desk.client.get(back)) == SPENT, "the same answer twice"
    assert problem(desk.sign(client=other)) == NOT_SHOWN, "another session of the same person"

    key = f"page-{uuid.uuid4()}"
    assert desk.sign(key).status_code == 303
    # No answer came, and the page asks again under its key; another request finds it used.
    assert desk.sign(key).status_code == 303
    assert problem(desk.sign()) == NOT_SHOWN
    assert problem(desk.sign(key, "d1")) == NOT_SHOWN, "the same request is about the same document"

    told = known.staff(CLERK).get(f"/api/v1/procedures/{desk.procedure}/timeline").text
    assert "tras mostrar otra vez su cuenta de la Administración" in told


def test_nobody_is_taken_for_whoever_is_signed_in(desk: Desk) -> None:
    ways = (
        *((OFFICIAL, Trouble.NONE, ANOTHER), ("nobody@elsewhere.example", Trouble.NONE, ANOTHER)),
        *((CLERK, Trouble.REASSIGNED, ANOTHER), (CLERK, Trouble.OTHER_NONCE, ODD), (CLERK, Trouble.POSING, ODD)),
        *((CLERK, Trouble.NOT_ASKED_AGAIN, NOT_ASKED), (CLERK, Trouble.NO_AUTH_TIME, NOT_ASKED)),
        (CLERK, Trouble.OUTAGE, AWAY),
    )
    for email, trouble, ends in ways:
        answer = desk.shown(email, trouble)
        assert problem(answer) == ends, (email, trouble)
        assert f'href="/procedures/{desk.procedure}" data-test="go-back"' in answer.text
        assert problem(desk.sign()) == NOT_SHOWN, (email, trouble)
    assert problem(desk.shown(do="cancel")) == DENIED
    # In that very browser somebody signs in meanwhile: it is another session.
    back = typed(desk.sent(), CLERK)
    assert came(desk.client, CLERK).status_code == 303
    assert problem(desk.client.get(back)) == ELSEWHERE
    # Whoever left is nobody.
    back = typed(desk.sent(), CLERK)
    assert desk.client.post("/staff/out", data={"csrf": csrf(desk.client)}).status_code == 303
    assert problem(desk.client.get(back)) == ELSEWHERE


def test_the_way_back_of_showing_again_signs_nobody_in(known: House, desk: Desk) -> None:
    thief = browser_without_session(known, desk.client)
    assert problem(thief.get(typed(desk.sent(), CLERK))) == ELSEWHERE
    assert thief.get("/api/v1/sessions/current").status_code == 401


def browser_without_session(house: House, client: httpx.Client) -> httpx.Client:
    """With what is left in the browser of `client` besides the session."""
    left = browser_of(house)
    left.cookies.update({name: value for name, value in client.cookies.items() if "provider" in name})
    return left


def test_whoever_has_no_password_is_asked_for_none(known: House, desk: Desk) -> None:
    kept = asyncio.run(password_hash(known, CLERK, None))
    try:
        page = desk.client.get(f"/procedures/{desk.procedure}").text
        assert 'data-test="sign-password"' not in page and f'data-test="sign-{desk.document}"' not in page
        assert desk.shown().status_code == 200
        page = desk.client.get(f"/procedures/{desk.procedure}").text
        assert f'data-test="account-shown-{desk.document}"' in page and f'data-test="sign-{desk.document}"' in page
        assert desk.sign().status_code == 303
    finally:
        asyncio.run(password_hash(known, CLERK, kept))


def test_by_the_interface_it_stands_in_place_of_the_password(known: House, desk: Desk) -> None:
    client, address = desk.client, "/api/v1/sessions/current/account-provider"
    shows = {**fresh(), "X-CSRF-Token": csrf(client)}
    asked = client.post(address, json={"sha256": desk.sha256}, headers=shows)
    assert asked.status_code == 200, asked.text
    assert client.get(typed(asked.json()["address"], CLERK)).status_code == 200

    sign = {"document": desk.document, "participant": "p3"}
    client.headers["X-CSRF-Token"] = shows["X-CSRF-Token"]
    for both_or_neither in ({}, {"password": known.password(CLERK), "account_shown": True}):
        refused = command(client, desk.procedure, "sign_with_certificate", **sign, **both_or_neither)
        assert (refused.status_code, refused.json()["code"]) == (422, "field_invalid")
    signed = command(client, desk.procedure, "sign_with_certificate", **sign, account_shown=True)
    assert signed.status_code == 200, signed.text
    again = command(client, desk.procedure, "sign_with_certificate", **sign, account_shown=True)
    assert (again.status_code, again.json()["code"]) == NOT_SHOWN

    never = known.client()
    opened = never.post("/api/v1/sessions", json={"login": employed(known), "password": OLD}, headers=fresh())
    shows = {**fresh(), "X-CSRF-Token": opened.json()["csrf"]}
    assert never.post(address, json={"sha256": desk.sha256}, headers=shows).status_code == 404


def test_whoever_has_no_password_enrols_a_passkey_by_it(known: House) -> None:
    email, client = employed(known), at_name(known)
    assert came(client, email).status_code == 303
    asyncio.run(password_hash(known, email, None))
    page = client.get("/account").text
    assert 'data-test="passkey-password"' not in page and 'data-test="new-passkey"' not in page
    begun = {"csrf": csrf(client), "key": f"page-{uuid.uuid4()}", "account_shown": "true"}
    assert client.post("/account/passkeys", data=begun).status_code == 401

    sent = client.get("/account/provider?about=passkeys&next=/account").headers["location"]
    assert client.get(typed(sent, email)).headers["location"] == "/account"
    assert 'data-test="account-shown-new"' in client.get("/account").text
    step, options = asked_in(client.post("/account/passkeys", data=begun))
    assert client.post("/account/passkeys", data={**begun, "key": f"page-{uuid.uuid4()}"}).status_code == 401
    kept = {"csrf": csrf(client), "step": step, "credential": SoftPasskey(origin(client)).create(options), "label": "A"}
    assert client.post("/account/passkeys/new", data=kept).status_code == 303


@pytest.mark.parametrize(
    ("language", "said"), [("es", "mientras tanto sirve la contraseña"), ("en", "a password or a passkey")]
)
def test_a_provider_that_is_down_is_said_with_what_serves_meanwhile(known: House, language: str, said: str) -> None:
    down = known.settings.account_providers[ATLANTIA].but(issuer="http://localhost:9")
    with serving(known.settings.model_copy(update={"account_providers": {ATLANTIA: down}}), known.logins_file) as alone:
        client = alone.another(CLERK)
        client.headers.update({"accept": "text/html", "accept-language": language})
        client.cookies.set("estrado-language", language)
        account = client.get("/api/v1/sessions/current").json()["account"]["id"]
        asyncio.run(tied(alone, AccountId(account), down.issuer))
        asked = {"about": "0" * 64, "next": "/board"}
        answer = client.get("/account/provider", params=asked)
        assert problem(answer) == AWAY
        assert said in answer.text and 'href="/board" data-test="go-back"' in answer.text


async def tied(house: House, id: AccountId, issuer: str) -> None:
    async with open_ports(house.settings) as parts:
        account = await parts.accounts.get(id)
        assert account is not None
        await parts.sign_in_requests.bind(account, issuer, "a subject")
