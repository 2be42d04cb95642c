"""The common story of every procedure, from the summons to the delivered minutes.

Each step waits for what people do (acts, in the modules beside) or does what follows by itself. The families override
only what the law makes different. Nothing here touches the world: that is what activities are for.
"""

from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import timedelta
from typing import NamedTuple

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from activities.evidence import Evidence
    from activities.minutes import MinutesWriting
    from activities.orders import (
        CompiledRecord,
        CompileRecord,
        DraftedMinutes,
        DraftMinutes,
        FinishBundle,
        FinishedBundle,
        LookForAnchor,
        QueueLeaf,
        RoomOrder,
        SealDocument,
        SeenAnchor,
        SignedDocument,
    )
    from activities.rooms import Rooms
    from activities.signing import Signing
    from domain.events.closing import BundleStored, ProcedureClosed, RecordAnchored, RecordCompiled
    from domain.events.interruptions import DeadlinePassed, SessionReopened
    from domain.events.minutes import MinutesDrafted, MinutesSealed, SigningFinished
    from domain.events.signing import DocumentSigned
    from domain.events.summons import NoShowRecorded, SummonsIssued
    from domain.ids import ParticipantId
    from domain.procedure.people import Presence
    from domain.types.procedure_type import DeadlineStart, ExpiryAction
    from domain.types.vocabulary import MailContent, SignatureMethod, Stage
    from workflows.messages import HoldProcedure, Outcome
    from workflows.notifying import Notifying
    from workflows.queues import CRYPTO, DOCUMENTS, ROOMS


class Term(NamedTuple):
    """A deadline that runs."""

    rule: str
    left: timedelta


