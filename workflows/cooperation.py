"""Mutual legal assistance: a request to a foreign authority, by LexNET and the Central Authority.

Nobody is summoned and there is no room: the request is written, signed and sent, and comes back answered. What follows
(minutes, seal, evidence) is the common story.
"""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from activities.lexnet import Lexnet
    from activities.lexnet_orders import FiledRequest, FileRequest, TakeInAnswers, TakenAnswers
    from domain.events.cooperation import (
        AnswerOverdue,
        AnswerReceived,
        LexnetReceiptKept,
        LexnetRefused,
        PreparationBegun,
    )
    from domain.procedure.cooperation import Cooperation, Submission
    from domain.procedure.documents import CaseDocument
    from domain.types.cooperation import AnswerTerm
    from domain.types.vocabulary import Stage
    from workflows.engine.calls import call_until_done
    from workflows.engine.messages import HoldProcedure, Outcome
    from workflows.engine.patience import FOR_DAYS
    from workflows.engine.queues import LEXNET
    from workflows.procedure import ProcedureWorkflow

LOOK_FIRST, LOOK_AT_LEAST_EVERY = timedelta(seconds=5), timedelta(minutes=30)
"""After how long the mailbox is looked into; twice as long each time, because each look stands in the history. Law: RD
1065/2015 art. 16.3, what is in it stays for sixty days."""


@workflow.defn
class CooperationWorkflow(ProcedureWorkflow):
    """Under its own name in the engine; by which instrument and within which terms is declared in its types."""

    @workflow.run
    async def run(self, order: HoldProcedure) -> Outcome:
        return await self.hold()

    @property
    def _steps(self) -> dict[Stage, Callable[[], Awaitable[None]]]:
        return {
            **super()._steps,
            Stage.REQUESTED: self.begin_preparation,
            Stage.PREPARATION: self.await_submission,
            Stage.SUBMISSION: self.file_request,
            Stage.AWAITING: self.await_answer,
            Stage.ANSWERED: self.await_closing,
        }

    async def begin_preparation(self) -> None:
        await self.case.note(PreparationBegun())

    async def await_submission(self) -> None:
        """Until it is approved to be sent, or called off."""
        await self._waiting.while_at(Stage.PREPARATION)

    async def await_closing(self) -> None:
        """Until whoever holds it says with which outcome it ends."""
        await self._waiting.while_at(Stage.ANSWERED)

    async def file_request(self) -> None:
        """However long LexNET is down, and whatever is killed meanwhile: it is filed once, under its own name."""
        case = self.case
        order = FileRequest(procedure=case.procedure.id, up_to=case.seq, at=case.now())
        filed: FiledRequest = await call_until_done(case, LEXNET, Lexnet.file_request, order, once_reported=FOR_DAYS)
        if filed.receipt is None:
            await case.note(LexnetRefused(message=self._sent.message, code=filed.refused or "lexnet_refused"))
            return
        async with case.filing:
            [receipt] = self._numbered((filed.receipt.receipt,))
            await case.note(LexnetReceiptKept(**{**dict(filed.receipt), "receipt": receipt}))

    async def await_answer(self) -> None:
        """Take in what comes, one message at a time, and say which terms pass meanwhile."""
        pause = LOOK_FIRST
        while self.case.procedure.stage is Stage.AWAITING:
            if await self._take_in_one():
                pause = LOOK_FIRST
                continue
            if await self._tell_overdue():
                continue
            await self._wait(pause)
            pause = min(2 * pause, LOOK_AT_LEAST_EVERY)

    async def _take_in_one(self) -> bool:
        case = self.case
        order = TakeInAnswers(procedure=case.procedure.id, up_to=case.seq, at=case.now())
        taken: TakenAnswers = await call_until_done(case, LEXNET, Lexnet.take_in_answers, order, once_reported=FOR_DAYS)
        if taken.answer is None:
            return False
        async with case.filing:
            documents = self._numbered(taken.answer.documents)
            await case.note(AnswerReceived(**{**dict(taken.answer), "documents": documents}))
        return True

    def _numbered(self, documents: tuple[CaseDocument, ...]) -> tuple[CaseDocument, ...]:
        """Under the next numbers of the file."""
        first = len(self.case.procedure.documents) + 1
        return tuple(document.but(id=f"d{number}") for number, document in enumerate(documents, first))

    async def _tell_overdue(self) -> bool:
        term = self._next_term()
        if term is None or term[1] > self.case.now():
            return False
        await self.case.note(AnswerOverdue(rule=term[0].rule, ended_at=term[1]))
        return True

    async def _wait(self, pause: timedelta) -> None:
        """Until the next look; at once when somebody presses «try again», and no longer than a term runs."""
        term, before = self._next_term(), self.case.retries_requested
        left = max(term[1] - self.case.now(), timedelta(milliseconds=1)) if term else pause
        await self._waiting.until(
            lambda: self.case.procedure.stage is not Stage.AWAITING or self.case.retries_requested > before,
            min(pause, left),
        )

    def _next_term(self) -> tuple[AnswerTerm, datetime] | None:
        plan = self.case.procedure.type.procedure.cooperation
        assert plan is not None
        return self._cooperation.next_term(plan.instrument(self._sent.instrument))

    @property
    def _cooperation(self) -> Cooperation:
        cooperation = self.case.procedure.cooperation
        assert cooperation is not None
        return cooperation

    @property
    def _sent(self) -> Submission:
        sent = self._cooperation.sent
        assert sent is not None
        return sent
