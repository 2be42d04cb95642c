"""Staff ask for an act by hand: what has to be declared is asked for, and what is refused is told at its field."""

import html
import re
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import httpx
import pytest

from api.app import open_ports
from domain.ids import ProcedureId
from tests.api.people import ADMINISTRATOR, AUDITOR, CLERK, DECLARED, OFFICE, House, fresh, open_hours, wait_for
from tests.api.people import IN_TIME as AFTER_EVERY_TERM


def local(at: datetime) -> str:
    return f"{open_hours(at).astimezone(ZoneInfo('Europe/Madrid')):%Y-%m-%dT%H:%M}"


def person(role: str, name: str, **rest: str) -> dict[str, str]:
    said = {"name": name, "birth_date": "1961-04-09", "email": f"{role}@correo.example"} | rest
    return {f"{role}-1-{field}": value for field, value in said.items()}


def form(**changes: str) -> dict[str, str]:
    return {
        "key": f"page-{fresh()['Idempotency-Key']}",
        "body": "peace-court-lira",
        "office": "ojm-vilar",
        "new_date": local(datetime.now(UTC) + AFTER_EVERY_TERM),
        **person("applicant", "Anxo Ruiz Seoane", document_number="99104321N", office="ojm-vilar"),
        **person("respondent", "Marta Lago Prieto", document_number="99218765P", office="ojm-vilar"),
        **{f"f.{name}": value for name, value in DECLARED.items()},
        **changes,
    }


def ask(client: httpx.Client, said: dict[str, str], kind: str = "conciliation") -> httpx.Response:
    return client.post(f"/ask/{kind}", data=said, headers={"Accept": "text/html"})


def test_the_desk_offers_what_has_to_be_declared_and_asks_it_in_the_words_of_the_type(house: House) -> None:
    desk = house.staff(OFFICE)
    listed = desk.get("/ask").text
    for kind in ("conciliation", "mediation", "voluntary_jurisdiction_hearing"):
        assert f'href="/ask/{kind}"' in listed
    assert 'href="/ask"' in desk.get("/desk").text
    page = html.unescape(desk.get("/ask/conciliation").text)
    assert "Cuantía de la petición en euros" in page
    assert "Alguna es menor de edad" in page
    assert 'value="civil-registry-ponte-nova"' not in page


def test_a_conciliation_is_asked_for_by_hand_and_both_are_summoned(house: House) -> None:
    desk, said = house.staff(OFFICE), form()
    first, again = ask(desk, said), ask(desk, said)
    assert (first.status_code, again.headers["location"]) == (303, first.headers["location"]), first.text
    procedure = re.search(r"prc_[0-9a-z]+", first.headers["location"])
    assert procedure is not None
    wait_for(desk, procedure[0], "summoned")
    page = desk.get(first.headers["location"]).text
    assert "Anxo Ruiz Seoane" in page
    assert house.code(procedure[0], "p1") in page
    assert house.code(procedure[0], "p2") not in page, "nobody is handed the other's code"


async def test_what_was_declared_by_hand_is_kept_with_whose_it_is(house: House) -> None:
    answer = ask(house.staff(OFFICE), form(**{"f.amount": "1.200"}))
    assert answer.status_code == 303, answer.text
    procedure = re.search(r"prc_[0-9a-z]+", answer.headers["location"])
    assert procedure is not None
    async with open_ports(house.settings) as parts:
        first = (await parts.journal.read(ProcedureId(procedure[0])))[0]
    assert first.content["declared"]["values"] == DECLARED
    assert first.content["declared"]["by"].startswith("Xoel Vilas")


