"""Identification with stills of several poses, and advice on them for whoever decides."""

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from activities.identity import Identification
    from activities.identity_orders import AdviseOrder
    from domain.commands import Receipt, StopIdentification, TakePose
    from domain.errors import Refusal
    from domain.events.identity import IdentificationAdvised, IdentificationStopped, PoseTaken
    from domain.procedure.people import Advice, PosedStill
    from domain.refusals.identity import IDENTIFICATION_NOT_BEGUN, IDENTIFICATION_RAN_OUT
    from workflows.commands.handler import handles
    from workflows.commands.identity import still_of
    from workflows.engine.calls import call_for_caller
    from workflows.engine.case_file import CaseFile
    from workflows.engine.patience import LOOK_LIMIT
    from workflows.engine.queues import PROCEDURES


@handles(TakePose)
async def take_pose(case: CaseFile, command: TakePose) -> Receipt:
    """After the last one, what the mechanism sees on all of them is written down with it."""
    begun = case.procedure.participant(command.participant).identity.begun
    if begun is None:
        raise Refusal(IDENTIFICATION_NOT_BEGUN, participant=command.participant)
    if begun.expires_at is not None and case.now() > begun.expires_at:
        raise Refusal(IDENTIFICATION_RAN_OUT, participant=command.participant)
    of_whom = command.model_dump(include={"participant", "mechanism", "reference"})
    still = await still_of(case, command)
    taken = PoseTaken(**of_whom, pose=command.pose, still=still)
    stills = (*begun.stills, PosedStill(pose=command.pose, still=still))
    if len(stills) < len(begun.poses):
        return await case.record(command, taken, still=still.sha256)
    order = AdviseOrder(procedure=case.procedure.id, up_to=case.seq, **of_whom, stills=stills, at=case.now())
    advice: Advice = await call_for_caller(PROCEDURES, Identification.advise_on_stills, order, attempt_limit=LOOK_LIMIT)
    return await case.record(command, taken, IdentificationAdvised(**of_whom, advice=advice), still=still.sha256)


@handles(StopIdentification)
async def stop_identification(case: CaseFile, command: StopIdentification) -> Receipt:
    of_whom = command.model_dump(include={"participant", "mechanism", "reference"})
    return await case.record(command, IdentificationStopped(**of_whom))
