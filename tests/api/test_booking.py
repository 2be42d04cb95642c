"""Asking for an act too soon, or with a minor elsewhere than at court: refused, and who may shorten which term."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import httpx
import pytest

from api.app import open_ports
from domain.ids import ProcedureId
from tests.api.people import CLERK, OFFICE, OTHER_CLERK, House, asked, command, fresh, person

WHY = "Las dos partes lo piden: una de ellas sale mañana de viaje."


def soon(**changes: Any) -> dict[str, Any]:
    """Two hours from now, at whatever hour the tests run: the reason makes the hour good too."""
    if "shortened_terms" in changes:
        changes["outside_working_time"] = changes["shortened_terms"]
    return asked(scheduled_at=(datetime.now(UTC) + timedelta(hours=2)).isoformat(), **changes)


def ask(client: httpx.Client, body: dict[str, Any]) -> httpx.Response:
    return client.post("/api/v1/procedures", json=body, headers=fresh())


def test_an_act_within_the_term_is_refused_and_the_day_that_is_named_is_good(house: House) -> None:
    body = soon()
    refused = ask(house.machine(), body)
    assert (refused.status_code, refused.json()["code"]) == (422, "summoned_too_late")
    earliest = refused.json()["params"]["earliest"]
    assert date.fromisoformat(earliest) > datetime.now(UTC).date() + timedelta(days=5)
    assert str(date.fromisoformat(earliest).year) in refused.json()["detail"]
    assert earliest not in refused.json()["detail"], "a day is told in words"

    assert ask(house.machine(), body | {"scheduled_at": f"{earliest}T12:00:00Z"}).status_code == 201


@pytest.mark.parametrize("login", [OFFICE, OTHER_CLERK, None])
def test_whoever_does_not_direct_the_act_shortens_nothing(house: House, login: str | None) -> None:
    refused = ask(house.staff(login) if login else house.machine(), soon(shortened_terms=WHY))
    assert (refused.status_code, refused.json()["code"]) == (403, "terms_not_yours_to_shorten")


async def test_the_reason_of_whoever_directs_the_act_is_in_the_journal_in_that_name(house: House) -> None:
    clerk = house.staff(CLERK)
    assert ask(clerk, soon()).json()["code"] == "summoned_too_late"
    begun = ask(clerk, soon(shortened_terms=WHY))
    assert begun.status_code == 201, begun.text

    async with open_ports(house.settings) as parts:
        first = (await parts.journal.read(ProcedureId(begun.json()["id"])))[0]
    account = clerk.get("/api/v1/sessions/current").json()["account"]["id"]
    assert first.content["shortened_terms"] == WHY
    assert f'"actor":"{account}"' in first.line
    assert "shortened" not in first.line, "the reason is personal: it is in the content, which is encrypted"


async def test_where_no_term_is_short_the_journal_does_not_say_that_one_was(house: House) -> None:
    begun = ask(house.staff(CLERK), asked(shortened_terms=WHY))
    async with open_ports(house.settings) as parts:
        first = (await parts.journal.read(ProcedureId(begun.json()["id"])))[0]
    assert first.content["shortened_terms"] is None


def test_a_procedure_that_exists_is_answered_with_itself_however_late_it_is_asked_for_again(house: House) -> None:
    body = soon(shortened_terms=WHY)
    first = ask(house.staff(CLERK), body)
    del body["shortened_terms"], body["outside_working_time"]
    again = ask(house.staff(CLERK), body)
    assert (again.status_code, again.json()["id"]) == (201, first.json()["id"])
    assert again.headers["location"] == first.headers["location"]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"birth_date": None}, "birth_date_needed"),
        ({"birth_date": "2015-06-01"}, "minor_from_elsewhere"),
        ({"birth_date": "2015-06-01", "office": None}, "minor_from_elsewhere"),
        ({"birth_date": "2015-06-01", "office": "court-ponte-nova"}, None),
        ({"birth_date": "1999-02-30"}, "request_invalid"),
    ],
)
def test_minors_appear_from_the_court_only(house: House, changes: dict[str, Any], code: str | None) -> None:
    applicant = person("applicant", "Anxo Ruiz Seoane", office="ojm-vilar") | changes
    respondent = person("respondent", "Marta Lago Prieto", office="ojm-lira")
    answer = ask(house.machine(), asked(participants=[applicant, respondent]))
    assert answer.json().get("code") == code
    assert answer.status_code == (422 if code else 201)


@pytest.mark.parametrize(
    ("office", "code"),
    [("ojm-vilar", "minor_from_elsewhere"), (None, "minor_from_elsewhere"), ("court-ponte-nova", None)],
)
def test_a_minor_who_is_expected_at_court_sits_down_nowhere_else(
    house: House, office: str | None, code: str | None
) -> None:
    applicant = person("applicant", "Anxo Ruiz Seoane", office="court-ponte-nova") | {"birth_date": "2015-06-01"}
    procedure = house.conciliation(participants=[applicant, person("respondent", "Marta Lago Prieto")])
    answer = command(house.citizen(procedure, "p1", office=office), procedure, "check_in", participant="p1")
    assert (answer.status_code, answer.json().get("code")) == (422 if code else 200, code)


def test_a_date_beyond_all_plans_is_a_mistake(house: House) -> None:
    refused = ask(house.machine(), asked(scheduled_at="2190-01-07T10:00:00Z"))
    assert (refused.status_code, refused.json()["code"]) == (422, "date_too_far")
