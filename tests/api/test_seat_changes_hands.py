"""Support measures turn out to be asked for while a court clerk holds the act: a judge takes the seat over."""

import asyncio

import pytest

from tests.api.people import OTHER_CLERK, House, command, fresh
from tests.api.test_free_seats import Act, rooms
from tests.api.test_reserved_seats import JUDGE, OTHER, SUPPORT, account, appearance

__all__ = ["rooms"]

SAID = {"object": "Medidas de apoyo para una persona.", "obstacle": "nothing"}


@pytest.mark.usefixtures("rooms")
async def test_a_judge_takes_the_seat_over_and_the_court_clerk_is_out(house: House) -> None:
    await asyncio.to_thread(_take_over, house)


def _take_over(house: House) -> None:
    asked_for = appearance(house, {"account": account(house, OTHER_CLERK)}, **OTHER)
    act, judge = Act(house, str(asked_for.json()["id"]), OTHER_CLERK), house.staff(JUDGE)
    act.reaches("summoned")
    assert command(judge, act.id, "open_room").json()["code"] == "host_only"
    act.say(act.host, "open_room")
    act.say(act.host, "add_item", code="A57")
    noted = next(item["id"] for item in act.state()["agenda"] if item["code"] == "A57")
    act.say(act.host, "open_item", item=noted)
    act.say(act.host, "fill_item", item=noted, values=SAID | SUPPORT, done=True)
    items = {item["code"]: item["id"] for item in act.state()["agenda"]}

    refused = command(act.host, act.id, "open_item", item=items["A01"])
    assert (refused.status_code, refused.json()["code"]) == (403, "seat_reserved"), refused.text
    act.say(judge, "take_seat")

    seat = next(one for one in act.state()["participants"] if one["role"] == "presiding")
    assert (seat["name"], seat["presence"]) == ("Sabela Rial Figueira", "expected")
    assert command(act.host, act.id, "open_item", item=items["A01"]).json()["code"] == "host_only"
    before = command(judge, act.id, "open_item", item=items["A01"])
    assert before.json()["code"] == "presence_missing", before.text
    passed = judge.post(f"/api/v1/procedures/{act.id}/room-token", json={}, headers=fresh())
    assert passed.status_code == 201, passed.text
    told = judge.get(f"/api/v1/procedures/{act.id}/timeline").text
    assert "Sabela Rial Figueira ocupa su puesto" in told
