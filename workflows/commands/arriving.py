"""Arriving at the office, being told, consenting, and asking for help."""

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from domain.commands import (
        AcknowledgeWarnings,
        AnswerHelp,
        AskHelp,
        AttestAutonomy,
        CheckIn,
        GiveConsent,
        Receipt,
        WithdrawConsent,
    )
    from domain.events.people import (
        AutonomyAttested,
        ConsentGiven,
        ConsentWithdrawn,
        HelpGiven,
        HelpRequested,
        ParticipantCheckedIn,
        WarningsAcknowledged,
    )
    from workflows.commands.handler import handles
    from workflows.engine.case_file import CaseFile


@handles(CheckIn)
async def check_in(case: CaseFile, command: CheckIn) -> Receipt:
    arrived = ParticipantCheckedIn(
        participant=command.participant, office=command.office, place=command.place, device=command.device
    )
    return await case.record(command, arrived)


@handles(AttestAutonomy)
async def attest_autonomy(case: CaseFile, command: AttestAutonomy) -> Receipt:
    return await case.record(command, AutonomyAttested(participant=command.participant))


@handles(AcknowledgeWarnings)
async def acknowledge_warnings(case: CaseFile, command: AcknowledgeWarnings) -> Receipt:
    told = WarningsAcknowledged(participant=command.participant, text_version=command.text_version)
    return await case.record(command, told)


@handles(GiveConsent)
async def give_consent(case: CaseFile, command: GiveConsent) -> Receipt:
    answer = ConsentGiven(participant=command.participant, scope=command.scope, given=command.given)
    return await case.record(command, answer)


@handles(WithdrawConsent)
async def withdraw_consent(case: CaseFile, command: WithdrawConsent) -> Receipt:
    withdrawn = ConsentWithdrawn(participant=command.participant)
    return await case.record(command, withdrawn)


@handles(AskHelp)
async def ask_help(case: CaseFile, command: AskHelp) -> Receipt:
    return await case.record(command, HelpRequested(participant=command.participant))


@handles(AnswerHelp)
async def answer_help(case: CaseFile, command: AnswerHelp) -> Receipt:
    return await case.record(command, HelpGiven(participant=command.participant))
