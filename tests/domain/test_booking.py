"""When an act may be booked: what every rule lets pass and what it refuses, and the days as a court counts them."""

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

import domain.rules.booking as booking
import territories
from domain.access.accounts import Account
from domain.calendar import after_working_days, is_working
from domain.errors import Refusal
from domain.events.summons import ProcedureRequested
from domain.ids import AccountId, AdministrationId, OfficeId
from domain.rules.booking import RULES, is_early, may_be_booked
from domain.types.procedure_type import Eligibility
from domain.types.vocabulary import StaffRole
from rehearsal.casting import request
from tests.domain.samples import resolved

ATLANTIA = territories.load()[AdministrationId("atlantia")]
MADRID = ZoneInfo("Europe/Madrid")
MONDAY = datetime(2026, 10, 19, 9, tzinfo=MADRID)
"""Nothing but Saturdays and Sundays interrupts the two weeks that follow."""
WHY = "Lo ordena quien dirige el acto: el testigo viaja mañana."

LIRA_CLERK = Account(
    id=AccountId("acc_clerk"),
    administration=ATLANTIA.id,
    name="Iria Outeiro Barral",
    email="clerk@justicia.example",
    roles=(StaffRole.CLERK,),
    body="peace-court-lira",
)


def asked(type_id: str, held: datetime, **changes: object) -> ProcedureRequested:
    """A request whose people are of age and come to a municipal office; at whatever hour, before whatever body."""
    event = request(resolved(type_id), ATLANTIA, id=f"prc_{type_id}", scheduled_at=held)
    terms_alone = event.resolved_type.procedure.but(working_time=None, held_by=())
    event = event.but(resolved_type=event.resolved_type.but(procedure=terms_alone))
    return event.but(**{"body": "peace-court-lira", "shortened_terms": None} | changes)


def everybody(event: ProcedureRequested, **changes: object) -> ProcedureRequested:
    return event.but(participants=tuple(person.but(**changes) for person in event.participants))


def answer(event: ProcedureRequested, at: datetime = MONDAY, by: Account | None = None) -> Refusal | None:
    try:
        may_be_booked(event, at, ATLANTIA, by)
    except Refusal as refusal:
        return refusal
    return None


@pytest.mark.parametrize(
    ("type_id", "first_day", "code"),
    [
        # Asked for on Monday the 19th: ten working days, that day among them, have passed on the 2nd of November.
        ("oral_hearing_witness", date(2026, 11, 2), "requested_too_late"),
        # Between Monday the 19th and Tuesday the 27th lie 20, 21, 22, 23 and 26.
        ("conciliation", date(2026, 10, 27), "summoned_too_late"),
        # Between Monday the 19th and Tuesday the 10th lie four, five, five and one.
        ("voluntary_jurisdiction_hearing", date(2026, 11, 10), "summoned_with_little_notice"),
    ],
)
def test_the_first_day_that_the_term_leaves_is_good_and_the_day_before_is_not(
    type_id: str, first_day: date, code: str
) -> None:
    held = datetime(first_day.year, first_day.month, first_day.day, 0, 5, tzinfo=MADRID)

    assert answer(asked(type_id, held)) is None
    refusal = answer(asked(type_id, held - timedelta(minutes=6)))
    assert refusal is not None
    assert (refusal.code, refusal.params) == (code, {"earliest": first_day.isoformat()})


def test_days_are_those_of_the_place_where_the_act_is_held() -> None:
    just_after_midnight = datetime(2026, 10, 19, 22, 30, tzinfo=UTC)  # in Madrid it is Tuesday already
    held = datetime(2026, 11, 2, 10, tzinfo=MADRID)

    assert answer(asked("oral_hearing_witness", held), at=just_after_midnight - timedelta(hours=1)) is None
    refusal = answer(asked("oral_hearing_witness", held), at=just_after_midnight)
    assert refusal is not None
    assert refusal.params == {"earliest": "2026-11-03"}


@pytest.mark.parametrize("type_id", ["life_certificate", "victim_appointment"])
def test_a_type_without_rules_is_booked_for_at_once(type_id: str) -> None:
    in_a_minute = MONDAY + timedelta(minutes=1)
    assert answer(everybody(asked(type_id, in_a_minute), birth_date=None)) is None


SOON = MONDAY + timedelta(days=1)


@pytest.mark.parametrize(
    ("by", "code"),
    [
        (LIRA_CLERK, None),
        (LIRA_CLERK.but(body=None), None),
        (LIRA_CLERK.but(body="court-ponte-nova"), "terms_not_yours_to_shorten"),
        (LIRA_CLERK.but(roles=(StaffRole.OFFICE,)), "terms_not_yours_to_shorten"),
        (LIRA_CLERK.but(roles=(StaffRole.OFFICIAL,)), "terms_not_yours_to_shorten"),
        (None, "terms_not_yours_to_shorten"),
    ],
    ids=["clerk", "of every body", "of another body", "office", "official where a clerk directs", "regional system"],
)
def test_only_whoever_may_direct_the_act_shortens_its_terms(by: Account | None, code: str | None) -> None:
    refusal = answer(asked("conciliation", SOON, shortened_terms=WHY), by=by)
    assert (refusal.code if refusal else None) == code


def test_who_may_direct_the_act_still_gives_a_reason() -> None:
    refusal = answer(asked("conciliation", SOON), by=LIRA_CLERK)
    assert refusal is not None
    assert refusal.code == "summoned_too_late"


