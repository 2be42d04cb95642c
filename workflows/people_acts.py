"""Acts of arriving and being let in, and the facts that the live room reports."""

import asyncio

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from activities.orders import RoomOrder
    from activities.rooms import Rooms
    from domain.commands import (
        AcknowledgeWarnings,
        AdmitParticipant,
        AnswerHelp,
        AskHelp,
        AttestAutonomy,
        CheckIn,
        DismissParticipant,
        GiveConsent,
        OpenRoom,
        Receipt,
        WithdrawConsent,
    )
    from domain.events.identity import IdentityLapsed
    from domain.events.interruptions import ProcedureInterrupted
    from domain.events.people import (
        AutonomyAttested,
        ConnectionLost,
        ConsentGiven,
        ConsentWithdrawn,
        HelpGiven,
        HelpRequested,
        ParticipantAdmitted,
        ParticipantCheckedIn,
        ParticipantDismissed,
        ParticipantJoined,
        ParticipantLeft,
        RoomOpened,
        WarningsAcknowledged,
    )
    from domain.ids import ParticipantId
    from domain.ports import RoomFact
    from domain.procedure.people import Participant, Presence
    from domain.rules import people as rules
    from domain.types.procedure_type import MINUTES
    from domain.types.vocabulary import InterruptionCause, Side, Stage
    from workflows.acts import act
    from workflows.queues import ROOMS
    from workflows.world import World

IN_THE_ROOM = (Presence.ADMITTED, Presence.CONNECTED, Presence.LOST, Presence.LEFT)


