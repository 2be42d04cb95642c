"""The live room: opened by the host, entered when admitted, left when dismissed."""

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from activities.orders import RoomOrder
    from activities.rooms import Rooms
    from domain.commands import AdmitParticipant, DismissParticipant, OpenRoom, Receipt
    from domain.events.people import ParticipantAdmitted, ParticipantDismissed, RoomOpened
    from workflows.commands.handler import handles
    from workflows.engine.calls import call_for_caller, call_until_done
    from workflows.engine.case_file import CaseFile
    from workflows.engine.queues import ROOMS, media_queue
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