class ProcedureStory(Notifying):
    """The story. A family is a subclass with its own name in the engine."""

    async def hold(self, order: HoldProcedure) -> Outcome:
        """Live the procedure to its end. Steps follow the stage, so a new run goes on where the last one stopped."""
        await self.begin(order)
        while not self.procedure.stage.ended:
            workflow.set_current_details(self.procedure.stage.value)
            await self._steps[self.procedure.stage]()
            self._hand_over_if_long(order)
        if self.procedure.stage is Stage.CANCELLED:
            await self.tell_cancelled()
        await workflow.wait_condition(workflow.all_handlers_finished)
        return Outcome(stage=self.procedure.stage, outcome=self.procedure.outcome, seq=self.seq)

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

    # -- before the room ---------------------------------------------------------------------------------------------

    async def summon(self) -> None:
        """Tell everybody when, where and with which code."""
        for person in self.summoned():
            await self.issue_code(person)
            await self.notify("summons", person)
        await self.note(SummonsIssued(scheduled_at=self.procedure.scheduled_at))

    async def await_arrival(self) -> None:
        """Until somebody arrives, the host opens, or the no-show deadline passes."""
        term = self._deadline(DeadlineStart.SCHEDULED, ExpiryAction.NO_SHOW)
        if not await self._leaves(Stage.SUMMONED, term and term.left):
            await self.on_no_show(tuple(p.id for p in self.procedure.citizens))

    async def await_room(self) -> None:
        """Somebody waits; the host opens the room, or the absence of others is established."""
        term = self._deadline(DeadlineStart.SCHEDULED, ExpiryAction.NO_SHOW)
        if not await self._leaves(Stage.CHECKED_IN, term and term.left):
            absent = tuple(p.id for p in self.procedure.citizens if p.presence is Presence.EXPECTED)
            if absent:
                await self.on_no_show(absent)
            await self._leaves(Stage.CHECKED_IN, None)

    async def on_no_show(self, absent: tuple[ParticipantId, ...]) -> None:
        """What absence means; families whose law says otherwise override this."""
        await self.note_if(
            lambda: self.procedure.stage in (Stage.SUMMONED, Stage.CHECKED_IN), NoShowRecorded(absent=absent)
        )

    async def summon_again(self) -> None:
        """A new date: the same agenda, everybody told, everybody identified anew."""
        await self._close_room()
        for person in self.summoned():
            await self.notify("adjourned", person)
        await self.note(SessionReopened())

    async def tell_cancelled(self) -> None:
        """Nobody travels in vain: whoever was summoned learns that it will not be held."""
        for person in self.summoned():
            await self.notify("cancelled", person)

    # -- in the room -------------------------------------------------------------------------------------------------

    async def hold_session(self) -> None:
        """People act; the acts write the journal. This waits until they close, stop or adjourn."""
        await self._leaves(Stage.IN_SESSION, None)

    async def await_resumption(self) -> None:
        """Until somebody resumes; when the type's term passes first, the console says so."""
        term = self._deadline(DeadlineStart.INTERRUPTED, ExpiryAction.REMIND)
        if term is not None and not await self._leaves(Stage.INTERRUPTED, term.left):
            await self.note_if(lambda: self.procedure.stage is Stage.INTERRUPTED, DeadlinePassed(rule=term.rule))
        await self._leaves(Stage.INTERRUPTED, None)

    # -- the minutes -------------------------------------------------------------------------------------------------

    async def draft_minutes(self) -> None:
        """From the agenda's data; nothing is typed twice."""
        order = DraftMinutes(procedure=self.procedure.id, up_to=self.seq, at=self.now())
        drafted: DraftedMinutes = await self.insist(DOCUMENTS, MinutesWriting.draft_minutes, order)
        await self.note(MinutesDrafted(draft=drafted.draft, csv=drafted.csv))

    async def await_approval(self) -> None:
        await self._leaves(Stage.APPROVAL, None)

    async def collect_signatures(self) -> None:
        """Until everybody in the plan has signed the minutes, or has refused and said why."""
        await workflow.wait_condition(lambda: self.procedure.stage is not Stage.SIGNING or not self._awaited_signers())
        await self.note_if(lambda: self.procedure.stage is Stage.SIGNING, SigningFinished())

    def _awaited_signers(self) -> list[str]:
        minutes = self.procedure.minutes
        assert minutes is not None and minutes.document is not None
        document = self.procedure.document(minutes.document)
        signers = [signer for signer in self.procedure.signers_of(document) if signer != "body"]
        return [s for s in signers if not document.signed_by(s) and s not in document.refusals]

    async def seal_minutes(self) -> None:
        """Law: the seal of the body makes them a judicial document with issuer, date and time (RDL 6/2023 art. 39)."""
        minutes = self.procedure.minutes
        assert minutes is not None and minutes.document is not None
        document = self.procedure.document(minutes.document)
        if not document.signed_by("body"):
            order = SealDocument(procedure=self.procedure.id, up_to=self.seq, document=document.id, at=self.now())
            sealed: SignedDocument = await self.insist(CRYPTO, Signing.seal_document, order)
            await self.note(
                DocumentSigned(
                    document=document.id,
                    original_sha256=document.original.sha256,
                    signed_sha256=sealed.signed.sha256,
                    signed=sealed.signed,
                    participant="body",
                    means=SignatureMethod.SEAL,
                    level=sealed.level,
                    evidence=sealed.evidence,
                )
            )
        await self._close_room()
        await self.note(MinutesSealed())

    # -- the evidence and the end ------------------------------------------------------------------------------------

    async def anchor_evidence(self) -> None:
        """Bundle everything under one root, have the root anchored with others, keep the proof in the bundle."""
        if self.procedure.bundle_root is None:
            order = CompileRecord(procedure=self.procedure.id, up_to=self.seq, at=self.now())
            compiled: CompiledRecord = await self.insist(DOCUMENTS, Evidence.compile_record, order)
            await self.note(RecordCompiled(bundle_root=compiled.bundle_root, last_seq=order.up_to))
        root = self.procedure.bundle_root
        assert root is not None
        await self.insist(CRYPTO, Evidence.queue_leaf, QueueLeaf(procedure=self.procedure.id, bundle_root=root))
        pause = timedelta(seconds=30) if workflow.patched("look-for-anchor") else None
        while not self.batch_anchored:
            with suppress(TimeoutError):
                await workflow.wait_condition(lambda: self.batch_anchored, timeout=pause)
            if pause is not None and not self.batch_anchored:
                look = LookForAnchor(procedure=self.procedure.id)
                seen: SeenAnchor = await self.insist(CRYPTO, Evidence.look_for_anchor, look)
                self.batch_anchored |= seen.final
                pause = min(2 * pause, timedelta(hours=1))  # each question is written into the history
        finish = FinishBundle(procedure=self.procedure.id, up_to=self.seq)
        finished: FinishedBundle = await self.insist(DOCUMENTS, Evidence.finish_bundle, finish)
        await self.note(RecordAnchored(receipt=finished.receipt), BundleStored(bundle=finished.bundle))

    def __init__(self) -> None:
        super().__init__()
        self.batch_anchored: bool = False

    @workflow.signal
    async def record_anchored(self) -> None:
        """The batch that holds this procedure's leaf is on the chain; the proof is in the store."""
        self.batch_anchored = True

    async def deliver(self) -> None:
        """A notice to those whom the type names. Law: it announces and is not the notification (LEC 152.2)."""
        plan = self.procedure.type.procedure.minutes
        if plan.mail is not MailContent.NONE:
            for person in self.procedure.participants:
                if person.role in plan.mail_to:
                    await self.notify("minutes", person)
        await self.note(ProcedureClosed())

    # -- what several steps need -------------------------------------------------------------------------------------

    async def _close_room(self) -> None:
        if self.procedure.room_opened_at is not None:
            await self.insist(ROOMS, Rooms.close_room, RoomOrder(procedure=self.procedure.id))

    async def _leaves(self, stage: Stage, timeout: timedelta | None) -> bool:
        """Wait until the procedure is no longer at `stage`; False when `timeout` passed first."""
        try:
            await workflow.wait_condition(lambda: self.procedure.stage is not stage, timeout=timeout)
        except TimeoutError:
            return False
        return True

    def _deadline(self, start: DeadlineStart, action: ExpiryAction) -> Term | None:
        """What is left of the type's deadline of that kind; None when it declares none."""
        interruption = self.procedure.interruption
        begins = interruption.at if interruption else self.procedure.scheduled_at
        for deadline in self.procedure.type.procedure.deadlines:
            if deadline.start is start and deadline.on_expiry is action:
                left = begins + deadline.length - self.now()
                return Term(deadline.rule, max(left, timedelta(milliseconds=1)))
        return None

    def _hand_over_if_long(self, order: HoldProcedure) -> None:
        """At a session's boundary a long history ends and a new run carries on (the engine's limits, F21)."""
        quiet = self.procedure.stage in (Stage.SUMMONED, Stage.DRAFTING) and self._nobody_is_lost()
        if quiet and workflow.info().is_continue_as_new_suggested() and workflow.all_handlers_finished():
            workflow.continue_as_new(HoldProcedure(carried=self.carried(), build=order.build))

    def _nobody_is_lost(self) -> bool:
        return all(person.presence is not Presence.LOST for person in self.procedure.participants)
