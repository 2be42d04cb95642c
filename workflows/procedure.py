"""The common story of every procedure, from the summons to the delivered minutes.

Each step waits for what people do (`workflows/commands/`) or does what follows by itself. What differs between
procedures is declared in their type. Nothing here touches the world: that is what activities are for.
"""

import asyncio
from collections.abc import Awaitable, Callable

from temporalio import workflow
from temporalio.common import SearchAttributeKey

with workflow.unsafe.imports_passed_through():
    from activities.orders import RoomOrder
    from activities.rooms import Rooms
    from domain.events.closing import ProcedureClosed
    from domain.events.interruptions import SessionReopened
    from domain.events.minutes import MinutesSealed, SigningFinished
    from domain.events.summons import SummonsIssued
    from domain.ports.media import RoomFact
    from domain.types.vocabulary import MailContent, Stage
    from workflows.commands import (  # noqa: F401
        advised_identity,
        agenda,
        arriving,
        cooperation,
        documents,
        ending,
        handwriting,
        identity,
        room,
        stopping,
    )
    from workflows.commands.handler import answer_commands
    from workflows.criminal_records import await_criminal_records, leave_unanswered
    from workflows.engine.calls import call_until_done
    from workflows.engine.case_file import CaseFile
    from workflows.engine.hand_over import HandOver, open_case_file, take_over
    from workflows.engine.messages import HoldProcedure, Outcome, Progress
    from workflows.engine.queues import media_queue
    from workflows.engine.waiting import Waiting
    from workflows.evidence import anchor_evidence
    from workflows.microphones import keep_muted
    from workflows.minutes import (
        WHO_APPEARED_SIGNS,
        awaited_signers,
        draft_minutes,
        seal_minutes,
        tell_missing_signatures,
    )
    from workflows.notices import issue_code, notify
    from workflows.presence import RoomPresence
    from workflows.private_talks import bring_back_in_time
    from workflows.recording import hold_recorded_session, keep_recording
    from workflows.register_entries import entries_are_settled, see_to_register_entries
    from workflows.registry_searches import see_to_registry_searches
    from workflows.terms import await_people, await_resumption

SINCE_0_2 = "0.2"
"""The patch of what runs write to history since then: search attributes, the writer's build, hand-over at any time."""

NO_ACT_NO_ROOM = "no-act-no-room"
"""The patch of the runs that close the room of an act which is called off: it stayed open up to 0.2."""

STAGE = SearchAttributeKey.for_keyword("EstradoStage")


