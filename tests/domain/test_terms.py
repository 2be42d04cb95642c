"""Until when terms run that are counted in working days: with the public holidays of the place, each once."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calendar import is_office_day, is_working
from domain.errors import Refusal
from domain.events.interruptions import ProcedureInterrupted
from domain.ids import OfficeId
from domain.languages import BASE_LANGUAGES
from domain.procedure.state import Procedure
from domain.rules.terms import places, reckon, within_its_term
from domain.types.vocabulary import InterruptionCause, TermDays
from templates.texts import refusal_text
from tests.domain.samples import in_session, summoned, then
from tests.domain.test_booking import ATLANTIA
from tests.domain.test_working_time import LIRA, VILAR, at

COURT, OFFICE = TermDays.COURT, TermDays.OFFICE


@pytest.mark.parametrize(
    ("days", "office", "begins", "length", "last"),
    [
        # Friday 27 November 2026: the day itself does not count, nor 7 and 8 December at a court. 6 is a Sunday.
        (COURT, LIRA, at("2026-11-27"), 5, "2026-12-04"),
        (COURT, LIRA, at("2026-11-27"), 20, "2027-01-11"),
        (OFFICE, LIRA, at("2026-11-27"), 20, "2026-12-29"),
        # August, whole, at a court; 25 July is a Sunday in 2027.
        (COURT, VILAR, at("2027-07-26"), 5, "2027-09-01"),
        (OFFICE, VILAR, at("2027-07-26"), 5, "2027-08-02"),
        # 8 September is a feast of Lira and of no other town.
        (COURT, LIRA, at("2026-09-07"), 1, "2026-09-09"),
        (COURT, VILAR, at("2026-09-07"), 1, "2026-09-08"),
        # One minute before and after midnight there, whatever day it is in UTC.
        (COURT, VILAR, at("2026-09-07", "23:59"), 1, "2026-09-08"),
        (COURT, VILAR, at("2026-09-08", "00:01"), 1, "2026-09-09"),
    ],
)
def test_the_last_day_of_a_term(days: TermDays, office: OfficeId, begins: datetime, length: int, last: str) -> None:
    found = reckon(begins, length, days, ATLANTIA, [office])
    assert found.last_day.isoformat() == last
    assert found.due_at.isoformat()[11:16] == "00:00" and found.due_at.date() > found.last_day


def test_what_was_left_out_is_told() -> None:
    assert reckon(at("2026-12-04"), 2, OFFICE, ATLANTIA, [LIRA]).left_out == (date(2026, 12, 8),)
    assert reckon(at("2026-09-07"), 1, COURT, ATLANTIA, [LIRA]).left_out == (date(2026, 9, 8),)


def test_an_administrative_term_leaves_out_what_is_kept_where_the_person_is_and_a_court_does_not() -> None:
    """Law: Ley 39/2015 art. 30.6 and LOPJ art. 182.1."""
    act = in_session("life_certificate")
    people = tuple(person.but(office=LIRA) for person in act.participants)
    act = act.but(office=VILAR, participants=people)

    assert places(act, COURT) == (VILAR,)
    assert places(act, OFFICE) == (VILAR, LIRA)
    assert reckon(at("2026-09-07"), 1, OFFICE, ATLANTIA, places(act, OFFICE)).last_day == date(2026, 9, 9)


def missed(type_id: str, cause: InterruptionCause = InterruptionCause.ABSENCE) -> Procedure:
    stopped = ProcedureInterrupted(cause=cause, note="", must_act="clerk")
    return then(summoned(type_id), stopped).but(office=LIRA)


@pytest.mark.parametrize(
    ("act", "decided", "new_date", "refused"),
    [
        # Decided on Friday 27 November: within the five court days that follow, of which Friday 4 December is the last.
        (missed("conciliation"), at("2026-11-27"), at("2026-12-04", "19:00"), None),
        (missed("conciliation"), at("2026-11-27"), at("2026-12-07"), "2026-12-04"),
        # 8 September is a feast of Lira.
        (missed("conciliation"), at("2026-09-04"), at("2026-09-14"), None),
        (missed("conciliation"), at("2026-09-04"), at("2026-09-15"), "2026-09-14"),
        # Adjourned because a paper is missing: nobody was absent.
        (missed("conciliation", InterruptionCause.DOCUMENT_MISSING), at("2026-11-27"), at("2026-12-21"), None),
        (summoned("conciliation"), at("2026-11-27"), at("2026-12-21"), None),
        # Law: LEC art. 193.3, a hearing that cannot go on within twenty days goes on later.
        (missed("oral_hearing_witness"), at("2026-11-27"), at("2027-03-01"), None),
    ],
)
def test_whoever_had_just_cause_gets_a_new_date_within_the_term(
    act: Procedure, decided: datetime, new_date: datetime, refused: str | None
) -> None:
    if refused is None:
        within_its_term(act, ATLANTIA, decided, new_date)
        return
    with pytest.raises(Refusal) as too_late:
        within_its_term(act, ATLANTIA, decided, new_date)
    assert (too_late.value.code, too_late.value.params["latest"]) == ("new_date_too_late", refused)
    for language in BASE_LANGUAGES:
        told = refusal_text(too_late.value, language)
        assert "144.4" in told.why and "2026" in told.next


@given(
    begins=st.integers(0, 500 * 24).map(lambda hours: at("2026-01-01", "00:30") + timedelta(hours=hours)),
    length=st.integers(1, 30),
    days=st.sampled_from([COURT, OFFICE]),
)
def test_a_term_is_as_long_as_its_law_says_and_ends_on_a_day_that_counts(
    begins: datetime, length: int, days: TermDays
) -> None:
    counts, holidays = {COURT: is_working, OFFICE: is_office_day}[days], ATLANTIA.public_holidays_at(LIRA)
    found = reckon(begins, length, days, ATLANTIA, [LIRA])
    counted = [one for one in _between(begins.date(), found.last_day) if counts(one, holidays)]
    assert len(counted) == length and counted[-1] == found.last_day


def _between(first: date, last: date) -> list[date]:
    return [date.fromordinal(n) for n in range(first.toordinal() + 1, last.toordinal() + 1)]
