"""What was saved last stays: late typing and a second window write over nothing that was not on their screen."""

import html
import re
import uuid

import httpx
import pytest

from tests.api.people import CLERK, House, command
from tests.api.seen import seen

ITEM, PAGE = "i1", {"Accept": "text/html"}


def opened(house: House) -> tuple[str, httpx.Client, httpx.Client]:
    """A session with its first item open, and two windows of the clerk."""
    procedure, one, two = house.conciliation(), house.staff(CLERK), house.another(CLERK)
    for name, body in (("open_room", {}), ("open_item", {"item": ITEM})):
        answer = command(one, procedure, name, **body)
        assert answer.status_code == 200, answer.text
        people = one.get(f"/api/v1/procedures/{procedure}/progress").json()["participants"]
        seen(house, procedure, *(person["id"] for person in people if person["role"] == "clerk"))
    return procedure, one, two


def save(window: httpx.Client, procedure: str, text: str, revision: int, **more: str) -> httpx.Response:
    form = {
        "key": f"page-{uuid.uuid4().hex}", "csrf": str(window.headers["X-CSRF-Token"]), "item": ITEM,
        "revision": str(revision), "f.publicity": "closed", "f.restriction_reason": text, "done": "false",
    } | more  # fmt: skip
    return window.post(f"/procedures/{procedure}/acts/fill-item", data=form, headers=PAGE)


def types(window: httpx.Client, procedure: str, text: str, revision: int) -> httpx.Response:
    form = {"f.restriction_reason": text, "revision": str(revision)}
    return window.post(
        f"/procedures/{procedure}/items/{ITEM}/typing", data=form, headers={"Idempotency-Key": str(uuid.uuid4())}
    )


def shown(window: httpx.Client, procedure: str) -> tuple[str, int]:
    """What the form of the open item says, and over which revision it would be saved."""
    page = window.get(f"/procedures/{procedure}").text
    form = page[page.index('id="form-i1"') :]
    said = re.search(r'name="f.restriction_reason"[^>]*>([^<]*)<', form)
    revision = re.search(r'name="revision" value="(\d+)"', form)
    assert said and revision
    return html.unescape(said[1]), int(revision[1])


@pytest.mark.usefixtures("rooms")
def test_a_late_draft_does_not_undo_what_was_saved_after_it(house: House) -> None:
    procedure, window, _ = opened(house)
    assert types(window, procedure, "A", 0).status_code == 200
    assert save(window, procedure, "B", 0).status_code == 303
    assert types(window, procedure, "A", 0).status_code == 409
    assert shown(window, procedure) == ("B", 1)
    stale = {"values": {"restriction_reason": "A"}, "revision": 0}
    late = window.put(f"/api/v1/procedures/{procedure}/drafts/{ITEM}", json=stale)
    assert late.json()["code"] == "item_saved_meanwhile"
    assert types(window, procedure, "C", 1).status_code == 200
    assert shown(window, procedure) == ("C", 1)


@pytest.mark.usefixtures("rooms")
def test_the_second_window_to_save_is_told_and_sees_both_texts(house: House) -> None:
    procedure, one, two = opened(house)
    assert save(one, procedure, "Resolución de uno", 0).status_code == 303
    refused = save(two, procedure, "Resolución de dos", 0)
    assert refused.status_code == 409
    for words in ('data-problem="item_saved_meanwhile"', 'data-revision="1"', "Resolución de uno", "Iria Outeiro"):
        assert words in refused.text
    assert shown(one, procedure) == ("Resolución de uno", 1)
    assert save(two, procedure, "Resolución de uno y dos", 1, done="true").status_code == 303
    for reason, revision, status in (("Errata", 1, 409), ("Errata", 2, 303)):
        corrected = {
            "key": f"page-{uuid.uuid4().hex}", "csrf": str(one.headers["X-CSRF-Token"]), "item": ITEM, "reason": reason,
            "revision": str(revision), "f.publicity": "public",
        }  # fmt: skip
        assert one.post(f"/procedures/{procedure}/acts/correct-item", data=corrected).status_code == status


@pytest.mark.usefixtures("rooms")
def test_everything_that_is_wrong_with_a_form_is_told_at_once(house: House) -> None:
    procedure, window, _ = opened(house)
    form = {
        "key": f"page-{uuid.uuid4().hex}",
        "csrf": str(window.headers["X-CSRF-Token"]),
        "reason": "",
        "new_date": "x",
    }
    told = window.post(f"/procedures/{procedure}/acts/adjourn-procedure", data=form, headers=PAGE).text
    assert re.findall(r'data-field="(\w+)" data-test="fault', told) == ["reason", "new_date"]
    point = save(window, procedure, "x" * 2001, 0, done="true", **{"f.publicity": ""}).text
    assert re.findall(r'data-field="(\w+)" data-test="fault', point) == ["publicity", "restriction_reason"]
