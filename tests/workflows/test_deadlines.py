"""Time passes: nobody comes, somebody does not come, weeks go by."""

from datetime import timedelta

from domain.commands import CheckIn
from domain.types.vocabulary import InterruptionCause, Stage
from rehearsal.acting import Play
from tests.workflows.court import Court


async def test_a_conciliation_without_its_applicant_is_withdrawn(court: Court) -> None:
    room = await court.summon("conciliation", "prc_absent")

    ended = await room.reaches(Stage.CANCELLED)

    assert ended.stage.ended


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

    ended = await room.reaches(Stage.CANCELLED)

    assert [notice.kind for notice in ended.notices] == ["summons"]