class ProcedureWorkflow:
    """The story. A family is a subclass with its own name in the engine."""

    @workflow.init
    def __init__(self, order: HoldProcedure) -> None:
        self.case = CaseFile(since_0_2=workflow.patched(SINCE_0_2), build=order.build)
        self.presence = RoomPresence(self.case)
        self.anchored = False
        self._hand_over = HandOver(self.case, order)
        self._waiting = Waiting(self.case, self._hand_over)
        self._order = order

    async def hold(self) -> Outcome:
        """Run the procedure until it ends. Steps follow the stage, so a new run goes on where the last one stopped."""
        await self._begin()
        others = (keep_muted, await_criminal_records, see_to_register_entries, see_to_registry_searches)
        besides = [asyncio.create_task(see_to(self.case)) for see_to in (bring_back_in_time, *others)]
        while not self.case.procedure.stage.ended:
            self._show_stage()
            await self._steps[self.case.procedure.stage]()
            if not self.case.since_0_2 and self._hand_over.is_due_as_in_0_1():
                self._hand_over.begin_next_run()
        self._show_stage()
        await self._close_room_of_what_is_not_held()
        if self.case.procedure.stage is Stage.CANCELLED:
            await self.tell_cancelled()
        await entries_are_settled(self.case)
        for task in besides:
            task.cancel()
        await workflow.wait_condition(workflow.all_handlers_finished)
        procedure = self.case.procedure
        return Outcome(stage=procedure.stage, outcome=procedure.outcome, seq=self.case.seq)

    async def _begin(self) -> None:
        """Write the first event, or take up what an earlier run has left."""
        case, order = self.case, self._order
        if order.continued is not None:
            await take_over(case, order.continued)
            self.presence.watch_everybody_gone()
        elif order.carried is not None:
            case.procedure, case.head = order.carried.procedure, order.carried.head
            case.seed, case.receipts = bytes.fromhex(order.carried.seed), dict(order.carried.receipts)
            case.begun = True
        else:
            request = order.request
            assert request is not None
            case.seed = await case.until_not_refused(lambda: open_case_file(request.id))
            await case.write_first(request, order.author)

    def _show_stage(self) -> None:
        stage = self.case.procedure.stage.value
        workflow.set_current_details(stage)
        if self.case.since_0_2:
            workflow.upsert_search_attributes([STAGE.value_set(stage)])

    @property
    def _steps(self) -> dict[Stage, Callable[[], Awaitable[None]]]:
        return {
            Stage.REQUESTED: self.summon,
            Stage.SUMMONED: self.await_arrival,
            Stage.CHECKED_IN: self.await_room,
            Stage.IN_SESSION: self.hold_session,
            Stage.INTERRUPTED: self.await_resumption,
            Stage.ADJOURNED: self.summon_again,
            Stage.DRAFTING: self.draft_minutes,
            Stage.APPROVAL: self.await_approval,
            Stage.SIGNING: self.collect_signatures,
            Stage.SEALING: self.seal_minutes,
            Stage.ANCHORING: self.anchor_evidence,
            Stage.DELIVERING: self.deliver,
        }

    # -- what may be asked of it, besides commands -------------------------------------------------------------------

    @workflow.query
    def progress(self) -> Progress:
        """The state of the procedure as its journal has it."""
        return Progress(procedure=self.case.procedure, seq=self.case.seq, head=self.case.head.hash)

    @workflow.signal
    async def room_fact(self, fact: RoomFact) -> None:
        """The media saw somebody come, go or lose the line."""
        await self.case.ready()
        await self.presence.record_fact(fact)

    @workflow.signal
    async def record_anchored(self) -> None:
        """The batch that holds this procedure's leaf is on the chain; the proof is in the store."""
        self.anchored = True

    @workflow.signal
    async def try_again(self) -> None:
        """An operator has repaired what was refused: do not wait for the next attempt."""
        self.case.retries_requested += 1

    # -- before the room ---------------------------------------------------------------------------------------------

    async def summon(self) -> None:
        """Tell everybody when, where and with which code."""
        for person in self.case.procedure.citizens:
            await issue_code(self.case, person)
            await notify(self.case, "summons", person)
        await self.case.note(SummonsIssued(scheduled_at=self.case.procedure.scheduled_at))

    async def await_arrival(self) -> None:
        """Until somebody arrives, the host opens, or the term for it passes."""
        await await_people(self.case, self._waiting, Stage.SUMMONED)

    async def await_room(self) -> None:
        """Somebody waits; the host opens the room, or the absence of others is established."""
        await await_people(self.case, self._waiting, Stage.CHECKED_IN)

    async def summon_again(self) -> None:
        """A new date: the same agenda, everybody told, everybody identified anew."""
        await self._close_room()
        for person in self.case.procedure.citizens:
            await notify(self.case, "adjourned", person)
        await self.case.note(SessionReopened())

    async def tell_cancelled(self) -> None:
        """Nobody travels in vain: whoever was summoned learns it, unless a message could do harm."""
        if self.case.procedure.type.procedure.tells_cancellation:
            for person in self.case.procedure.citizens:
                await notify(self.case, "cancelled", person)

    # -- in the room -------------------------------------------------------------------------------------------------

    async def hold_session(self) -> None:
        """People act; the commands write the journal. This waits until they close, stop or adjourn."""
        await hold_recorded_session(self.case, self._waiting)

    async def await_resumption(self) -> None:
        """Until somebody resumes; when the type's term passes first, the console says so."""
        await await_resumption(self.case, self._waiting)

    async def _close_room(self) -> None:
        if self.case.procedure.room_opened_at is not None:
            order = RoomOrder(procedure=self.case.procedure.id)
            await call_until_done(self.case, media_queue(self.case.procedure.media), Rooms.close_room, order)

    async def _close_room_of_what_is_not_held(self) -> None:
        """Called off or not held after the room was opened: nobody goes on meeting in it."""
        ended = self.case.procedure.stage in (Stage.CANCELLED, Stage.NO_SHOW)
        if ended and self.case.procedure.room_opened_at is not None and workflow.patched(NO_ACT_NO_ROOM):
            await self._close_room()

    # -- the minutes -------------------------------------------------------------------------------------------------

    async def draft_minutes(self) -> None:
        """From the agenda's data; nothing is typed twice."""
        await leave_unanswered(self.case)
        await entries_are_settled(self.case)
        await keep_recording(self.case)
        await draft_minutes(self.case)

    async def await_approval(self) -> None:
        await self._waiting.while_at(Stage.APPROVAL)

    async def collect_signatures(self) -> None:
        """Until everybody in the plan has signed the minutes, or has refused and said why."""
        who_appeared = workflow.patched(WHO_APPEARED_SIGNS)
        await self._waiting.until(
            lambda: (
                self.case.procedure.stage is not Stage.SIGNING
                or not awaited_signers(self.case, who_appeared=who_appeared)
            )
        )
        await tell_missing_signatures(self.case, self._waiting)
        await self.case.note_if(lambda: self.case.procedure.stage is Stage.SIGNING, SigningFinished())

    async def seal_minutes(self) -> None:
        """Law: the seal of the body makes them a judicial document with issuer, date and time (RDL 6/2023 art. 39)."""
        await seal_minutes(self.case)
        await self._close_room()
        await self.case.note(MinutesSealed())

    # -- the evidence and the end ------------------------------------------------------------------------------------

    async def anchor_evidence(self) -> None:
        """Bundle everything under one root, have the root anchored with others, keep the proof in the bundle."""
        await anchor_evidence(self.case, lambda: self.anchored)

    async def deliver(self) -> None:
        """A notice to those whom the type names. Law: it announces and is not the notification (LEC 152.2)."""
        plan = self.case.procedure.type.procedure.minutes
        if plan.mail is not MailContent.NONE:
            for person in self.case.procedure.participants:
                if person.role in plan.mail_to:
                    await notify(self.case, "minutes", person)
        await self.case.note(ProcedureClosed())


answer_commands(ProcedureWorkflow)
