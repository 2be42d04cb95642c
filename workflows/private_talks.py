"""Lawyer and client talk alone: both are in a room of their own until they come back or their time is over."""

from collections.abc import Sequence
from datetime import timedelta

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from activities.orders import RoomOrder
    from activities.rooms import Rooms
    from domain.events.private_rooms import PrivateRoomClosed
    from domain.ids import ParticipantId
    from domain.ports.media import MOVED
    from domain.procedure.private_talk import PrivateTalk
    from workflows.engine.calls import call_until_done
    from workflows.engine.case_file import CaseFile
    from workflows.engine.queues import media_queue

RIGHT_NOW = timedelta(milliseconds=1)


async def leave_main_room(case: CaseFile, people: Sequence[ParticipantId]) -> None:
    """From now on they neither see nor hear the main room, nor it them; a new pass leads to where they belong."""
    for participant in people:
        order = RoomOrder(procedure=case.procedure.id, participant=participant, reason=MOVED)
        await call_until_done(case, media_queue(case.procedure.media), Rooms.dismiss_from_room, order)


async def end_private_room(case: CaseFile, talk: PrivateTalk) -> None:
    """Whoever is in it goes where they belong by now."""
    order = RoomOrder(procedure=case.procedure.id, room=talk.room, reason=MOVED)
    await call_until_done(case, media_queue(case.procedure.media), Rooms.close_room, order)


def closing(talk: PrivateTalk) -> PrivateRoomClosed:
    return PrivateRoomClosed(room=talk.room, lawyer=talk.lawyer, client=talk.client)


async def bring_back_in_time(case: CaseFile) -> None:
    """For as long as the procedure runs: whoever is not back when the time is over is brought back."""
    while True:
        await workflow.wait_condition(lambda: case.begun and bool(case.procedure.private_talks))
        talk = min(case.procedure.private_talks, key=lambda talk: (talk.ends_at, talk.room))
        await _bring_back_in_time(case, talk)


async def _bring_back_in_time(case: CaseFile, talk: PrivateTalk) -> None:
    left = max(talk.ends_at - case.now(), RIGHT_NOW)
    try:
        await workflow.wait_condition(lambda: talk not in case.procedure.private_talks, timeout=left)
    except TimeoutError:
        await _bring_back(case, talk)


async def _bring_back(case: CaseFile, talk: PrivateTalk) -> None:
    # No next run begins in between: nobody would know of the room that is still to be closed.
    case.moving = True
    try:
        if await case.note_if(lambda: talk in case.procedure.private_talks, closing(talk)):
            await end_private_room(case, talk)
    finally:
        case.moving = False
