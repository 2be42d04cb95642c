"""The case file of one procedure: numbers and hashes its events, has them written, and only then changes the state."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any, NamedTuple, TypeVar

from temporalio import workflow
from temporalio.common import SearchAttributeKey
from temporalio.exceptions import ActivityError

with workflow.unsafe.imports_passed_through():
    from activities.journal import CaseFiles
    from activities.orders import AppendEvents, WrittenEvents
    from domain.commands import Command, Receipt
    from domain.events import Event, apply, begin
    from domain.events.summons import ProcedureRequested
    from domain.ids import ParticipantId
    from domain.journal.chain import ChainHead, JournalEntry, Stamp, advance, entry
    from domain.journal.register import register_row
    from domain.procedure.state import Procedure
    from domain.rules.common import acting_role
    from domain.rules.table import RULES
    from workflows.engine.expected import Expected
    from workflows.engine.patience import FOREVER, JOURNAL_RETRY_FIRST, JOURNAL_RETRY_LAST, PULSE, QUICK
    from workflows.engine.queues import PROCEDURES
    from workflows.engine.refusals import code_of

T = TypeVar("T")

TROUBLE = SearchAttributeKey.for_keyword("EstradoTrouble")
"""What keeps the journal from being written; empty while nothing does. Codes only: search attributes are clear."""


class Appended(NamedTuple):
    """What events come to: the state after them, the end of the chain, and their lines."""

    procedure: Procedure
    head: ChainHead
    entries: tuple[JournalEntry, ...]


class CaseFile:
    """State, chain head and answers of one procedure. Events are the only way in which its state changes."""

    procedure: Procedure

    def __init__(self, *, since_0_2: bool, build: str) -> None:
        self.since_0_2 = since_0_2
        """True for runs that began under 0.2 or later: what they write to history besides may differ from 0.1."""
        self.head = ChainHead()
        self.seed = b""
        self.receipts: dict[str, Receipt] = {}
        self.expected = Expected()
        self.begun = False
        """False until the first event is written, or the state has been read back."""
        self.retries_requested = 0
        """How often somebody has pressed «try again»."""
        self.opening = asyncio.Lock()
        """One private room is opened at a time: two must never have the same name."""
        self.moving = False
        """True while people are being brought from one room to another by themselves."""
        self.muted_as_told: tuple[str, tuple[ParticipantId, ...]] = ("", ())
        """The media process of the room, and whom it has been told to let nobody hear."""
        self.entering: set[ParticipantId] = set()
        """Who is being let in now, and counts as present for whatever needs everybody's consent."""
        self.sound_alone = False
        """True where whoever allows their sound alone is recorded so: up to 0.2 they were not recorded."""
        self.filing = asyncio.Lock()
        """One document enters the file at a time: two must never get the same number."""
        self.signing = asyncio.Lock()
        """One signature at a time: each is a revision upon the one before."""
        self._build = build
        self._writing = asyncio.Lock()
        self._trouble = ""

    async def ready(self) -> None:
        """Commands that arrive before the first event is written wait for it."""
        await workflow.wait_condition(lambda: self.begun)

    async def written(self) -> None:
        """Until what is being written stands, and the state is what the journal says."""
        await workflow.wait_condition(lambda: not self.writing)

    # -- writing -----------------------------------------------------------------------------------------------------

    async def write_first(self, request: ProcedureRequested, author: str) -> None:
        """The event that everything begins with."""
        stamp = Stamp(actor=author, role="system", at=workflow.now())

        def first(stamp: Stamp) -> Appended:
            line = self._entry(request.id, ChainHead(), request, stamp)
            return Appended(begin(request, stamp), advance(ChainHead(), line), (line,))

        await self.until_not_refused(lambda: self._commit(first, stamp))
        self.begun = True

    async def record(self, command: Command, *events: Event, **detail: Any) -> Receipt:
        """Write what a command comes to, after asking its rule once more: the state may have moved meanwhile."""
        return await self.record_from(command, lambda: events, **detail)

    async def record_from(self, command: Command, events: Callable[[], tuple[Event, ...]], **detail: Any) -> Receipt:
        """Like `record`, where the events depend on the state: `events` is asked once nobody else writes."""
        async with self._writing:
            self.expected.refuse_overtaken(self, command)
            RULES[type(command)](self.procedure, command)
            return await self._record(command, events(), detail)

    async def record_effect(self, command: Command, *events: Event, **detail: Any) -> Receipt:
        """Write what a command has already done in the world: it is true whatever has become of the state.

        Waits as long as the journal refuses, as `note` does: an effect that stood nowhere would be lost.
        """

        async def attempt() -> Receipt:
            async with self._writing:
                return await self._record(command, events, detail)

        return await self.until_not_refused(attempt)

    async def _record(self, command: Command, events: tuple[Event, ...], detail: dict[str, Any]) -> Receipt:
        stamp = Stamp(actor=command.author.ref, role=acting_role(self.procedure, command.author), at=self.now())
        await self._commit(lambda stamp: self._appended(events, stamp), stamp)
        self.expected.has_written(command)
        return Receipt(seq=self.seq, stage=self.procedure.stage.value, detail=detail)

    async def note(self, *events: Event) -> None:
        """Write what the system itself saw or did. Waits as long as the journal refuses: it is not lost."""
        await self.note_if(lambda: True, *events)

    async def note_if(self, condition: Callable[[], bool], *events: Event) -> bool:
        """Like `note`, when `condition` holds once nobody else writes."""

        async def attempt() -> bool:
            async with self._writing:
                if not condition():
                    return False
                stamp = Stamp(actor="system", role="system", at=self.now())
                await self._commit(lambda stamp: self._appended(events, stamp), stamp)
            return True

        return await self.until_not_refused(attempt)

    async def until_not_refused(self, attempt: Callable[[], Awaitable[T]]) -> T:
        """Try again for as long as journal or keys refuse for good (a missing key, a gap): no case ends of it.

        Nobody waits for an answer here, so there is nobody to tell but the operators: the search attribute says it
        until it is over. The journal itself, which tells everything else, is what cannot be written.
        """
        pause = JOURNAL_RETRY_FIRST
        while True:
            try:
                result = await attempt()
            except ActivityError as error:
                self._tell_operators(code_of(error))
                await self.until_retry_requested(pause)
                pause = min(pause * 2, JOURNAL_RETRY_LAST)
            else:
                self._tell_operators("")
                return result

    def _tell_operators(self, code: str) -> None:
        if code == self._trouble:
            return
        self._trouble = code
        if code:
            workflow.metric_meter().create_counter("estrado_journal_refused").add(1, {"code": code})
        if self.since_0_2:
            workflow.upsert_search_attributes([TROUBLE.value_set(code) if code else TROUBLE.value_unset()])

    async def until_retry_requested(self, at_most: timedelta) -> None:
        """Until somebody presses «try again», or the time has passed."""
        before = self.retries_requested
        try:
            await workflow.wait_condition(lambda: self.retries_requested > before, timeout=at_most)
        except TimeoutError:
            return

    @property
    def writing(self) -> bool:
        """True while lines are being written: no next run begins in between, it would not know of them."""
        return self._writing.locked()

    def now(self) -> datetime:
        """The workflow's clock, never before the last event (I11)."""
        now = workflow.now()
        last = self.procedure.changed_at
        return max(now, last) if last else now

    @property
    def seq(self) -> int:
        """Number of the last event written."""
        return self.head.next_seq - 1

    def _appended(self, events: tuple[Event, ...], stamp: Stamp) -> Appended:
        procedure, head, entries = self.procedure, self.head, []
        for event in events:
            line = self._entry(procedure.id, head, event, stamp)
            procedure, head = apply(procedure, event, stamp), advance(head, line)
            entries.append(line)
        return Appended(procedure, head, tuple(entries))

    async def _commit(self, appended_at: Callable[[Stamp], Appended], stamp: Stamp) -> None:
        """Have it written; the state that follows is that of the lines which the journal has."""
        build = self._writer()
        appended = appended_at(stamp)
        written = await self._append(appended)
        if written.at != stamp.at or written.build not in (None, build):
            # scar: once in hundreds of kills a replay tells another time than the first run told (a task that had
            # timed out before); every hash after it was another, and the journal refused the next event as a fork.
            self._build = written.build or build
            appended = appended_at(stamp.but(at=written.at))
        self.procedure, self.head = appended.procedure, appended.head

    async def _append(self, appended: Appended) -> WrittenEvents:
        # scar: a local activity would be quicker, but its input is not in history before it runs: after a crash the
        # same number would be written with another time, and the journal would fork.
        row = register_row(appended.procedure, seq=appended.head.next_seq - 1, head=appended.head.hash)
        written: WrittenEvents = await workflow.execute_activity_method(
            CaseFiles.append_events,
            AppendEvents(entries=appended.entries, row=row),
            task_queue=PROCEDURES,
            start_to_close_timeout=QUICK,
            heartbeat_timeout=PULSE,
            retry_policy=FOREVER,
        )
        return written

    def _writer(self) -> str:
        """Which build writes now: that of the worker, where it says one."""
        if self.since_0_2 and (version := workflow.info().get_current_deployment_version()):
            self._build = version.build_id or self._build
        return self._build

    def _entry(self, procedure: Any, head: ChainHead, event: Event, stamp: Stamp) -> JournalEntry:
        return entry(
            head,
            procedure=procedure,
            seed=self.seed,
            stamp=stamp,
            type=event.type,
            content=event.content(),
            subjects=event.subjects(),
            build=self._build,
        )