class PeopleActs(World):
    """Who is where."""

    def __init__(self) -> None:
        super().__init__()
        self._facts = asyncio.Lock()

    @act(rules.may_check_in)
    async def check_in(self, command: CheckIn) -> Receipt:
        arrived = ParticipantCheckedIn(
            participant=command.participant, office=command.office, place=command.place, device=command.device
        )
        return await self.record(command, arrived, rule=rules.may_check_in)

    @act(rules.may_attest_autonomy)
    async def attest_autonomy(self, command: AttestAutonomy) -> Receipt:
        return await self.record(command, AutonomyAttested(participant=command.participant))

    @act(rules.may_acknowledge_warnings)
    async def acknowledge_warnings(self, command: AcknowledgeWarnings) -> Receipt:
        told = WarningsAcknowledged(participant=command.participant, text_version=command.text_version)
        return await self.record(command, told)

    @act(rules.may_give_consent)
    async def give_consent(self, command: GiveConsent) -> Receipt:
        answer = ConsentGiven(participant=command.participant, scope=command.scope, given=command.given)
        return await self.record(command, answer)

    @act(rules.may_withdraw_consent)
    async def withdraw_consent(self, command: WithdrawConsent) -> Receipt:
        withdrawn = ConsentWithdrawn(participant=command.participant)
        return await self.record(command, withdrawn, rule=rules.may_withdraw_consent)

    @act(rules.may_ask_help)
    async def ask_help(self, command: AskHelp) -> Receipt:
        return await self.record(command, HelpRequested(participant=command.participant))

    @act(rules.may_answer_help)
    async def answer_help(self, command: AnswerHelp) -> Receipt:
        return await self.record(command, HelpGiven(participant=command.participant), rule=rules.may_answer_help)

    @act(rules.may_open_room)
    async def open_room(self, command: OpenRoom) -> Receipt:
        seat = command.author.participant
        assert seat is not None
        room = await self.ask(ROOMS, Rooms.open_room, RoomOrder(procedure=self.procedure.id))
        return await self.record(command, RoomOpened(room=room, host=seat), rule=rules.may_open_room)

    @act(rules.may_admit_participant)
    async def admit_participant(self, command: AdmitParticipant) -> Receipt:
        order = RoomOrder(procedure=self.procedure.id, participant=command.participant)
        await self.ask(ROOMS, Rooms.admit_to_room, order)
        admitted = ParticipantAdmitted(participant=command.participant)
        return await self.record(command, admitted, rule=rules.may_admit_participant)

    @act(rules.may_dismiss_participant)
    async def dismiss_participant(self, command: DismissParticipant) -> Receipt:
        dismissed = ParticipantDismissed(participant=command.participant, reason=command.reason)
        receipt = await self.record(command, dismissed, rule=rules.may_dismiss_participant)
        order = RoomOrder(procedure=self.procedure.id, participant=command.participant, reason="dismissed")
        # The journal says that this person is out: it must become so, however long the room takes to answer.
        await self.insist(ROOMS, Rooms.dismiss_from_room, order)
        return receipt

    # -- facts from the room -----------------------------------------------------------------------------------------

    @workflow.signal
    async def room_fact(self, fact: RoomFact) -> None:
        """The media saw somebody come, go or lose the line. Idempotent: the state says what is new."""
        await self.ready()
        # One at a time: who comes back while the going is being written must not be taken for somebody who is there.
        async with self._facts:
            gone = await self._seen(fact)
        if gone:
            await self._watch_gap(fact.participant)

    async def _seen(self, fact: RoomFact) -> bool:
        """Write what is new in the fact; True when somebody is gone whose return must be watched."""
        if self.procedure.stage.ended:
            return False
        presence = self.procedure.participant(fact.participant).presence
        if presence not in IN_THE_ROOM or fact.reason == "waiting":
            return False
        if fact.kind in ("joined", "restored") and presence is not Presence.CONNECTED:
            await self._joined(fact.participant)
        elif fact.kind in ("connection_lost", "left") and presence is not Presence.LOST:
            gone = ConnectionLost if fact.kind == "connection_lost" else ParticipantLeft
            await self.note(gone(participant=fact.participant))
            return True
        return False

    async def _joined(self, participant: ParticipantId) -> None:
        lost_at = self.procedure.participant(participant).lost_at
        await self.note(ParticipantJoined(participant=participant))
        if lost_at and self.now() - lost_at > self.procedure.type.procedure.identity.lapse_after:
            await self._lapse(participant, "connection_lost")

    async def _watch_gap(self, participant: ParticipantId) -> None:
        """Law: continuity of image and sound is a condition of identity (BOE-A-2021-9004): a longer gap stops it."""
        await workflow.sleep(self.procedure.type.procedure.identity.lapse_after)
        person = self.procedure.participant(participant)
        if person.presence not in (Presence.LOST, Presence.LEFT) or person.lost_at is None:
            return
        if self.now() - person.lost_at < self.procedure.type.procedure.identity.lapse_after:
            return
        await self._lapse(participant, "connection_lost")
        await self._stop_for(participant)

    async def _lapse(self, participant: ParticipantId, cause: str) -> None:
        person = self.procedure.participant(participant)
        citizen = self.procedure.role_of(person).side is not Side.AUTHORITY
        verified = bool(person.identity.checks or person.identity.waived_by) and not person.identity.lapsed_cause
        if citizen and verified and self._has_more_to_do(person):
            await self.note(IdentityLapsed(participant=participant, cause=cause))

    def _has_more_to_do(self, person: Participant) -> bool:
        """An identity matters while the session is on, and after it only to who still signs the minutes."""
        if self.procedure.stage in (Stage.IN_SESSION, Stage.INTERRUPTED):
            return True
        plan = self.procedure.type.procedure.signatures
        signs_minutes = any(line.document == MINUTES and person.role in line.signers for line in plan)
        return signs_minutes and self.procedure.stage in (Stage.APPROVAL, Stage.SIGNING)

    async def _stop_for(self, participant: ParticipantId) -> None:
        person = self.procedure.participant(participant)
        running = self.procedure.open_item()
        await self.note_if(
            lambda: self.procedure.stage is Stage.IN_SESSION,
            ProcedureInterrupted(
                cause=InterruptionCause.CONNECTION_LOST,
                note="",
                must_act=person.role,
                repeats=(participant,) if self.procedure.role_of(person).side is not Side.AUTHORITY else (),
                item=running.id if running else None,
            ),
        )
