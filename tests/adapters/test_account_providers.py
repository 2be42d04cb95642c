"""Signing in with an account provider: every answer but a fresh one, signed and meant for this request, is refused."""

import asyncio
import json
import re
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx
import pytest
import uvicorn
from joserfc.jwk import ECKey, RSAKey

from adapters.account_providers.oidc import AccountProvidersOidc
from adapters.account_providers.tokens import CLOCKS_OF_PROVIDER_DIFFER
from deploy.account_provider.pages import PASSWORD, application
from deploy.account_provider.place import CLIENT, change_key, client_key_file, lay_out, secret_file
from deploy.account_provider.troubles import Trouble
from domain.access.account_providers import AccountProvider, SaidByProvider, SignInRequest, ToShowAgain
from domain.errors import Refusal
from domain.ids import AccountId, AdministrationId

OURS = "https://estrado.example"
EMAIL = "iria.outeiro@justicia.atlantia.example"
AWAY, ODD = "account_provider_away", "account_provider_answer"
NOT_AGAIN = "account_not_asked_for_again"
AGAIN = ToShowAgain(session="ses_1", account=AccountId("acc_1"), about="0" * 64)


@dataclass
class Simulator:
    directory: Path
    url: str

    @property
    def known(self) -> AccountProvider:
        return AccountProvider(issuer=self.url, client_id=CLIENT, client_secret_file=secret_file(self.directory))


@pytest.fixture
def simulator(tmp_path: Path) -> Iterator[Simulator]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    url = f"http://localhost:{port}"
    lay_out(tmp_path, "atlantia", OURS)
    (tmp_path / "people.json").write_text(json.dumps({EMAIL: "Iria Outeiro Barral"}))
    server = uvicorn.Server(uvicorn.Config(application(tmp_path, url), "127.0.0.1", port, log_config=None))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive()
        time.sleep(0.02)
    yield Simulator(tmp_path, url)
    server.should_exit = True
    server.force_exit = True
    thread.join(15)


def asked(**changes: Any) -> SignInRequest:
    return SignInRequest(
        state="a state", browser="a browser", administration=AdministrationId("atlantia"),
        back=f"{OURS}/staff/provider/atlantia/back", nonce="a nonce", verifier="v" * 64, next="",
        ends_at=datetime.now(UTC) + timedelta(minutes=5),
    ).but(**changes)  # fmt: skip


def typed(
    address: str, trouble: Trouble = Trouble.NONE, browser: httpx.Client | None = None, **form: str
) -> dict[str, str]:
    """What the provider gives the browser for the way back, once the person has signed in there."""
    with nullcontext(browser) if browser else httpx.Client() as browser:
        page = browser.get(address)
        assert page.status_code == 200, page.text
        hidden = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', page.text))
        said = {**hidden, "email": EMAIL, "password": PASSWORD, "trouble": trouble.value, "do": "enter", **form}
        there = urlsplit(address)
        back = browser.post(f"{there.scheme}://{there.netloc}/enter", data=said)
    assert back.headers["location"].startswith(OURS), back.text
    return {name: values[0] for name, values in parse_qs(urlsplit(back.headers["location"]).query).items()}


async def sign_in(
    providers: AccountProvidersOidc, provider: AccountProvider, trouble: Trouble = Trouble.NONE, **form: str
) -> SaidByProvider:
    request = asked()
    back = await asyncio.to_thread(typed, await providers.address(provider, request), trouble, None, **form)
    return await providers.redeem(provider, request, back["code"], back["iss"])


def oidc(patience: float = 8) -> AccountProvidersOidc:
    return AccountProvidersOidc((), (), patience)


async def test_who_has_signed_in_there_is_told(simulator: Simulator) -> None:
    who = await sign_in(oidc(), simulator.known, two="1")
    assert (who.named, who.amr) == (EMAIL, frozenset({"pwd", "otp"}))
    assert simulator.known.but(amr=("otp",)).vouches(who.amr, who.acr)
    assert not simulator.known.but(amr=("hwk",)).vouches(who.amr, who.acr)
    assert not simulator.known.vouches(frozenset(), "")


@pytest.mark.parametrize(
    "trouble",
    [
        *(Trouble.OTHER_NONCE, Trouble.OTHER_AUDIENCE, Trouble.OTHERS_TOO, Trouble.OTHER_ISSUER, Trouble.EXPIRED),
        *(Trouble.OF_THE_FUTURE, Trouble.OLD, Trouble.OTHER_KEY, Trouble.UNKNOWN_KEY, Trouble.UNSIGNED),
        *(Trouble.SIGNED_WITH_SECRET, Trouble.NAMELESS, Trouble.UNVERIFIED, Trouble.NO_TOKEN, Trouble.CODE_REFUSED),
        Trouble.POSING,
    ],
)
async def test_an_answer_that_is_not_its_answer_to_this_request_is_refused(
    simulator: Simulator, trouble: Trouble
) -> None:
    providers = oidc()
    with pytest.raises(Refusal) as refused:
        await sign_in(providers, simulator.known, trouble)
    assert refused.value.code == ODD
    assert (await sign_in(providers, simulator.known)).named == EMAIL


@pytest.mark.parametrize(
    "trouble", [Trouble.REDIRECTING, Trouble.ENDLESS, Trouble.NO_JSON, Trouble.SLOW, Trouble.OUTAGE]
)
async def test_a_provider_that_does_not_answer_is_away_and_nobody_waits_long(
    simulator: Simulator, trouble: Trouble
) -> None:
    began = time.monotonic()
    with pytest.raises(Refusal) as refused:
        await sign_in(oidc(patience=2), simulator.known, trouble)
    assert refused.value.code == AWAY
    assert time.monotonic() - began < 10


