"""Stopping, going on, adjourning to another day, calling off."""

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from activities.orders import RoomOrder
    from activities.rooms import Rooms
    from domain.commands import AdjournProcedure, CancelProcedure, InterruptProcedure, Receipt, ResumeProcedure
    from domain.events.base import Event
    from domain.events.identity import IdentityLapsed
    from domain.events.interruptions import ProcedureInterrupted, ProcedureResumed
    from domain.events.summons import NoShowRecorded, ProcedureAdjourned, ProcedureCancelled
    from domain.procedure.people import Participant, Presence
    from domain.types.vocabulary import InterruptionCause
    from workflows.commands.handler import handles
    from workflows.engine.calls import call_until_done
    from workflows.engine.case_file import CaseFile
    from workflows.engine.queues import media_queue

RECESS_PAUSES_ROOM = "recess_pauses_room"
"""The patch of the runs in which it does: it did not up to 0.2."""

KEEPS_IDENTITY = (InterruptionCause.RECESS, InterruptionCause.EXTERNAL_SYSTEM_DOWN)
"""In these everybody stays before the camera; any other stop makes identities lapse."""


@handles(InterruptProcedure)
async def interrupt_procedure(case: CaseFile, command: InterruptProcedure) -> Receipt:
    lapsing = [] if command.cause in KEEPS_IDENTITY else _verified(case)
    running = case.procedure.open_item()
    interrupted = ProcedureInterrupted(
        cause=command.cause,
        note=command.note,
        must_act=command.must_act,
        repeats=tuple(person.id for person in lapsing),
        item=running.id if running else None,
        field=command.field,
        planned_end=command.planned_end,
    )
    lapses: list[Event] = [IdentityLapsed(participant=p.id, cause=command.cause.value) for p in lapsing]
    receipt = await case.record(command, *lapses, interrupted)
    if command.cause is InterruptionCause.RECESS:
        await _show_room(case, shown=False)
    return receipt


async def _show_room(case: CaseFile, *, shown: bool) -> None:
    """What is said in a recess is said to nobody: image and sound of all are cut until the act goes on."""
    if case.procedure.room_opened_at is None or not workflow.patched(RECESS_PAUSES_ROOM):
        return
    order = RoomOrder(procedure=case.procedure.id)
    queue = media_queue(case.procedure.media)
    await call_until_done(case, queue, Rooms.resume_room if shown else Rooms.pause_room, order)


def _verified(case: CaseFile) -> list[Participant]:
    return [person for person in case.procedure.citizens if case.procedure.is_identified(person)]


@handles(ResumeProcedure)
async def resume_procedure(case: CaseFile, command: ResumeProcedure) -> Receipt:
    stopped = case.procedure.interruption
    receipt = await case.record(command, ProcedureResumed())
    if stopped is not None and stopped.cause is InterruptionCause.RECESS:
        await _show_room(case, shown=True)
    return receipt


@handles(AdjournProcedure)
async def adjourn_procedure(case: CaseFile, command: AdjournProcedure) -> Receipt:
    adjourned = ProcedureAdjourned(reason=command.reason, new_date=command.new_date)
    return await case.record(command, adjourned)


@handles(CancelProcedure)
async def cancel_procedure(case: CaseFile, command: CancelProcedure) -> Receipt:
    if command.as_no_show:
        absent = tuple(p.id for p in case.procedure.citizens if p.presence is Presence.EXPECTED)
        return await case.record(command, NoShowRecorded(absent=absent, reason=command.reason))
    return await case.record(command, ProcedureCancelled(reason=command.reason))
