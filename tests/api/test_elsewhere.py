"""The way back from a provider's page: another site sends the browser, no cookie of ours comes, nothing is done."""

import asyncio
import re
from datetime import timedelta

import httpx
import pytest

from api.app import open_ports
from api.ports import now
from domain.ids import ParticipantId, ProcedureId
from domain.ports.exchanges import Exchange, ProviderAnswer
from tests.api.people import CLERK, House, fresh

ANSWER = "/identity/clave/answer"
FROM_ELSEWHERE = {"Origin": "https://provider.example", "Sec-Fetch-Site": "cross-site", "Accept": "text/html"}


async def sent(house: House, procedure: str, reference: str) -> None:
    async with open_ports(house.settings) as ports:
        exchange = Exchange(
            reference=reference,
            procedure=ProcedureId(procedure),
            participant=ParticipantId("p1"),
            message="_1",
            address="https://provider.example/sso",
            fields={},
            expires_at=now() + timedelta(minutes=5),
        )
        await ports.exchanges.open(exchange, f"relay of {reference}")


async def kept(house: House, reference: str, receipt: str) -> ProviderAnswer | None:
    async with open_ports(house.settings) as ports:
        return await ports.exchanges.answer(reference, receipt)


def brought(client: httpx.Client, relay: str, answer: str = "PHhtbC8+") -> httpx.Response:
    form = {"SAMLResponse": answer, "RelayState": relay}
    return client.post(ANSWER, data=form, headers=FROM_ELSEWHERE, follow_redirects=False)


def test_what_a_browser_brings_is_kept_for_whoever_has_the_receipt(house: House) -> None:
    asyncio.run(sent(house, house.conciliation_once(), "idn_kept"))
    answer = brought(house.client(), "relay of idn_kept")
    found = re.search(r"/identity/return\?receipt=([\w-]{43})", answer.text)

    assert answer.status_code == 200 and found is not None
    assert "set-cookie" not in answer.headers
    asked = asyncio.run(kept(house, "idn_kept", found[1]))
    assert asked is not None and asked.text == "PHhtbC8+"


@pytest.mark.parametrize("relay", ["", "of nobody"])
def test_what_nobody_was_sent_for_is_told_so(house: House, relay: str) -> None:
    answer = brought(house.client(), relay)
    assert answer.status_code == 409
    assert 'data-problem="provider_answer_unknown"' in answer.text


@pytest.mark.parametrize("mechanism", ["pin_to_mobile", "nothing_like_it"])
def test_nobody_comes_back_from_where_nobody_goes(house: House, mechanism: str) -> None:
    answer = house.client().post(f"/identity/{mechanism}/answer", data={"RelayState": "x"}, headers=FROM_ELSEWHERE)
    assert answer.status_code == 404


@pytest.mark.parametrize("path", ["/identity/go", f"/identity/return?receipt={'x' * 43}"])
def test_only_the_person_goes_and_comes_back(house: House, path: str) -> None:
    assert house.client().get(path, headers={"Accept": "application/json"}).status_code == 401
    assert house.staff(CLERK).get(path, headers={"Accept": "application/json"}).status_code == 403


@pytest.mark.parametrize("path", ["/identity/go", f"/identity/return?receipt={'x' * 43}"])
def test_whoever_has_begun_nothing_is_led_back(house: House, path: str) -> None:
    person = house.citizen(house.conciliation_once(), "p1")
    answer = person.get(path, headers=fresh(), follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/citizen/room")