@pytest.mark.parametrize(
    ("birth_date", "office", "code"),
    [
        ("2008-10-29", "ojm-lira", None),
        ("2008-10-30", "ojm-lira", "minor_from_elsewhere"),
        ("2008-10-30", None, "minor_from_elsewhere"),
        ("2008-10-30", "services-ponte-nova", "minor_from_elsewhere"),
        ("2008-10-30", "court-ponte-nova", None),
        (None, "ojm-lira", "birth_date_needed"),
        (None, None, "birth_date_needed"),
        (None, "court-ponte-nova", None),
    ],
)
def test_whoever_is_a_minor_on_the_day_of_the_act_comes_to_the_court(
    birth_date: str | None, office: str | None, code: str | None
) -> None:
    held = datetime(2026, 10, 29, 10, tzinfo=MADRID)
    place = OfficeId(office) if office else None
    event = everybody(asked("conciliation", held), birth_date=birth_date, office=place)

    refusal = answer(event)
    assert (refusal.code if refusal else None) == code
    shortened = answer(event.but(shortened_terms=WHY), by=LIRA_CLERK)
    assert (shortened.code if shortened else None) == code, "a reason to hold it soon changes nobody's age"


def test_the_authority_is_not_asked_for_its_age() -> None:
    event = asked("conciliation", datetime(2026, 10, 29, 10, tzinfo=MADRID))
    assert [person.role for person in event.participants if person.birth_date is None] == ["clerk"]
    assert answer(event) is None


def test_terms_are_short_only_before_they_have_passed() -> None:
    in_time = datetime(2026, 10, 27, 10, tzinfo=MADRID)
    assert is_early(asked("conciliation", SOON), MONDAY, ATLANTIA)
    assert not is_early(asked("conciliation", in_time), MONDAY, ATLANTIA)
    assert not is_early(asked("life_certificate", SOON), MONDAY, ATLANTIA)


def test_every_declared_rule_is_enforced_and_names_its_law() -> None:
    assert set(RULES) == set(Eligibility)
    assert all("Law: " in (rule.__doc__ or "") for rule in RULES.values())


def test_every_refusal_of_booking_is_met_here() -> None:
    written = set(re.findall(r'Refusal\("([a-z_]+)"', Path(str(booking.__file__)).read_text("utf-8")))
    assert written - set(re.findall(r'"([a-z_]+)"', Path(__file__).read_text("utf-8"))) == set()


# -- the days --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "days", "reached"),
    [
        (date(2026, 10, 19), 4, date(2026, 10, 23)),
        (date(2026, 10, 19), 5, date(2026, 10, 26)),
        (date(2026, 10, 24), 1, date(2026, 10, 27)),
        (date(2026, 7, 27), 5, date(2026, 9, 1)),
        (date(2026, 12, 22), 3, date(2027, 1, 8)),
        (date(2026, 12, 4), 2, date(2026, 12, 9)),
        (date(2026, 10, 9), 2, date(2026, 10, 14)),
        (date(2026, 4, 2), 1, date(2026, 4, 6)),
        (date(2027, 3, 25), 2, date(2027, 3, 30)),
    ],
    ids=[
        "in a week", "a weekend", "from a Saturday", "August", "Christmas", "two holidays in December", "National Day",
        "Good Friday", "Good Friday of another year",
    ],
)  # fmt: skip
def test_days_without_courts_do_not_count(first: date, days: int, reached: date) -> None:
    assert after_working_days(first, days) == reached


@pytest.mark.parametrize(
    ("office", "reached"), [("ojm-lira", date(2026, 9, 10)), ("ojm-vilar", date(2026, 9, 9)), (None, date(2026, 9, 9))]
)
def test_the_public_holidays_of_a_town_count_at_its_office_only(office: str | None, reached: date) -> None:
    public_holidays = ATLANTIA.public_holidays_at(OfficeId(office)) if office else ATLANTIA.public_holidays
    assert after_working_days(date(2026, 9, 7), 2, public_holidays) == reached


def test_terms_leave_out_the_public_holidays_of_the_community() -> None:
    asking = datetime(2026, 6, 22, 9, tzinfo=MADRID)
    refusal = answer(asked("conciliation", datetime(2026, 6, 30, 9, tzinfo=MADRID)), at=asking)
    assert refusal is not None and refusal.params["earliest"] == "2026-07-01"


@given(st.dates(date(2024, 1, 1), date(2029, 12, 31)), st.integers(1, 30))
def test_exactly_so_many_working_days_lie_before_the_day_that_is_reached(first: date, days: int) -> None:
    reached = after_working_days(first, days)
    span = [first + timedelta(days=n) for n in range((reached - first).days)]
    assert sum(map(is_working, span)) == days
    assert is_working(reached)


@given(st.integers(0, 5 * 366 * 24), st.integers(1, 120 * 24))
def test_what_is_refused_is_good_from_the_day_that_the_refusal_names(since: int, hours: int) -> None:
    """Across five years and every change of the clocks, in the local days of the place."""
    at = datetime(2024, 1, 1, tzinfo=UTC) + timedelta(hours=since)
    event = asked("oral_hearing_witness", at + timedelta(hours=hours))
    refusal = answer(event, at=at)
    if refusal is None:
        return
    earliest = date.fromisoformat(str(refusal.params["earliest"]))
    midnight = datetime(earliest.year, earliest.month, earliest.day, tzinfo=MADRID)
    assert event.scheduled_at.astimezone(MADRID).date() < earliest
    assert answer(event.but(scheduled_at=midnight), at=at) is None
    assert answer(event.but(scheduled_at=midnight - timedelta(minutes=1)), at=at) is not None
