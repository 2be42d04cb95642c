"""The pen of a procedure: gives events their number and hash, has them written, and only then changes the state."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, NamedTuple, TypeVar

from temporalio import workflow
from temporalio.common import RetryPolicy

with workflow.unsafe.imports_passed_through():
    from activities.journal import CaseFiles
    from activities.orders import AppendEvents
    from activities.pulse import DEAD_AFTER
    from domain.commands import Command, Receipt
    from domain.events import Event, apply, begin
    from domain.events.summons import ProcedureRequested
    from domain.journal.chain import ChainHead, JournalEntry, Stamp, advance, entry
    from domain.journal.register import register_row
    from domain.procedure.state import Procedure
    from workflows.messages import Carried, HoldProcedure, Progress
    from workflows.queues import PROCEDURES

C = TypeVar("C", bound=Command)

PATIENT = RetryPolicy(initial_interval=timedelta(milliseconds=200), maximum_interval=timedelta(seconds=10))
"""Without end: what was accepted must happen; typed refusals end it by being non-retryable."""

QUICK = timedelta(seconds=10)
"""How long one attempt of a short activity may take before a dead worker is assumed."""


class Led(NamedTuple):
    """What events lead to: the state, the end of the chain, and the lines that get it there."""

    procedure: Procedure
    head: ChainHead
    entries: tuple[JournalEntry, ...]


class Journaling:
    """State, chain head and the answers given; every family of procedures is one."""

    procedure: Procedure

    def __init__(self) -> None:
        self.head = ChainHead()
        self.seed = b""
        self.build = "dev"
        self.began = False
        self.receipts: dict[str, Receipt] = {}
        self._pen = asyncio.Lock()

    # -- beginning and carrying on -----------------------------------------------------------------------------------

    async def begin(self, order: HoldProcedure) -> None:
        """Open the case file and write the first event; or take up what the previous run carried over."""
        self.build = order.build
        if order.carried is not None:
            self.procedure = order.carried.procedure
            self.head, self.seed = order.carried.head, bytes.fromhex(order.carried.seed)
            self.receipts = dict(order.carried.receipts)
        else:
            assert order.request is not None
            opened = await workflow.execute_activity_method(
                CaseFiles.open_case_file,
                order.request.id,
                start_to_close_timeout=QUICK,
                heartbeat_timeout=DEAD_AFTER,
                retry_policy=PATIENT,
            )
            self.seed = bytes.fromhex(opened.seed)
            await self._write_first(order.request, order.author)
        self.began = True

    async def _write_first(self, request: ProcedureRequested, author: str) -> None:
        stamp = Stamp(actor=author, role="system", at=workflow.now())
        await self._write_led(stamp, lambda told: self._first(request, told))

    def _first(self, request: ProcedureRequested, stamp: Stamp) -> Led:
        first = self._entry(request.id, ChainHead(), request, stamp)
        return Led(begin(request, stamp), advance(ChainHead(), first), (first,))

    async def ready(self) -> None:
        """Commands that arrive before the first event is written wait for it."""
        await workflow.wait_condition(lambda: self.began)

    def carried(self) -> Carried:
        return Carried(procedure=self.procedure, head=self.head, seed=self.seed.hex(), receipts=self.receipts)

    @workflow.query
    def progress(self) -> Progress:
        """The state of the procedure as its journal has it."""
        return Progress(procedure=self.procedure, seq=self.head.next_seq - 1)

    # -- writing -----------------------------------------------------------------------------------------------------

    async def record(
        self, command: C, *events: Event, rule: Callable[[Procedure, C], None] | None = None, **detail: Any
    ) -> Receipt:
        """Write what a command came to. `rule` is asked again inside the pen: the state may have moved meanwhile."""
        async with self._pen:
            if rule is not None:
                rule(self.procedure, command)
            stamp = Stamp(actor=command.author.ref, role=self._role(command), at=self.now())
            await self._write(stamp, events)
        return Receipt(seq=self.head.next_seq - 1, stage=self.procedure.stage.value, detail=detail)

    async def note(self, *events: Event) -> None:
        """Write what the system itself saw or did."""
        async with self._pen:
            await self._write(Stamp(actor="system", role="system", at=self.now()), events)

    async def note_if(self, condition: Callable[[], bool], *events: Event) -> bool:
        """Like `note`, when `condition` holds once the pen is free."""
        async with self._pen:
            if not condition():
                return False
            await self._write(Stamp(actor="system", role="system", at=self.now()), events)
        return True

    def now(self) -> datetime:
        """The workflow's clock, never before the last event (I11)."""
        now = workflow.now()
        last = self.procedure.changed_at
        return max(now, last) if last else now

    @property
    def seq(self) -> int:
        """Number of the last event written."""
        return self.head.next_seq - 1

    async def _write(self, stamp: Stamp, events: tuple[Event, ...]) -> None:
        await self._write_led(stamp, lambda told: self._next(events, told))

    def _next(self, events: tuple[Event, ...], stamp: Stamp) -> Led:
        procedure, head, entries = self.procedure, self.head, []
        for event in events:
            written = self._entry(procedure.id, head, event, stamp)
            procedure, head = apply(procedure, event, stamp), advance(head, written)
            entries.append(written)
        return Led(procedure, head, tuple(entries))

    async def _write_led(self, stamp: Stamp, led_by: Callable[[Stamp], Led]) -> None:
        """Have it written; the state that follows is that of the time which the journal has."""
        led = led_by(stamp)
        at = await self._append(led)
        if at != stamp.at:
            # scar: once in hundreds of kills a replay tells another time than the first run told (a task that had
            # timed out before); every hash after it was another, and the journal refused the next event as a fork.
            led = led_by(stamp.but(at=at))
        self.procedure, self.head = led.procedure, led.head

    async def _append(self, led: Led) -> datetime:
        # scar: a local activity would be quicker, but its input is not in history before it runs: after a crash the
        # same number would be written with another time, and the journal would fork.
        row = register_row(led.procedure, seq=led.head.next_seq - 1, head=led.head.hash)
        at: datetime = await workflow.execute_activity_method(
            CaseFiles.append_events,
            AppendEvents(entries=led.entries, row=row),
            task_queue=PROCEDURES,
            start_to_close_timeout=QUICK,
            heartbeat_timeout=DEAD_AFTER,
            retry_policy=PATIENT,
        )
        return at

    def _entry(self, procedure: Any, head: ChainHead, event: Event, stamp: Stamp) -> JournalEntry:
        return entry(
            head,
            procedure=procedure,
            seed=self.seed,
            stamp=stamp,
            type=event.type,
            content=event.content(),
            subjects=event.subjects(),
            build=self.build,
        )

    def _role(self, command: Command) -> str:
        author = command.author
        if author.participant is not None:
            return self.procedure.participant(author.participant).role
        return author.staff_roles[0].value if author.staff_roles else "system"
