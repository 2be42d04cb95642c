"""On which days and at which hours an act may be held, and what is refused of a request before it is one."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

import procedure_types
import territories
from domain.errors import Refusal
from domain.events.summons import ProcedureRequested
from domain.ids import AdministrationId, OfficeId
from domain.rules.working_time import next_working_moment, within_working_time
from domain.types.procedure_type import ProcedureType
from domain.types.vocabulary import WorkingTime
from tests.domain.samples import resolved
from tests.domain.test_booking import ATLANTIA, LIRA_CLERK, MADRID, WHY, answer, everybody
from tests.domain.test_booking import asked as asked_at_any_time

LIRA, VILAR = OfficeId("ojm-lira"), OfficeId("ojm-vilar")


def at(day: str, hour: str = "10:00") -> datetime:
    return datetime.fromisoformat(f"{day}T{hour}").replace(tzinfo=MADRID)


def earliest(type_id: str, when: datetime, office: OfficeId = LIRA) -> str:
    try:
        within_working_time(resolved(type_id).procedure, ATLANTIA, office, when)
    except Refusal as refusal:
        return str(refusal.params["earliest"])[:16]
    return ""


@pytest.mark.parametrize(
    ("type_id", "when", "first"),
    [
        ("conciliation", at("2026-11-27"), ""),
        ("conciliation", at("2026-11-27", "08:00"), ""),
        ("conciliation", at("2026-11-27", "07:59"), "2026-11-27T08:00"),
        ("conciliation", at("2026-11-27", "19:59"), ""),
        ("conciliation", at("2026-11-27", "20:00"), "2026-11-30T08:00"),
        ("conciliation", at("2026-12-27", "03:00"), "2027-01-07T08:00"),
        ("conciliation", at("2027-08-04"), "2027-09-01T08:00"),
        ("conciliation", at("2026-09-08"), "2026-09-09T08:00"),
        ("life_certificate", at("2027-08-04"), ""),
        ("life_certificate", at("2026-12-28"), ""),
        ("life_certificate", at("2026-12-25"), "2026-12-28T08:00"),
        ("life_certificate", at("2026-11-28"), "2026-11-30T08:00"),
        ("victim_appointment", at("2026-11-29"), "2026-11-30T08:00"),
        ("oral_hearing_witness", at("2027-03-26"), "2027-03-29T08:00"),
    ],
)
def test_acts_are_held_on_working_days_and_at_working_hours(type_id: str, when: datetime, first: str) -> None:
    assert earliest(type_id, when) == first


def refused(type_id: str, when: datetime, lasts: timedelta) -> dict[str, object]:
    try:
        within_working_time(resolved(type_id).procedure.but(lasts=lasts), ATLANTIA, LIRA, when)
    except Refusal as refusal:
        return {"code": refusal.code, **refusal.params}
    return {}


def test_an_act_is_over_before_the_office_closes() -> None:
    slot = timedelta(minutes=45)
    assert refused("conciliation", at("2026-11-27", "19:15"), slot) == {}
    late = refused("conciliation", at("2026-11-27", "19:16"), slot)
    assert (late["code"], late["minutes"], late["closes_at"]) == ("ends_after_closing", 45, "20:00")
    assert str(late["earliest"]).startswith("2026-11-30T08:00")
    closed = refused("conciliation", at("2026-11-27", "20:00"), slot)
    assert closed["code"] == "outside_working_time"


def test_what_takes_longer_than_the_office_is_open_begins_when_it_opens() -> None:
    long = timedelta(hours=13)
    assert refused("conciliation", at("2026-11-27", "08:00"), long) == {}
    assert refused("conciliation", at("2026-11-27", "08:01"), long)["code"] == "ends_after_closing"


def test_the_days_are_those_of_the_town() -> None:
    assert earliest("conciliation", at("2026-09-08"), VILAR) == ""


def test_an_office_that_opens_later_begins_no_act_before() -> None:
    (first, *others) = ATLANTIA.offices
    later = ATLANTIA.but(offices=(first.but(opens_at="09:30", closes_at="14:00"), *others))
    for hour, good in (("09:00", "09:30"), ("13:59", "13:59")):
        found = next_working_moment(WorkingTime.OFFICE, later, first.id, at("2026-11-27", hour))
        assert f"{found:%H:%M}" == good


@given(st.integers(0, 6 * 365 * 24 * 60), st.sampled_from(WorkingTime))
def test_the_moment_that_is_named_is_good_and_not_before_what_was_asked(minutes: int, time: WorkingTime) -> None:
    asked_at = at("2024-01-01") + timedelta(minutes=minutes)
    found = next_working_moment(time, ATLANTIA, LIRA, asked_at)
    assert found >= asked_at
    assert next_working_moment(time, ATLANTIA, LIRA, found) == found
    assert found - asked_at < timedelta(days=40)


# -- what a request may not say --------------------------------------------------------------------------------------


def asked(type_id: str, held: datetime, **changes: object) -> ProcedureRequested:
    return asked_at_any_time(type_id, held, **changes).but(resolved_type=resolved(type_id))


SUNDAY = at("2026-12-20")


def code(refusal: Refusal | None) -> str | None:
    return refusal.code if refusal else None


def test_whoever_directs_the_act_makes_a_day_good_and_says_why() -> None:
    event = asked("conciliation", SUNDAY)
    assert code(answer(event)) == "outside_working_time"
    assert code(answer(event.but(outside_working_time=WHY))) == "terms_not_yours_to_shorten"
    assert answer(event.but(outside_working_time=WHY), by=LIRA_CLERK) is None


@pytest.mark.parametrize(("number", "refused"), [("12345678A", True), ("12345678z", False), ("X0000000A", True),
                                                 ("AAB123456", False), (None, False)])  # fmt: skip
def test_a_number_whose_letter_does_not_fit_is_not_taken(number: str | None, refused: bool) -> None:
    event = everybody(asked("conciliation", at("2026-11-27")), document_number=number)
    assert code(answer(event)) == ("id_letter_wrong" if refused else None)


@pytest.mark.parametrize(
    ("type_id", "body", "refused"),
    [
        ("life_certificate", "court-ponte-nova", True),
        ("life_certificate", "civil-registry-ponte-nova", False),
        ("life_certificate", "peace-court-lira", False),
        ("victim_appointment", "peace-court-lira", True),
        ("oral_hearing_witness", "civil-registry-ponte-nova", True),
        ("conciliation", "victim-office-ponte-nova", True),
        ("mediation", "peace-court-lira", True),
        ("mediation", "adr-unit-ponte-nova", False),
        ("birth_declaration", "peace-court-lira", True),
        ("birth_declaration", "civil-registry-ponte-nova", False),
        ("apud_acta_power", "court-ponte-nova", False),
    ],
)
def test_a_body_holds_what_the_law_gives_it(type_id: str, body: str, refused: bool) -> None:
    refusal = answer(asked(type_id, at("2026-11-27"), body=body))
    assert code(refusal) == ("body_not_competent" if refused else None)


@pytest.mark.parametrize("kind", procedure_types.load().values(), ids=lambda kind: kind.id)
def test_every_shipped_type_says_who_holds_it_and_when(kind: ProcedureType) -> None:
    assert kind.held_by
    # Law: LOPJ art. 184.1, every day and hour is a working one for the investigation of crimes.
    assert kind.working_time or kind.id == "statement_in_investigation"


@pytest.mark.parametrize("administration", ["atlantia", "meseta"])
def test_every_shipped_body_says_what_it_is(administration: str) -> None:
    assert all(body.kind for body in territories.load()[AdministrationId(administration)].bodies)
