"""Signing in with an account provider that somebody else wrote: discovery, PKCE, state, nonce and its keys."""

import asyncio
import re
import socket
import subprocess
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urljoin, urlsplit

import httpx
import pytest

from adapters.account_providers.oidc import AccountProvidersOidc
from deploy.place import PROJECT
from domain.access.account_providers import AccountProvider, SignInRequest, ToShowAgain
from domain.errors import Refusal
from domain.ids import AccountId, AdministrationId

BACK = "https://estrado.example/staff/provider/atlantia/back"
CLIENT, SECRET = "estrado of atlantia", "a secret: with signs & 100% of + and /"
EMAIL = "iria.outeiro@justicia.atlantia.example"
STEPS = 12


@dataclass
class Foreign:
    known: AccountProvider
    process: subprocess.Popen[str]


@pytest.fixture(params=["ES256", "PS256"])
def foreign(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Foreign]:
    """Served by node, as its authors published it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    program = PROJECT / "tests" / "adapters" / "foreign_provider.js"
    command = ["node", str(program), str(port), CLIENT, SECRET, BACK, request.param]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        assert process.stdout is not None
        heard = [process.stdout.readline() for _ in range(1)]
        assert heard == ["serves\n"], "run `make setup`"
        (tmp_path / "secret").write_text(SECRET)
        known = AccountProvider(
            issuer=f"http://localhost:{port}", client_id=CLIENT, client_secret_file=tmp_path / "secret"
        )
        yield Foreign(known, process)
        process.terminate()


def asked(**changes: Any) -> SignInRequest:
    return SignInRequest(
        state="a state", browser="a browser", administration=AdministrationId("atlantia"), back=BACK,
        nonce="a nonce", verifier="v" * 64, next="", ends_at=datetime.now(UTC) + timedelta(minutes=5),
    ).but(**changes)  # fmt: skip


def typed(address: str, browser: httpx.Client | None = None) -> dict[str, str]:
    """As a browser: signs in, agrees, and is led back; what stands in the way back. `asks`: how often it was asked."""
    asks = 0
    with nullcontext(browser) if browser else httpx.Client() as browser:
        answer = browser.get(address)
        for _ in range(STEPS):
            if answer.is_redirect:
                there = urljoin(str(answer.url), answer.headers["location"])
                if there.startswith(BACK):
                    said = {name: values[0] for name, values in parse_qs(urlsplit(there).query).items()}
                    return {**said, "asks": str(asks)}
                answer = browser.get(there)
                continue
            form = re.search(r'action="([^"]+)" method="post"', answer.text)
            prompt = re.search(r'name="prompt" value="(\w+)"', answer.text)
            assert form and prompt, answer.text
            asks += prompt[1] == "login"
            said = {"prompt": prompt[1], "login": EMAIL, "password": "whatever"}
            answer = browser.post(urljoin(str(answer.url), form[1]), data=said)
    raise AssertionError("it leads nowhere")


def ours() -> AccountProvidersOidc:
    return AccountProvidersOidc((), ())


async def test_who_has_signed_in_there_is_told_and_a_code_is_good_once(foreign: Foreign) -> None:
    providers, request = ours(), asked()
    back = await asyncio.to_thread(typed, await providers.address(foreign.known, request))
    assert (back["state"], back["iss"]) == (request.state, foreign.known.issuer)

    who = await providers.redeem(foreign.known, request, back["code"], back["iss"])
    assert (who.subject, who.named) == (EMAIL, EMAIL)
    with pytest.raises(Refusal, match="account_provider_answer"):
        await providers.redeem(foreign.known, request, back["code"], back["iss"])
    leaving = await providers.leaving(foreign.known, "https://estrado.example/staff")
    assert leaving is not None and leaving.startswith(foreign.known.issuer)


@pytest.mark.parametrize("changed", [{"verifier": "w" * 64}, {"nonce": "another"}])
async def test_the_answer_to_another_request_is_refused(foreign: Foreign, changed: dict[str, str]) -> None:
    providers, request = ours(), asked()
    back = await asyncio.to_thread(typed, await providers.address(foreign.known, request))
    with pytest.raises(Refusal, match="account_provider_answer"):
        await providers.redeem(foreign.known, request.but(**changed), back["code"], back["iss"])


@pytest.mark.parametrize("issuer", ["", "https://elsewhere.example"])
async def test_a_provider_that_names_itself_has_to(foreign: Foreign, issuer: str) -> None:
    providers, request = ours(), asked()
    back = await asyncio.to_thread(typed, await providers.address(foreign.known, request))
    with pytest.raises(Refusal, match="account_provider_answer"):
        await providers.redeem(foreign.known, request, back["code"], issuer)


async def test_whoever_shows_themselves_again_is_asked_once_more(foreign: Foreign) -> None:
    providers = ours()
    again = ToShowAgain(session="ses_1", account=AccountId("acc_1"), about="0" * 64)
    with httpx.Client() as browser:
        for what, asks in ((None, "1"), (None, "0"), (again, "1")):
            request = asked(again=what)
            back = await asyncio.to_thread(typed, await providers.address(foreign.known, request), browser)
            assert back["asks"] == asks
            assert (await providers.redeem(foreign.known, request, back["code"], back["iss"])).named == EMAIL
