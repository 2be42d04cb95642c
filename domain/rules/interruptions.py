"""When an act may stop, go on, move to another day, or be called off."""

from domain.commands import AdjournProcedure, CancelProcedure, InterruptProcedure, ResumeProcedure
from domain.errors import Refusal
from domain.procedure.people import Presence
from domain.procedure.state import Procedure
from domain.refusals.booking import DATE_IN_THE_PAST, ROLE_UNKNOWN
from domain.refusals.people import NOBODY_FOUND_ABSENT, NOT_IN_ROOM
from domain.rules.common import as_host, at_stage, identified, nobody_in_private
from domain.rules.cooperation import never_sent
from domain.types.vocabulary import InterruptionCause, StaffRole, Stage


def may_interrupt_procedure(procedure: Procedure, command: InterruptProcedure) -> None:
    if StaffRole.OFFICE not in command.author.staff_roles:
        as_host(procedure, command)
    at_stage(procedure, Stage.CHECKED_IN, Stage.IN_SESSION, Stage.APPROVAL, Stage.SIGNING)
    known = {role.code for role in procedure.type.procedure.roles} | {"office", "system"}
    if command.must_act not in known:
        raise Refusal(ROLE_UNKNOWN, role=command.must_act, known=sorted(known))


def may_resume_procedure(procedure: Procedure, command: ResumeProcedure) -> None:
    """Law: whoever's identity lapsed is verified again before the act goes on (BOE-A-2021-9004)."""
    as_host(procedure, command)
    at_stage(procedure, Stage.INTERRUPTED)
    interruption = procedure.interruption
    assert interruption is not None
    if interruption.back_to is not Stage.IN_SESSION:
        return
    for participant in interruption.repeats:
        person = procedure.participant(participant)
        if person.presence in (Presence.LOST, Presence.LEFT, Presence.EXPECTED, Presence.WAITING):
            raise Refusal(NOT_IN_ROOM, participant=person.id)
        if person.presence is not Presence.DISMISSED:
            identified(procedure, person)


def may_adjourn_procedure(procedure: Procedure, command: AdjournProcedure) -> None:
    as_host(procedure, command)
    at_stage(procedure, Stage.SUMMONED, Stage.CHECKED_IN, Stage.IN_SESSION, Stage.INTERRUPTED)
    nobody_in_private(procedure)
    if procedure.changed_at is not None and command.new_date <= procedure.changed_at:
        raise Refusal(DATE_IN_THE_PAST)


def may_cancel_procedure(procedure: Procedure, command: CancelProcedure) -> None:
    as_host(procedure, command)
    at_stage(
        procedure,
        *(Stage.REQUESTED, Stage.SUMMONED, Stage.CHECKED_IN, Stage.INTERRUPTED, Stage.ADJOURNED, Stage.PREPARATION),
    )
    nobody_in_private(procedure)
    never_sent(procedure)
    stopped = procedure.interruption
    absent = any(person.presence is Presence.EXPECTED for person in procedure.citizens)
    if command.as_no_show and not (absent and stopped and stopped.cause is InterruptionCause.ABSENCE):
        raise Refusal(NOBODY_FOUND_ABSENT)
