"""A hearing that goes on for long: many items, papers, comings and goings, and a worker that dies now and then."""

import asyncio
import time
from collections.abc import Awaitable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from temporalio.client import Client

from bench.chaos.players import StruckRoom
from bench.installation import WorkerProcess
from bench.measures.figures import quantile
from bench.measures.watching import A_MOMENT
from bench.papers import scanned_page
from domain.commands import AddItem, DepositDocument, FillItem, OpenItem
from domain.ids import ProcedureId, workflow_id
from domain.ports.media import RoomFact
from domain.procedure.people import Participant, Presence
from domain.procedure.state import Procedure
from domain.types.procedure_type import ResolvedType
from domain.types.vocabulary import Stage
from rehearsal.acting import Play
from workflows.procedure import ProcedureWorkflow

ID = "prc_outsized"
TYPE = "oral_hearing_witness"
EXAMINATION = "A13"
LAWYERS = 9
"""With judge, clerk and witness: twelve people."""
SUMMARY = (
    "Declara que la valla entre las fincas se rompió en el temporal de enero y que nadie la ha reparado. " * 200
)[:12_000]


@dataclass(frozen=True)
class Size:
    items: int
    documents: int
    comings: int
    deaths: int


@dataclass
class Spent:
    """Seconds, in the order in which they were spent."""

    commands: list[float] = field(default_factory=list)
    """From asking for a command to its answer, with no worker killed meanwhile."""
    takeovers: list[float] = field(default_factory=list)
    """From a fresh worker that serves to the answer of the command during which the last one was killed."""
    closing: float = 0.0
    """From asking to close the session to minutes that can be approved."""
    ending: float = 0.0
    """From the approval to the closed procedure."""


def enlarged(resolved: ResolvedType) -> ResolvedType:
    """The type with more lawyers and as many examinations as are added; none of them is a document of its own."""
    kind = resolved.procedure
    roles = tuple(role.but(minimum=LAWYERS, maximum=LAWYERS) if role.code == "lawyer" else role for role in kind.roles)
    documents = tuple(plan for plan in kind.documents if plan.from_item != EXAMINATION)
    known = {plan.code for plan in documents} | {"minutes"}
    signatures = tuple(line for line in kind.signatures if line.document in known)
    outcomes = tuple(
        rule.but(signed=tuple(code for code in rule.signed if code in known)) for rule in kind.validity.outcomes
    )
    validity = kind.validity.but(outcomes=outcomes)
    agenda = kind.agenda.but(allowed=(*kind.agenda.allowed, EXAMINATION))
    examinations = resolved.items | {EXAMINATION: resolved.items[EXAMINATION].but(repeatable=True)}
    procedure = kind.but(roles=roles, documents=documents, signatures=signatures, validity=validity, agenda=agenda)
    made = resolved.but(items=examinations, procedure=procedure)
    # As the engine reads it: scar, a type that had become wrong was found out by a workflow that never began.
    return ResolvedType.model_validate_json(made.model_dump_json())


