"""Pages that stay up to date, and what people meet while the engine is away."""

import base64
import json
import threading
import time
from collections.abc import Iterator
from datetime import timedelta

import httpx
import pytest

from api.services.live import LONGEST
from deploy.stack import Stack
from domain.access.accounts import LIFETIMES, SessionKind
from settings import Settings
from tests.api.conftest import serving
from tests.api.people import CLERK, FOREIGN_CLERK, OFFICE, House, asked, command, fresh


class Page:
    """An open page that follows, until whoever opened it signs out."""

    def __init__(self, client: httpx.Client, address: str) -> None:
        self._client = client
        self.events: list[dict[str, object]] = []
        self.last_event = ""
        self.over = threading.Event()
        self._open = threading.Event()
        self._thread = threading.Thread(target=self._follow, args=(client, address), daemon=True)
        self._thread.start()
        assert self._open.wait(10)

    def _follow(self, client: httpx.Client, address: str) -> None:
        with client.stream("GET", address, timeout=httpx.Timeout(10, read=30)) as answer:
            assert answer.headers["content-type"].startswith("text/event-stream")
            for line in answer.iter_lines():
                self._open.set()
                if line.startswith("event:"):
                    self.last_event = line[6:].strip()
                if line.startswith("data:"):
                    self.events.append(json.loads(line[5:]))
        self.over.set()

    def close(self) -> bool:
        self._client.delete("/api/v1/sessions/current")
        return self.over.wait(10)

    def hears(self, events: int) -> bool:
        deadline = time.monotonic() + 10
        while time.monotonic() < deadline and len(self.events) < events:
            time.sleep(0.02)
        return len(self.events) >= events

    def told(self, procedure: str) -> bool:
        deadline = time.monotonic() + 10
        while time.monotonic() < deadline:
            if any(event.get("procedure") == procedure for event in self.events):
                return True
            time.sleep(0.02)
        return False


def test_a_change_reaches_the_pages_that_may_know_it(house: House) -> None:
    procedure, other = house.conciliation(), house.conciliation()
    one = Page(house.another(CLERK), f"/events?procedure={procedure}")
    board = Page(house.another(OFFICE), "/events?board=1")
    foreign = Page(house.another(FOREIGN_CLERK), "/api/v1/events?board=1")
    for changed in (other, procedure):
        assert command(house.citizen(changed, "p1"), changed, "check_in", participant="p1").status_code == 200
    assert one.told(procedure)
    assert board.told(procedure)
    assert board.told(other)
    assert {event["procedure"] for event in one.events} == {procedure}
    assert set(one.events[0]) == {"procedure", "seq", "stage"}
    assert not foreign.events
    assert all(page.close() for page in (one, board, foreign))


def test_signing_out_closes_the_pages(house: House) -> None:
    page = Page(house.another(CLERK), "/events?board=1")
    assert not page.over.is_set()
    assert page.close()


def test_a_citizen_follows_only_his_own_procedure(house: House) -> None:
    procedure = house.conciliation()
    citizen = house.citizen(procedure, "p1")
    assert citizen.get("/events?board=1").status_code == 404
    assert citizen.get(f"/events?procedure={house.conciliation_once()}").status_code == 404
    assert house.client().get("/events?board=1").status_code == 401


def test_a_pass_to_the_room_says_what_the_workflow_decided(house: House) -> None:
    procedure = house.conciliation()
    citizen = house.arrived(procedure, "p1")
    answer = citizen.post(f"/procedures/{procedure}/room-token", headers=fresh())
    assert answer.status_code == 201
    assert answer.json()["url"] == f"ws://{house.settings.rooms_host}:{house.settings.rooms_port}/ws"
    assert '"admitted":false' in _body(answer.json()["token"])
    assert citizen.post(f"/procedures/{house.conciliation_once()}/room-token", headers=fresh()).status_code == 404


def _body(token: str) -> str:
    return base64.urlsafe_b64decode(token.split(".")[0] + "==").decode()


@pytest.fixture
def without_engine(house: House, prepared: Stack, settings: Settings) -> Iterator[House]:
    """The same installation while nobody answers at the engine's address."""
    away = settings.model_copy(update={"temporal_address": "127.0.0.1:1"})
    with serving(away, prepared.var / "logins.json") as lonely:
        yield lonely


def test_while_the_engine_is_away_nothing_is_acknowledged_and_everything_can_be_read(
    house: House, without_engine: House
) -> None:
    procedure = house.conciliation_once()
    clerk = without_engine.staff(CLERK)
    began = time.monotonic()
    answer = command(clerk, procedure, "cancel_procedure", reason="No se hará.")
    waited = timedelta(seconds=time.monotonic() - began)
    assert (answer.status_code, answer.json()["code"]) == (503, "engine_unavailable")
    assert int(answer.headers["retry-after"]) > 0
    assert waited < timedelta(seconds=8), "the API gives up long before a person does"
    refused = without_engine.machine().post("/api/v1/procedures", json=asked(), headers=fresh())
    assert refused.status_code == 503
    seen = clerk.get(f"/api/v1/procedures/{procedure}/progress")
    assert seen.json()["status"]["stage"] == "summoned"
    health = without_engine.client().get("/api/v1/health")
    assert (health.status_code, health.json()["status"]) == (200, "degraded")
    assert health.json()["servers"] == {"engine": "away", "database": "ok", "store": "ok"}
    assert without_engine.client().get("/healthz").json() == {"status": "ok"}
    assert house.staff(CLERK).get(f"/api/v1/procedures/{procedure}").json()["stage"] == "summoned"


def test_a_session_follows_no_more_pages_than_anybody_looks_at(house: House) -> None:
    clerk = house.another(CLERK)
    pages = [Page(clerk, "/events?board=1") for _ in range(20)]
    refused = clerk.get("/api/v1/events?board=1")
    assert (refused.status_code, refused.json()["code"]) == (429, "too_many_requests")
    assert house.staff(OFFICE).get("/api/v1/sessions/current").status_code == 200
    clerk.delete("/api/v1/sessions/current")
    assert all(page.over.wait(10) for page in pages)


def test_a_page_is_followed_no_longer_than_a_session_may_idle_and_a_little(house: House) -> None:
    """Whoever walks away leaves a page that asks again, as nobody: an open stream keeps no session alive."""
    assert LIFETIMES[SessionKind.STAFF].idle.total_seconds() < LONGEST < 3600
    with serving(house.settings, house.logins_file) as behind:
        behind.app.state.changes.longest = 1.0
        page = Page(behind.another(CLERK), "/events?board=1")
        assert page.over.wait(10)
        assert page.last_event != "over", "the session goes on"
