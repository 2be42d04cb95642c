"""The conformance kit passes our own interface, and tells what lies before it and breaks it what is wrong."""

import json
import subprocess
import sys
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pytest

from bench.demo.listening import free_port
from conformance.asking import Asking
from conformance.following import Following
from conformance.report import Line, explained, tried
from conformance.settings import Api, Hearing, Person
from deploy.place import PROJECT
from domain.types.vocabulary import Stage
from tests.api.broken_proxy import proxy
from tests.api.people import ADMINISTRATOR, CLERK, House, asked, fresh
from tests.api.stages import people, play_to

BROKEN = [
    ("loses_idempotency_key", "created", "status_other", "idempotency_key_missing"),
    ("makes_keys_up", "key_needed", "done_without_key", "201"),
    ("makes_keys_up", "key_reused", "key_ignored", "201"),
    ("makes_keys_up", "repeated", "replay_not_said", "Idempotency-Replayed"),
    ("loses_replayed", "repeated", "replay_not_said", "Idempotency-Replayed"),
    ("answers_200", "created", "status_other", "201"),
    ("loses_location", "created", "header_missing", "Location"),
    ("renames_fields", "created", "shape_other", "/stage"),
    ("retypes_fields", "created", "shape_other", "/seq"),
    ("loses_numbers", "status", "number_lost", "kit-"),
    ("loses_etag", "status", "header_missing", "ETag"),
    ("loses_if_none_match", "not_changed", "not_changed_ignored", "If-None-Match"),
    ("loses_if_match", "state_expected", "state_ignored", "If-Match"),
    ("has_pages_of_its_own", "not_found", "not_a_problem", "text/html"),
    ("loses_language", "refusal_explained", "not_translated", "Accept-Language"),
    ("puts_its_own_key", "stranger_refused", "stranger_let_in", "401"),
    ("changes_files", "documents", "digest_other", "Repr-Digest"),
    ("loses_repr_digest", "documents", "header_missing", "Repr-Digest"),
    ("cuts_files", "bundle", "bundle_damaged", "bundle.zip"),
]
"""What the proxy does wrong -> a check that fails, what it says, and a word that its sentence names."""

WANTS_A_CLOSED_ONE = ("documents", "bundle")
WANTS_A_PERSON = ("state_expected",)


@pytest.fixture(scope="module")
def told(house: House) -> Api:
    """What the team of a regional system writes down first."""
    sent = ("type", "body", "office", "participants", "declared")
    request = {name: value for name, value in asked().items() if name in sent}
    return Api(house.url, house.logins["api_keys"]["atlantia"]["key"], request, seconds=60)


@pytest.fixture(scope="module")
def closed(house: House) -> str:
    """A procedure that the system asked for and that was held to its end."""
    procedure = house.conciliation(participants=people(house))
    play_to(house, procedure, Stage.CLOSED)
    return procedure


@pytest.fixture
def hearing(house: House) -> Any:
    """An address that an administrator registered for it."""
    port, client = free_port(), house.staff(ADMINISTRATOR)
    asking = {"label": "Kit", "url": f"http://127.0.0.1:{port}/estrado"}
    given = client.post("/api/v1/webhooks", json=asking, headers=fresh()).json()
    yield Hearing(port, given["secret"])
    assert client.delete(f"/api/v1/webhooks/{given['endpoint']['id']}").status_code == 204


@pytest.mark.timeout(300)
def test_our_own_interface_passes_whole(house: House, told: Api, closed: str, hearing: Hearing, tmp_path: Path) -> None:
    whole = replace(
        told,
        hearing=hearing,
        person=Person(CLERK, house.password(CLERK)),
        closed=closed,
        verifier=[sys.executable, "-m", "evidence", "verify"],
    )
    (tmp_path / "kit.json").write_text(json.dumps({"api": asdict(whole)}))
    report = tmp_path / "report.json"
    done = subprocess.run(
        [sys.executable, "-m", "conformance", str(tmp_path / "kit.json"), "--json", str(report)],
        cwd=PROJECT, capture_output=True, text=True,
    )  # fmt: skip

    assert done.returncode == 0, done.stdout + done.stderr
    found = json.loads(report.read_text())
    assert found["verdict"] == "PASSED"
    assert len(found["checks"]) == 21


def test_what_is_not_given_is_not_tried_and_said(told: Api) -> None:
    asking = Asking(told)
    found = [*tried(asking.checks()), *tried(Following(told, asking, None).checks())]

    assert [line for line in found if line.verdict == "FAILED"] == []
    left_out = {line.check: line.why for line in found if line.verdict == "NOT_TRIED"}
    assert left_out == {
        "told": "no_listener", "listed": "no_person", "timeline": "no_person", "state_expected": "no_person",
        "cancelled": "no_person", "told_cancelled": "no_person", "documents": "nothing_closed",
        "bundle": "nothing_closed", "verified": "nothing_closed",
    }  # fmt: skip


@pytest.mark.timeout(300)
@pytest.mark.parametrize(("fault", "check", "why", "named"), BROKEN, ids=[f"{one[0]}-{one[1]}" for one in BROKEN])
def test_what_a_proxy_breaks_is_told(
    fault: str, check: str, why: str, named: str, told: Api, request: pytest.FixtureRequest
) -> None:
    if check in WANTS_A_CLOSED_ONE:
        told = replace(told, closed=request.getfixturevalue("closed"))
    if check in WANTS_A_PERSON:
        house: House = request.getfixturevalue("house")
        told = replace(told, person=Person(CLERK, house.password(CLERK)))
    with proxy(told.url, fault, told.key) as url:
        found = tried_there(replace(told, url=url), check)

    assert (found.verdict, found.why) == ("FAILED", why), found
    for language in ("es", "en"):
        assert named in explained(found, language)


def test_a_proxy_that_breaks_nothing_is_not_noticed(told: Api) -> None:
    with proxy(told.url) as url:
        found = list(tried(Asking(replace(told, url=url)).checks()))

    assert [line for line in found if line.verdict != "PASSED"] == []


def tried_there(told: Api, check: str) -> Line:
    """A check, and those before it that it builds upon."""
    asking = Asking(told)
    known = [*asking.checks(), *Following(told, asking, None).checks()]
    wanted = [one for one in known if one[0] == check or (one[0] == "created" and check not in WANTS_A_CLOSED_ONE)]
    found = {line.check: line for line in tried(wanted)}
    return found[check]