class Hearing:
    """The session of that case, and the worker that dies in it."""

    def __init__(self, room: StruckRoom, client: Client, worker: WorkerProcess, size: Size) -> None:
        self.spent = Spent()
        self._room = room
        self._play = Play(room, ID, paper=scanned_page())
        self._workflow = client.get_workflow_handle(workflow_id(ProcedureId(ID)))
        self._worker = worker
        self._size = size
        self._facts = 0

    async def hold(self) -> Procedure:
        """The whole case, from the summons to the closed procedure."""
        await self._room.begin()
        await self._play.arrive()
        await self._play.enter()
        await self._play.identify()
        for person in _lawyers(await self._room.procedure()):
            await self._report(person, "joined", there=True)
        await self._play.hold_agenda()
        await self._go_on_for_long()
        self.spent.closing = await seconds(self._close())
        self.spent.ending = await seconds(self._end())
        return await self._room.reaches(Stage.CLOSED)

    async def _close(self) -> None:
        await self._play.close()
        await self._room.reaches(Stage.APPROVAL)

    async def _end(self) -> None:
        await self._play.approve_and_sign()
        await self._room.reaches(Stage.CLOSED)

    async def _go_on_for_long(self) -> None:
        """Examinations, with papers, comings and deaths spread evenly over them."""
        size = self._size
        deaths, comings, papers = (spread(n, size.items) for n in (size.deaths, size.comings, size.documents))
        for number in range(size.items):
            for _ in range(comings[number]):
                await self._lose_the_line()
            for _ in range(papers[number]):
                await self._hand_in()
            await self._examine(dies=bool(deaths[number]))
            if number % 20 == 19:
                say(f"  {number + 1} examinations, {quantile(self.spent.commands[-60:], 0.5):.3f} s a command")

    async def _examine(self, *, dies: bool) -> None:
        procedure = await self._room.procedure()
        host, witness = procedure.hosts[0], next(p for p in procedure.participants if p.role == "witness")
        await self._timed(self._play.say(host, AddItem, code=EXAMINATION, role="witness"))
        item = (await self._room.procedure()).agenda[-1].id
        await self._timed(self._play.say(host, OpenItem, item=item))
        values = {"examined": witness.id, "summary": SUMMARY}
        filling = self._play.say(host, FillItem, item=item, values=values, done=True)
        await (self._outlived(filling) if dies else self._timed(filling))

    async def _outlived(self, command: Awaitable[object]) -> None:
        """The worker is killed while it carries that command out; the next one answers it."""
        under_way = asyncio.ensure_future(command)
        await asyncio.sleep(A_MOMENT)
        self._worker.kill()
        self._worker.start()
        await self._worker.serves()
        self.spent.takeovers.append(await seconds(under_way))
        say(f"  worker killed: {self.spent.takeovers[-1]:.2f} s from the next one that serves to the answer")

    async def _hand_in(self) -> None:
        procedure = await self._room.procedure()
        raw = await self._room.upload(scanned_page())
        await self._play.say(
            procedure.hosts[0],
            DepositDocument,
            raw=(raw,),
            code="exhibit",
            title="Presupuesto de la valla",
            depositor=_lawyers(procedure)[0].id,
        )

    async def _lose_the_line(self) -> None:
        """Somebody loses the line and has it again at once."""
        lawyers = _lawyers(await self._room.procedure())
        who = lawyers[self._facts // 2 % len(lawyers)]
        await self._report(who, "connection_lost", there=False)
        await self._report(who, "restored", there=True)

    async def _report(self, who: Participant, kind: str, *, there: bool) -> None:
        self._facts += 1
        at = datetime.now(UTC)
        fact = RoomFact(id=self._facts, procedure=ProcedureId(ID), participant=who.id, kind=kind, at=at)
        await self._workflow.signal(ProcedureWorkflow.room_fact, fact)
        while not await self._is_seen(who, there):  # noqa: ASYNC110 - another process writes it
            await asyncio.sleep(A_MOMENT)

    async def _is_seen(self, who: Participant, there: bool) -> bool:
        procedure = await self._room.procedure()
        return (procedure.participant(who.id).presence is Presence.CONNECTED) is there

    async def _timed(self, command: Awaitable[object]) -> None:
        self.spent.commands.append(await seconds(command))


def _lawyers(procedure: Procedure) -> list[Participant]:
    return [person for person in procedure.participants if person.role == "lawyer"]


def spread(number: int, over: int) -> list[int]:
    """How many of `number` things happen before each of `over` others, evenly."""
    return [number * (place + 1) // over - number * place // over for place in range(over)]


async def seconds(waited_for: Awaitable[object]) -> float:
    since = time.monotonic()
    await waited_for
    return time.monotonic() - since


def say(words: str) -> None:
    print(words, flush=True)
