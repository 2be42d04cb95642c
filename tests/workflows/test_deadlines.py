"""Time passes: nobody comes, somebody does not come, weeks go by."""

from datetime import timedelta

import pytest

from domain.commands import AdjournProcedure, CancelProcedure, CheckIn
from domain.errors import Refusal
from domain.rules.terms import places, reckon
from domain.types.procedure_type import ResolvedType
from domain.types.vocabulary import InterruptionCause, Stage, TermDays
from rehearsal.acting import Play
from tests.workflows.asking import events, until
from tests.workflows.court import ATLANTIA, Court


async def test_the_clerk_and_no_clock_decides_what_follows_from_the_absence_of_an_applicant(court: Court) -> None:
    room = await court.summon("conciliation", "prc_absent")

    stopped = await room.reaches(Stage.INTERRUPTED)
    await court.environment.sleep(timedelta(days=3))
    later = await room.procedure()

    assert stopped.interruption is not None and later.stage is Stage.INTERRUPTED
    assert (stopped.interruption.proposes, stopped.interruption.legal_basis) == ("cancel", "LJV arts. 144.2 y 144.4")
    await Play(room, "absent").say(later.hosts[0], CancelProcedure, reason="Se le tiene por desistido")
    assert (await room.reaches(Stage.CANCELLED)).stage.ended


async def test_an_applicant_with_just_cause_gets_another_day(court: Court) -> None:
    room = await court.summon("conciliation", "prc_cause")
    stopped = await room.reaches(Stage.INTERRUPTED)
    later = await court.environment.get_current_time() + timedelta(days=4)

    await Play(room, "cause").say(stopped.hosts[0], AdjournProcedure, reason="Estaba en el hospital", new_date=later)

    summoned = await room.reaches(Stage.SUMMONED)
    assert summoned.scheduled_at == later


async def test_a_no_show_is_recorded_by_whoever_holds_the_act_with_their_reason(court: Court) -> None:
    room = await court.summon("life_certificate", "prc_no_show")
    play = Play(room, "no_show")
    host = (await room.reaches(Stage.SUMMONED)).hosts[0]
    with pytest.raises(Refusal, match="nobody_found_absent"):
        await play.say(host, CancelProcedure, reason="No ha venido", as_no_show=True)

    await room.reaches(Stage.INTERRUPTED)
    await play.say(host, CancelProcedure, reason="No ha venido ni ha avisado", as_no_show=True)

    assert (await room.reaches(Stage.NO_SHOW)).stage.ended


async def test_a_respondent_who_does_not_come_leaves_the_act_open_for_the_clerk_to_close_as_attempted(
    court: Court,
) -> None:
    room = await court.summon("conciliation", "prc_attempted")
    play = Play(room, "attempted")
    procedure = await room.reaches(Stage.SUMMONED)
    applicant = procedure.citizens[0]
    await play.say(applicant, CheckIn, participant=applicant.id, office=applicant.office, place="office", device="d")
    await court.environment.sleep(timedelta(hours=2))

    waiting = await room.procedure()

    assert waiting.stage is Stage.CHECKED_IN


async def test_a_hearing_without_its_witness_is_interrupted_and_the_court_decides(court: Court) -> None:
    room = await court.summon("oral_hearing_witness", "prc_witness")

    stopped = await room.reaches(Stage.INTERRUPTED)

    assert stopped.interruption is not None
    assert stopped.interruption.cause is InterruptionCause.ABSENCE


async def test_a_victim_who_does_not_come_is_told_nothing(court: Court) -> None:
    room = await court.summon("victim_appointment", "prc_quiet")

    stopped = await room.reaches(Stage.INTERRUPTED)

    assert [notice.kind for notice in stopped.notices] == ["summons"]


def in_two_office_days(resolved: ResolvedType) -> ResolvedType:
    """A term that is over within a week whatever day it is today, so that no test has to wait for September."""
    plan = resolved.procedure
    soon = {"days": TermDays.OFFICE, "length": timedelta(days=2)}
    terms = tuple(one.but(**soon) if one.in_working_days else one for one in plan.deadlines)
    return resolved.but(procedure=plan.but(deadlines=terms))


async def test_a_term_of_working_days_is_over_when_its_last_day_is_and_not_before(court: Court) -> None:
    """Law: LEC art. 133 and Ley 39/2015 art. 30; what is no working day there is left out."""
    court.types["conciliation_soon"] = in_two_office_days(court.types["conciliation"])
    room = await court.summon("conciliation_soon", "prc_working_days")
    await room.reaches(Stage.INTERRUPTED)
    stopped = await until(room, lambda now: now.interruption is not None and now.interruption.due_at is not None)

    assert stopped.interruption is not None and stopped.interruption.due_at is not None
    began, due_at = stopped.interruption.at, stopped.interruption.due_at
    places_there = places(stopped, TermDays.OFFICE)
    reckoned = reckon(began, 2, TermDays.OFFICE, court.installation.administrations[ATLANTIA], places_there)
    assert due_at == reckoned.due_at and due_at - began > timedelta(days=2)

    await court.environment.sleep(due_at - await court.environment.get_current_time() - timedelta(minutes=1))
    early = await room.procedure()
    await court.environment.sleep(timedelta(minutes=2))
    late = await until(room, lambda now: now.interruption is not None and now.interruption.overdue is not None)

    assert early.interruption is not None and early.interruption.overdue is None
    assert late.interruption is not None and late.interruption.overdue == "new_date_within_five_days"
    assert (await events(court, room)).count("term_reckoned") == 1
