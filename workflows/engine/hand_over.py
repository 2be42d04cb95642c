"""When a run ends and the next one goes on, and what crosses between them: hardly anything, the journal has the rest.

A run must stay short: the engine refuses more than 2,000 updates and 51,200 events, and a worker that takes a case over
replays about a thousand events a second while people wait.
"""

from functools import partial
from itertools import islice
from typing import NoReturn

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from activities.journal import CaseFiles, state_of_parts
    from activities.orders import OpenedCaseFile, ReadState, StatePart
    from domain.commands import Receipt
    from domain.ids import ProcedureId
    from domain.procedure.people import Presence
    from domain.types.vocabulary import Stage
    from workflows.engine.case_file import CaseFile
    from workflows.engine.messages import Continued, HoldProcedure
    from workflows.engine.muted import room_is_to_be_told
    from workflows.engine.patience import FOREVER, PULSE, QUICK, READ_STATE_LIMIT
    from workflows.engine.queues import PROCEDURES

EVENTS_PER_RUN = 2_000
"""About 180 commands, two conciliations: replayed in two seconds."""

RECEIPTS_KEPT = 1_000
"""How many answers cross to the next run. The API keeps the answers of a day under their keys besides."""

QUIET_STAGES = (
    *(Stage.SUMMONED, Stage.CHECKED_IN, Stage.INTERRUPTED, Stage.DRAFTING, Stage.APPROVAL),
    *(Stage.PREPARATION, Stage.AWAITING, Stage.ANSWERED),
)
"""Where a new version of the software takes a case over: it waits there longest, and nobody is in the middle of
something."""


class HandOver:
    """Decides for one run."""

    def __init__(self, case: CaseFile, order: HoldProcedure) -> None:
        self._case = case
        self._build = order.build
        self._version = workflow.info().get_current_deployment_version()

    def is_due(self) -> bool:
        """True when the next run should begin now: nothing is under way, and this one is long or of an old version."""
        if not self._case.begun or self._case.moving or self._case.writing or not workflow.all_handlers_finished():
            return False
        # The next run knows of nobody who was muted in the room, and would not have them heard again.
        if not self._case.since_0_2 or room_is_to_be_told(self._case):
            return False
        info = workflow.info()
        if info.is_continue_as_new_suggested() or info.get_current_history_length() >= EVENTS_PER_RUN:
            return True
        return self._case.procedure.stage in QUIET_STAGES and info.get_current_deployment_version() != self._version

    def is_due_as_in_0_1(self) -> bool:
        """What runs that began under 0.1 ask between two steps."""
        procedure = self._case.procedure
        quiet = procedure.stage in (Stage.SUMMONED, Stage.DRAFTING)
        nobody_is_lost = all(person.presence is not Presence.LOST for person in procedure.participants)
        long = workflow.info().is_continue_as_new_suggested()
        return quiet and nobody_is_lost and long and workflow.all_handlers_finished()

    def begin_next_run(self) -> NoReturn:
        """Ends this run. Only from the workflow's own task, never from a handler's."""
        case = self._case
        receipts = dict(islice(case.receipts.items(), max(0, len(case.receipts) - RECEIPTS_KEPT), None))
        handed = Continued(procedure=case.procedure.id, head=case.head, receipts=receipts)
        workflow.continue_as_new(HoldProcedure(continued=handed, build=self._build))


async def open_case_file(procedure: ProcedureId) -> bytes:
    """The seed of the journal; makes key and seed where there are none yet."""
    opened: OpenedCaseFile = await workflow.execute_activity_method(
        CaseFiles.open_case_file,
        procedure,
        start_to_close_timeout=QUICK,
        heartbeat_timeout=PULSE,
        retry_policy=FOREVER,
    )
    return bytes.fromhex(opened.seed)


async def take_over(case: CaseFile, handed: Continued) -> None:
    """Read the state back from the journal, part by part: a large one does not cross the engine at once."""
    case.seed = await case.until_not_refused(lambda: open_case_file(handed.procedure))
    case.head, case.receipts = handed.head, dict[str, Receipt](handed.receipts)
    parts: list[StatePart] = []
    while not parts or len(parts) < parts[0].parts:
        part = await case.until_not_refused(partial(_read_part, handed, len(parts)))
        if parts and part.sha256 != parts[0].sha256:
            parts = []  # two builds answered: from the first part again
        else:
            parts.append(part)
    case.procedure = state_of_parts(parts)
    case.begun = True


async def _read_part(handed: Continued, part: int) -> StatePart:
    read: StatePart = await workflow.execute_activity_method(
        CaseFiles.read_state,
        ReadState(procedure=handed.procedure, up_to=handed.head.next_seq - 1, part=part),
        task_queue=PROCEDURES,
        start_to_close_timeout=READ_STATE_LIMIT,
        heartbeat_timeout=PULSE,
        retry_policy=FOREVER,
    )
    return read