async def test_a_code_is_good_once_and_for_whoever_asked_for_it(simulator: Simulator) -> None:
    providers, request = oidc(), asked()
    address = await providers.address(simulator.known, request)
    back = await asyncio.to_thread(typed, address)
    thief = request.but(verifier="w" * 64)
    for mine in (thief, request):
        with pytest.raises(Refusal, match=ODD):
            await providers.redeem(simulator.known, mine, back["code"], back["iss"])
    assert not {request.verifier, "a browser"} & set(re.split(r"[=&?]", address))


async def test_the_way_back_says_who_answers(simulator: Simulator) -> None:
    providers, request = oidc(), asked()
    back = await asyncio.to_thread(typed, await providers.address(simulator.known, request))
    with pytest.raises(Refusal, match=ODD):
        await providers.redeem(simulator.known, request, back["code"], "")


async def test_keys_are_changed_while_people_sign_in(simulator: Simulator) -> None:
    providers = oidc()
    await sign_in(providers, simulator.known)
    change_key(simulator.directory)
    assert (await sign_in(providers, simulator.known)).named == EMAIL


@pytest.mark.parametrize("kind", ["RSA", "EC"])
async def test_a_signed_statement_serves_in_place_of_the_secret(simulator: Simulator, kind: str) -> None:
    key = RSAKey.generate_key(2048) if kind == "RSA" else ECKey.generate_key("P-256")
    own = simulator.directory / "own.pem"
    own.write_bytes(key.as_pem(private=True))
    client_key_file(simulator.directory).write_bytes(key.as_pem(private=False))
    stated = simulator.known.but(client_secret_file=None, client_key_file=own)
    assert (await sign_in(oidc(), stated)).named == EMAIL
    with pytest.raises(Refusal, match=AWAY):
        await sign_in(oidc(), simulator.known)


async def test_a_provider_is_who_it_was_configured_as_or_is_not_asked(simulator: Simulator) -> None:
    nearly = simulator.known.but(issuer=simulator.url.replace("localhost", "127.0.0.1"))
    gone = simulator.known.but(issuer="http://localhost:9")
    # 192.0.2.0/24 is nobody's (RFC 5737): it is refused before anything is sent there.
    clear, strange = (simulator.known.but(issuer=f"{scheme}://192.0.2.1") for scheme in ("http", "https"))
    began = time.monotonic()
    for provider, resident in ((nearly, ()), (gone, ()), (strange, ()), (clear, ("192.0.2.1",))):
        with pytest.raises(Refusal, match=AWAY):
            await AccountProvidersOidc(resident, ()).address(provider, asked())
    assert time.monotonic() - began < 5


async def test_the_session_there_is_ended_where_it_offers_that(simulator: Simulator) -> None:
    there = await oidc().leaving(simulator.known, f"{OURS}/staff")
    assert there is not None
    assert f'href="{OURS}/staff"' in (await asyncio.to_thread(httpx.get, there)).text


async def test_whoever_shows_themselves_again_is_asked_there_although_they_have_a_session(simulator: Simulator) -> None:
    providers, request = oidc(), asked()
    with httpx.Client() as browser:
        back = await asyncio.to_thread(typed, await providers.address(simulator.known, request), browser=browser)
        await providers.redeem(simulator.known, request, back["code"], back["iss"])
        passed = await asyncio.to_thread(browser.get, await providers.address(simulator.known, asked()))
        assert passed.is_redirect, "whoever has a session there is let pass"

        again = asked(again=AGAIN)
        back = await asyncio.to_thread(typed, await providers.address(simulator.known, again), browser=browser)
        assert (await providers.redeem(simulator.known, again, back["code"], back["iss"])).named == EMAIL


@pytest.mark.parametrize("trouble", [Trouble.NOT_ASKED_AGAIN, Trouble.NO_AUTH_TIME])
async def test_whoever_was_not_asked_again_has_not_shown_themselves(simulator: Simulator, trouble: Trouble) -> None:
    providers, again = oidc(), asked(again=AGAIN)
    back = await asyncio.to_thread(typed, await providers.address(simulator.known, again), trouble)
    with pytest.raises(Refusal, match=NOT_AGAIN):
        await providers.redeem(simulator.known, again, back["code"], back["iss"])
    # For signing in, it does not matter when that was.
    assert (await sign_in(providers, simulator.known, trouble)).named == EMAIL


@pytest.mark.parametrize("stripped", [("prompt", "max_age"), ("prompt",), ("max_age",)])
async def test_a_browser_that_leaves_out_that_they_are_to_be_asked_gains_nothing(
    simulator: Simulator, stripped: tuple[str, ...]
) -> None:
    """Whoever sits at an open browser can change the address; the answer still says when the person was asked."""
    providers = oidc()
    with httpx.Client() as browser:
        await asyncio.to_thread(typed, await providers.address(simulator.known, asked()), browser=browser)
        await asyncio.sleep(CLOCKS_OF_PROVIDER_DIFFER + 2)
        again = asked(again=AGAIN)
        address = urlsplit(await providers.address(simulator.known, again))
        kept = {name: values[0] for name, values in parse_qs(address.query).items() if name not in stripped}
        answer = await asyncio.to_thread(browser.get, address._replace(query=urlencode(kept)).geturl())
        assert answer.is_redirect == (len(stripped) == 2), "either word alone has them asked"
        if answer.is_redirect:
            back = {name: values[0] for name, values in parse_qs(urlsplit(answer.headers["location"]).query).items()}
            with pytest.raises(Refusal, match=NOT_AGAIN):
                await providers.redeem(simulator.known, again, back["code"], back["iss"])
