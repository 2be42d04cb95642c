"""Over HTTP alone: the code of a summons, typed at another computer, opens a session and nothing that stood."""

import base64
import json

import httpx
import pytest

from tests.api.people import CLERK, House, command, fresh

WHO = {"participant": "p1"}


def done(answer: httpx.Response) -> None:
    assert answer.status_code == 200, answer.text


def person(client: httpx.Client, procedure: str) -> dict[str, object]:
    state = client.get(f"/api/v1/procedures/{procedure}/progress").json()
    return next(dict(p) for p in state["participants"] if p["id"] == "p1")


def admitted(house: House, procedure: str) -> httpx.Client:
    """The first person at an enrolled computer, admitted and identified."""
    clerk, citizen = house.staff(CLERK), house.citizen(procedure, "p1", office="ojm-vilar")
    done(command(citizen, procedure, "check_in", **WHO))
    done(command(citizen, procedure, "acknowledge_warnings", **WHO, text_version="2026-1"))
    done(command(clerk, procedure, "open_room"))
    done(command(clerk, procedure, "admit_participant", **WHO))
    done(command(clerk, procedure, "waive_identity", **WHO, reason="La conozco desde hace muchos años"))
    assert person(clerk, procedure)["identified"]
    return citizen


@pytest.mark.usefixtures("rooms")
def test_the_code_alone_takes_over_no_seat(house: House) -> None:
    procedure, clerk = house.conciliation(), house.staff(CLERK)
    first = admitted(house, procedure)

    second = house.citizen(procedure, "p1")

    assert first.get("/api/v1/sessions/current").status_code == 401
    seen = person(clerk, procedure)
    assert (seen["presence"], seen["identified"], seen["seat_taken_over"]) == ("waiting", False, True)
    assert seen["identity_lapsed"] == "seat_taken_over"
    for who, lines in (("es", "desde otra sesión"), ("en", "in another session")):
        told = clerk.get(f"/api/v1/procedures/{procedure}/timeline", headers={"Accept-Language": who})
        assert lines in told.text
    page = clerk.get(f"/procedures/{procedure}")
    assert 'data-test="taken-over-p1"' in page.text

    refused = command(second, procedure, "withdraw_consent", **WHO)
    assert (refused.status_code, refused.json()["code"]) == (409, "seat_taken_over")
    looked = second.get(f"/api/v1/procedures/{procedure}/documents/d1.pdf")
    assert looked.json()["code"] == "seat_taken_over"
    assert claims(second, procedure)["admitted"] is False

    done(command(clerk, procedure, "admit_participant", **WHO))
    assert claims(second, procedure)["admitted"] is True
    done(command(clerk, procedure, "waive_identity", **WHO, reason="Es la misma persona, la he visto"))
    assert command(second, procedure, "withdraw_consent", **WHO).json()["code"] == "no_consent_to_withdraw"


def claims(client: httpx.Client, procedure: str) -> dict[str, object]:
    answer = client.post(f"/api/v1/procedures/{procedure}/room-token", headers=fresh())
    assert answer.status_code == 201, answer.text
    body = answer.json()["token"].split(".")[0]
    return dict(json.loads(base64.urlsafe_b64decode(body + "==")))


def test_a_session_that_has_not_arrived_enters_no_room_and_reads_no_document(house: House) -> None:
    procedure = house.conciliation()
    citizen = house.citizen(procedure, "p1")
    codes = {
        citizen.post(f"/api/v1/procedures/{procedure}/room-token", headers=fresh()).json()["code"],
        citizen.get(f"/api/v1/procedures/{procedure}/documents/d1.pdf").json()["code"],
        command(citizen, procedure, "acknowledge_warnings", **WHO, text_version="2026-1").json()["code"],
    }
    assert codes == {"session_not_arrived"}


def test_whoever_is_let_arrive_by_the_desk_sits_down_without_a_button(house: House) -> None:
    procedure = house.conciliation()
    done(command(house.staff(CLERK), procedure, "check_in", **WHO))
    citizen = house.citizen(procedure, "p1", office="ojm-vilar")
    done(command(citizen, procedure, "acknowledge_warnings", **WHO, text_version="2026-1"))