SOON = datetime.now(UTC) + timedelta(days=1)


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"f.parties": "minor"}, "matter_excluded", "parties"),
        ({"f.amount": "6000"}, "matter_excluded", "amount"),
        ({"f.object": ""}, "field_required", "object"),
        ({"f.amount": "mucho"}, "field_invalid", "amount"),
        ({"f.admitted_on": "2020-01-07"}, "held_too_late", "new_date"),
        ({"new_date": local(SOON)}, "summoned_too_late", "new_date"),
        ({"new_date": "mañana"}, "field_invalid", "new_date"),
        ({"body": "civil-registry-ponte-nova"}, "body_not_competent", "body"),
        ({"body": ""}, "field_required", "body"),
        ({"respondent-1-name": ""}, "field_required", "respondent-1-name"),
        ({"respondent-1-birth_date": ""}, "birth_date_needed", "respondent-1-birth_date"),
        ({"respondent-1-birth_date": "2024-01-07"}, "minor_from_elsewhere", "respondent-1-birth_date"),
        ({"applicant-1-email": "anxo"}, "email_malformed", "applicant-1-email"),
        ({"applicant-1-mobile": "12"}, "phone_malformed", "applicant-1-mobile"),
        ({"applicant-1-document_number": "12345678A"}, "letter_does_not_fit", "applicant-1-document_number"),
        ({"respondent-2-email": "otra@correo.example"}, "field_required", "respondent-2-name"),
    ],
)
def test_what_is_refused_is_told_at_its_field_with_a_way_out(
    house: House, changes: dict[str, str], code: str, field: str
) -> None:
    answer = ask(house.staff(OFFICE), form(**changes))
    assert answer.status_code in (403, 409, 422), answer.text
    assert f'data-problem="{code}"' in answer.text
    assert f'data-test="fault-{field}"' in answer.text
    words = re.search(r"data-field-words>([^<]*)<", answer.text)
    assert words is not None and len(words[1]) > 10


def test_it_is_told_in_the_language_of_whoever_asks(house: House) -> None:
    said = {"Accept": "text/html", "Accept-Language": "en"}
    answer = house.staff(OFFICE).post("/ask/conciliation", data=form(**{"f.parties": "minor"}), headers=said)
    assert "Somebody is a minor" in answer.text
    assert "The application is not admitted" in answer.text


def test_everything_that_is_wrong_is_told_at_once(house: House) -> None:
    said = form(**{"f.object": "", "f.matter": "", "applicant-1-email": "anxo", "new_date": ""})
    answer = ask(house.staff(OFFICE), said)
    told = set(re.findall(r'data-test="fault-([^"]+)"', answer.text))
    assert told == {"object", "matter", "applicant-1-email", "new_date"}


def test_whoever_the_law_wants_besides_is_asked_for_where_they_are_written(house: House) -> None:
    declared = {
        "object": "Medidas de apoyo.",
        "subject": "support_measures",
        "affects": "supported",
        "obstacle": "nothing",
    }
    said: dict[str, Any] = {name: value for name, value in form().items() if not name.startswith(("f.", "respondent"))}
    said |= {f"f.{name}": value for name, value in declared.items()} | {"body": "court-ponte-nova"}
    answer = ask(house.staff(OFFICE), said, "voluntary_jurisdiction_hearing")
    assert 'data-problem="role_needed"' in answer.text
    assert 'data-test="fault-prosecutor-1-name"' in answer.text


def test_whoever_holds_acts_asks_for_those_of_their_body_and_says_why_a_term_is_shortened(house: House) -> None:
    clerk = house.staff(CLERK)
    assert 'name="shortened_terms"' in clerk.get("/ask/conciliation").text
    assert 'name="shortened_terms"' not in house.staff(OFFICE).get("/ask/conciliation").text
    soon = {"body": "peace-court-lira", "new_date": local(SOON)}
    refused = ask(clerk, form(**soon))
    assert 'data-problem="summoned_too_late"' in refused.text
    short = ask(clerk, form(**soon, shortened_terms="no"))
    assert 'data-test="fault-shortened_terms"' in short.text
    begun = ask(clerk, form(**soon, shortened_terms="Una de las partes sale del país ese día."))
    assert begun.status_code == 303, begun.text
    assert begun.headers["location"].startswith("/procedures/prc_")


def test_nobody_else_asks(house: House) -> None:
    for other in (ADMINISTRATOR, AUDITOR):
        assert house.staff(other).get("/ask/conciliation").status_code >= 400
        assert ask(house.staff(other), form()).status_code >= 400
    assert house.staff(OFFICE).get("/ask/nothing").status_code == 404
