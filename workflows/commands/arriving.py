"""Arriving, being told and consenting."""

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from activities.orders import RoomOrder
    from activities.rooms import Rooms
    from domain.commands import (
        AcknowledgeWarnings,
        AttestAutonomy,
        CheckIn,
        GiveConsent,
        Receipt,
        TakeSeat,
        WithdrawConsent,
    )
    from domain.events.base import Event
    from domain.events.identity import IdentityLapsed
    from domain.events.people import (
        AutonomyAttested,
        ConsentGiven,
        ConsentWithdrawn,
        OfficialSeated,
        ParticipantCheckedIn,
        SeatTakenOver,
        WarningsAcknowledged,
    )
    from domain.procedure.people import IN_THE_ROOM, Participant
    from domain.procedure.private_talk import PrivateTalk
    from workflows.commands.handler import handles
    from workflows.engine.calls import call_until_done
    from workflows.engine.case_file import CaseFile
    from workflows.engine.queues import media_queue
    from workflows.private_talks import closing, end_private_room

SEAT_TAKEN_OVER = "seat_taken_over"
"""The cause for which such an identity lapses, and the patch of the runs in which it does: it did not up to 0.2."""


@handles(CheckIn)
async def check_in(case: CaseFile, command: CheckIn) -> Receipt:
    """Law: RDL 6/2023 art. 60.1; identity and admission are of whoever was seen, there and then."""
    arrived = ParticipantCheckedIn(
        participant=command.participant,
        office=command.office,
        office_names=command.office_names,
        place=command.place,
        device=command.device,
        session=command.author.session,
    )
    taken_over: list[Event] = []
    ended: list[PrivateTalk] = []

    def events() -> tuple[Event, ...]:
        taken_over[:] = _taken_over(case.procedure.participant(command.participant), command)
        talk = case.procedure.talk_of(command.participant)
        ended[:] = [talk] if taken_over and talk else []
        return (*map(closing, ended), *taken_over, arrived)

    receipt = await case.record_from(command, events)
    for talk in ended:
        await end_private_room(case, talk)
    if taken_over:
        order = RoomOrder(procedure=case.procedure.id, participant=command.participant, reason="seat_taken_over")
        await call_until_done(case, media_queue(case.procedure.media), Rooms.dismiss_from_room, order)
    return receipt


def _taken_over(person: Participant, command: CheckIn) -> tuple[Event, ...]:
    """What lapses when somebody sits down elsewhere as a person who was admitted or identified."""
    admitted = person.presence in IN_THE_ROOM
    if not (admitted or person.identity.stands):
        return ()
    if person.is_seated_at(command.author.session, command.place, command.device):
        return ()
    if not workflow.patched(SEAT_TAKEN_OVER):
        return ()
    taken = SeatTakenOver(participant=person.id, place=command.place)
    lapsed = IdentityLapsed(participant=person.id, cause=SEAT_TAKEN_OVER)
    return (taken, lapsed) if person.identity.stands else (taken,)


@handles(TakeSeat)
async def take_seat(case: CaseFile, command: TakeSeat) -> Receipt:
    seat, account = command.author.participant, command.author.account
    assert seat is not None and account is not None
    replaces = case.procedure.participant(seat).account is not None
    roles = command.author.staff_roles
    seated = OfficialSeated(participant=seat, account=account, name=command.name, staff_roles=roles)
    receipt = await case.record(command, seated)
    # No run of an earlier version comes here: until types could say whose a seat is, one that was taken was refused.
    if replaces:
        order = RoomOrder(procedure=case.procedure.id, participant=seat, reason=SEAT_TAKEN_OVER)
        await call_until_done(case, media_queue(case.procedure.media), Rooms.dismiss_from_room, order)
    return receipt


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
