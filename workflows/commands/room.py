"""The live rooms: the main one is opened by the host, entered when admitted, left when dismissed."""

from datetime import timedelta

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from activities.orders import RoomOrder
    from activities.rooms import Rooms
    from domain.commands import (
        AdmitParticipant,
        ClosePrivateRoom,
        DismissParticipant,
        OpenPrivateRoom,
        OpenRoom,
        Receipt,
    )
    from domain.events.people import ParticipantAdmitted, ParticipantDismissed, RoomOpened
    from domain.events.private_rooms import PrivateRoomOpened
    from domain.ids import private_room
    from workflows.commands.handler import handles
    from workflows.engine.calls import call_for_caller, call_until_done
    from workflows.engine.case_file import CaseFile
    from workflows.engine.queues import ROOMS, media_queue
    from workflows.private_talks import closing, end_private_room, leave_main_room
    from workflows.recording import about_to_enter


@handles(OpenRoom)
async def open_room(case: CaseFile, command: OpenRoom) -> Receipt:
    seat = command.author.participant
    assert seat is not None
    room = await call_for_caller(ROOMS, Rooms.open_room, RoomOrder(procedure=case.procedure.id))
    return await case.record(command, RoomOpened(room=room, host=seat))


@handles(AdmitParticipant)
async def admit_participant(case: CaseFile, command: AdmitParticipant) -> Receipt:
    order = RoomOrder(procedure=case.procedure.id, participant=command.participant)
    async with about_to_enter(case, command.participant):
        await call_for_caller(media_queue(case.procedure.media), Rooms.admit_to_room, order)
        admitted = ParticipantAdmitted(participant=command.participant)
        return await case.record(command, admitted)


@handles(DismissParticipant)
async def dismiss_participant(case: CaseFile, command: DismissParticipant) -> Receipt:
    dismissed = ParticipantDismissed(participant=command.participant, reason=command.reason)
    receipt = await case.record(command, dismissed)
    order = RoomOrder(procedure=case.procedure.id, participant=command.participant, reason="dismissed")
    # The journal says that this person is out: it must become so, however long the room takes to answer.
    await call_until_done(case, media_queue(case.procedure.media), Rooms.dismiss_from_room, order)
    return receipt


@handles(OpenPrivateRoom)
async def open_private_room(case: CaseFile, command: OpenPrivateRoom) -> Receipt:
    """First their room, then the line in the journal that sends them there, then out of the main room."""
    async with case.opening:
        room = private_room(case.procedure.id, case.procedure.private_rooms + 1)
        order = RoomOrder(procedure=case.procedure.id, room=room)
        await call_for_caller(media_queue(case.procedure.media), Rooms.open_room, order)
        ends_at = case.now() + timedelta(minutes=command.minutes)
        opened = PrivateRoomOpened(room=room, lawyer=command.lawyer, client=command.client, ends_at=ends_at)
        receipt = await case.record(command, opened, room=room)
    await leave_main_room(case, (command.lawyer, command.client))
    return receipt


@handles(ClosePrivateRoom)
async def close_private_room(case: CaseFile, command: ClosePrivateRoom) -> Receipt:
    talk = next(talk for talk in case.procedure.private_talks if talk.room == command.room)
    receipt = await case.record(command, closing(talk))
    await end_private_room(case, talk)
    return receipt
