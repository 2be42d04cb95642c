"""The engine is killed while requests are under way (F-12): what was not done does not count, nothing is done twice."""

import asyncio
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from adapters.wiring import temporal_client
from api.http.problems import problem_text
from bench.installation import settings_of
from deploy.stack import SERVERS, Stack
from domain.errors import Refusal
from domain.ids import ProcedureId, workflow_id
from domain.refusals.platform import ENGINE_UNAVAILABLE
from tests.api.conftest import serving
from tests.api.people import CLERK, House, asked, fresh, wait_for
from tests.conftest import eventually

pytestmark = pytest.mark.timeout(400)  # a whole stack starts, dies and comes back

Send = Callable[[], httpx.Response]


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """Of these tests alone: its engine may die."""
    with Stack(tmp_path_factory.mktemp("lonely")) as stack:
        stack.need(*SERVERS)
        stack.prepare()
        stack.need("worker")
        yield stack


@pytest.fixture(scope="module")
def lonely(stack: Stack) -> Iterator[House]:
    with serving(settings_of(stack), stack.var / "logins.json") as house:
        yield house


def sending(client: httpx.Client, path: str, **body: object) -> Send:
    """A request that is the same one, however often it is sent."""
    key = fresh()
    return lambda: client.post(path, json=body, headers=key)


def insisting(send: Send) -> httpx.Response:
    """What a client does: the same request again after as long as the refusal says."""
    for _ in range(15):
        answer = send()
        if "retry-after" not in answer.headers:
            return answer
        time.sleep(int(answer.headers["retry-after"]))
    raise AssertionError(f"never done: {answer.text}")


def act(procedure: str, name: str) -> str:
    return f"/api/v1/procedures/{procedure}/commands/{name}"


def says_try_again(answer: httpx.Response) -> bool:
    said = (answer.status_code, answer.headers["content-type"], answer.json().get("code"))
    return said == (503, "application/problem+json", "engine_unavailable") and int(answer.headers["retry-after"]) > 0


def happenings(house: House, procedure: str) -> Counter[str]:
    """How often each kind of event stands in the journal."""
    timeline = house.staff(CLERK).get(f"/api/v1/procedures/{procedure}/timeline").json()["items"]
    return Counter(str(happening["type"]) for happening in timeline)


def brought_back(stack: Stack) -> None:
    stack.start("temporal")
    stack.need("worker")


def waits_for_a_worker(house: House, procedure: str) -> bool:
    """True once the engine holds something of that procedure that no worker has taken."""

    async def look() -> bool:
        client = await temporal_client(house.settings)
        described = await client.get_workflow_handle(workflow_id(ProcedureId(procedure))).describe()
        return described.raw_description.HasField("pending_workflow_task")

    return asyncio.run(look())


def test_what_is_under_way_is_refused_while_the_engine_is_down_and_done_once_when_it_is_back(
    stack: Stack, lonely: House
) -> None:
    procedure = lonely.conciliation()
    before = happenings(lonely, procedure)
    send = sending(lonely.staff(CLERK), act(procedure, "cancel_procedure"), reason="La solicitante desiste.")
    stack.kill("worker", hold=True)
    with ThreadPoolExecutor(1) as pool:
        under_way = pool.submit(send)
        eventually(lambda: waits_for_a_worker(lonely, procedure))
        stack.kill("temporal", hold=True)
        assert says_try_again(under_way.result())
    assert not stack.pid("temporal"), "the answer did not wait for the engine"
    assert happenings(lonely, procedure) == before

    brought_back(stack)

    done, again = insisting(send), send()
    assert (done.status_code, done.json()["stage"]) == (200, "cancelled"), done.text
    assert again.content == done.content
    assert happenings(lonely, procedure) == before + Counter(["official_seated", "procedure_cancelled"])


def test_what_is_asked_of_a_dead_engine_is_refused_and_happens_once_when_it_is_back(
    stack: Stack, lonely: House
) -> None:
    procedure, other = lonely.conciliation(), lonely.conciliation()
    clerk = lonely.staff(CLERK)
    cancel = sending(clerk, act(procedure, "cancel_procedure"), reason="La solicitante desiste.")
    request = sending(lonely.machine(), "/api/v1/procedures", **asked())
    form = {"reason": "No comparece nadie.", "key": fresh()["Idempotency-Key"]}
    stack.kill("temporal", hold=True)

    refused = [cancel(), request(), cancel(), request()]
    pressed = clerk.post(f"/procedures/{other}/acts/cancel-procedure", data=form, headers={"Accept": "text/html"})
    looked_at = [clerk.get(f"/procedures/{other}"), clerk.get("/board"), clerk.get(f"/api/v1/procedures/{other}")]

    assert all(map(says_try_again, refused)), [answer.text for answer in refused]
    words = problem_text(Refusal(ENGINE_UNAVAILABLE), "es")
    assert (pressed.status_code, pressed.headers["content-type"]) == (503, "text/html; charset=utf-8")
    assert int(pressed.headers["retry-after"]) > 0
    assert words.title in pressed.text
    assert words.next in pressed.text
    assert "Traceback" not in pressed.text
    assert [page.status_code for page in looked_at] == [200, 200, 200], "whoever only looks does not notice"
    assert not stack.pid("temporal")
    assert happenings(lonely, procedure)["procedure_cancelled"] == 0

    brought_back(stack)

    assert insisting(cancel).content == cancel().content
    assert happenings(lonely, procedure)["procedure_cancelled"] == 1
    begun = insisting(request)
    wait_for(lonely.machine(), begun.json()["id"], "summoned")
    assert request().json()["id"] == begun.json()["id"]
    assert happenings(lonely, begun.json()["id"])["procedure_requested"] == 1
    for _ in range(2):
        clerk.post(f"/procedures/{other}/acts/cancel-procedure", data=form)
    assert happenings(lonely, other)["procedure_cancelled"] == 1


def test_of_many_at_once_each_was_done_or_refused_and_repeating_all_does_each_once(stack: Stack, lonely: House) -> None:
    procedures = [lonely.conciliation() for _ in range(3)]
    seats = [
        (lonely.citizen(procedure, person), procedure, person) for procedure in procedures for person in ("p1", "p2")
    ]
    said = {"check_in": {}, "acknowledge_warnings": {"text_version": "2026-01"}, "ask_help": {}}
    sends = [
        [sending(client, act(procedure, name), participant=person, **rest) for name, rest in said.items()]
        for client, procedure, person in seats
    ]

    answered = threading.Event()

    def one_after_the_other(those: list[Send]) -> list[httpx.Response]:
        answers = []
        for send in those:
            answers.append(send())
            answered.set()
        return answers

    with ThreadPoolExecutor(len(sends)) as pool:
        under_way = [pool.submit(one_after_the_other, those) for those in sends]
        assert answered.wait(30)
        stack.kill("temporal", hold=True)
        answers = [answer for future in under_way for answer in future.result()]
    assert not stack.pid("temporal")
    done = [answer for answer in answers if answer.status_code == 200]
    assert all(says_try_again(answer) for answer in answers if answer not in done), [a.text for a in answers]
    assert 0 < len(done) < len(answers)
    kinds = ("participant_checked_in", "warnings_acknowledged", "help_requested")
    written = sum((happenings(lonely, procedure) for procedure in procedures), Counter())
    assert sum(written[kind] for kind in kinds) >= len(done), "what was acknowledged is in the journal"

    brought_back(stack)

    assert {insisting(send).status_code for those in sends for send in those} == {200}
    for procedure in procedures:
        assert [happenings(lonely, procedure)[kind] for kind in kinds] == [2, 2, 2]
