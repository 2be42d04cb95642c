"""Whom nobody hears in the live room: what the record says, told to the room whenever it changes."""

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from activities.orders import RoomOrder
    from activities.rooms import Rooms
    from workflows.engine.calls import call_until_done
    from workflows.engine.case_file import CaseFile
    from workflows.engine.muted import muted_now, room_is_to_be_told
    from workflows.engine.queues import media_queue


async def keep_muted(case: CaseFile) -> None:
    """For as long as the procedure runs. A room is told again when another media process has taken it."""
    while True:
        await workflow.wait_condition(lambda: room_is_to_be_told(case))
        media, muted = muted_now(case)
        order = RoomOrder(procedure=case.procedure.id, muted=muted)
        await call_until_done(case, media_queue(media), Rooms.mute_in_room, order)
        case.muted_as_told = media, muted
