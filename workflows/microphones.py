"""Whom nobody hears in the live room: what the record says, told to the room whenever it changes."""

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from activities.orders import RoomOrder
    from activities.rooms import Rooms
    from domain.ids import ParticipantId
    from workflows.engine.calls import call_until_done
    from workflows.engine.case_file import CaseFile
    from workflows.engine.queues import media_queue

Told = tuple[str, tuple[ParticipantId, ...]]
"""The media process, and whom it does not let be heard."""


async def keep_muted(case: CaseFile) -> None:
    """For as long as the procedure runs. A room is told again when another media process has taken it."""
    told: Told = ("", ())
    while True:
        await _until_news(case, told)
        # No next run begins in between: it would not know that somebody is still muted who should be heard.
        case.moving += 1
        try:
            told = _now(case)
            order = RoomOrder(procedure=case.procedure.id, muted=told[1])
            await call_until_done(case, media_queue(told[0]), Rooms.mute_in_room, order)
        finally:
            case.moving -= 1


async def _until_news(case: CaseFile, told: Told) -> None:
    """A process that was told nothing lets everybody be heard."""

    def is_news() -> bool:
        if not case.begun or not case.procedure.room_is_open:
            return False
        media, muted = _now(case)
        return muted != told[1] or (bool(muted) and media != told[0])

    await workflow.wait_condition(is_news)


def _now(case: CaseFile) -> Told:
    return case.procedure.media, tuple(person.id for person in case.procedure.muted())
