"""A case larger than any that a court holds: `python -m bench.outsized` (or `make outsized`).

A hearing of twelve people in which `--items` examinations of 12,000 characters each are written down, `--documents`
papers are handed in, and people go and come back `--comings` times. At `--deaths` moments, spread over it, the worker
is killed while a command is under way, and a fresh one takes the case over. Then the session is closed, and minutes
and bundle are made, signed, anchored and judged by the offline verifier. Media are in memory. Ends with 0 when the
bundle is PASSED and no invariant is broken; the figures are printed and written to `var/bench/outsized.json`,
and the bundle is left beside them.
"""

import argparse
import asyncio
import shutil
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from temporalio.client import Client

from api.services.gateway import Gateway
from bench.chaos.players import StruckRoom
from bench.installation import ATLANTIA, House, WorkerProcess, open_house, prepare, serving, with_staff
from bench.measures.figures import Aim, Figure, quantile, table, write_report
from bench.outsized.hearing import ID, TYPE, Hearing, Size, Spent, enlarged, say
from bench.trust import verdict_on
from deploy.place import PROJECT
from deploy.stack import Stack
from domain.events.summons import ProcedureRequested
from domain.ids import ProcedureId, workflow_id
from domain.reading import CaseReading
from rehearsal.casting import request
from workflows.engine.hand_over import EVENTS_PER_RUN

WHERE = PROJECT / "var" / "bench"
FLAT = Aim(1.5, of="ratio")
"""A command late in the case may take half as long again as one early in it."""
SOON = Aim(5)
"""Seconds that somebody waits when a fresh worker takes the case over."""
PATIENCE_SECONDS = 900
"""For minutes of thousands of pages."""


async def hold_outsized(stack: Stack, size: Size, folder: Path) -> tuple[list[Figure], list[str]]:
    """The figures, and what was found broken."""
    prepare(stack)
    async with open_house(stack) as house, serving(WorkerProcess(stack)) as worker:
        room = StruckRoom(house, _gateway(house), _request(house), PATIENCE_SECONDS)
        room.patience = PATIENCE_SECONDS
        hearing = Hearing(room, house.client, worker, size)
        closed = await hearing.hold()
        broken = (await house.checker.inspect(closed.id, room.acknowledged)).broken
        assert closed.bundle is not None
        since = time.monotonic()
        report = await verdict_on(house.installation, house.settings, closed.bundle, closed.id, folder)
        judging = time.monotonic() - since
        shutil.copy(folder / "bundle.zip", WHERE / "outsized.zip")
        if report["verdict"] != "PASSED":
            broken += [f"the verifier says {report['verdict']}", *failed(report)]
        return [*figures_of(hearing.spent, judging), *await figures_of_runs(house.client)], broken


def failed(report: dict[str, Any]) -> list[str]:
    """The findings of a verification that support nothing."""
    return [f"{f['check']} {f['code']}: {f['object']}" for f in report["findings"] if f["result"] == "FAIL"]


def _gateway(house: House) -> Gateway:
    return Gateway(house.client, CaseReading(house.installation.journal), "outsized")


def _request(house: House) -> ProcedureRequested:
    accounts = {role: f"acc_{role}" for role in ("judge", "clerk")}
    soon = datetime.now(UTC) + timedelta(minutes=10)
    resolved, administration = enlarged(house.types[TYPE]), house.installation.administrations[ATLANTIA]
    return with_staff(request(resolved, administration, id=ID, scheduled_at=soon, accounts=accounts))


def figures_of(spent: Spent, judging: float) -> list[Figure]:
    """Commands at the end beside those at the beginning, and what a case of this size makes people wait for."""
    quarter = max(1, len(spent.commands) // 4)
    first, last = spent.commands[:quarter], spent.commands[-quarter:]
    said = "the first quarter of the case"
    return [
        Figure("outsized_command_p50_s", quantile(last, 0.5), "s", quantile(first, 0.5), said, FLAT),
        Figure("outsized_command_p95_s", quantile(last, 0.95), "s", quantile(first, 0.95), said),
        Figure("outsized_takeover_s", max(spent.takeovers, default=0.0), "s", quantile(last, 0.5), "a command", SOON),
        Figure("outsized_closing_s", spent.closing, "s"),
        Figure("outsized_ending_s", spent.ending, "s"),
        Figure("outsized_verification_s", judging, "s"),
    ]


async def figures_of_runs(client: Client) -> list[Figure]:
    """How many runs held the case, and how long the history of the longest is."""
    runs = [run async for run in client.list_workflows(f"WorkflowId = '{workflow_id(ProcedureId(ID))}'")]
    longest = max(run.history_length for run in runs)
    return [
        Figure("outsized_runs", len(runs), ""),
        Figure("outsized_longest_history", longest, "events", EVENTS_PER_RUN, "where a run hands over"),
    ]


def main() -> int:
    told = argparse.ArgumentParser(prog="python -m bench.outsized", description=__doc__)
    told.add_argument("--items", type=int, default=400)
    told.add_argument("--documents", type=int, default=80)
    told.add_argument("--comings", type=int, default=300)
    told.add_argument("--deaths", type=int, default=5)
    size = Size(**vars(told.parse_args()))
    WHERE.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory(dir=WHERE, ignore_cleanup_errors=True) as directory,
        Stack(Path(directory)) as stack,
    ):
        figures, broken = asyncio.run(hold_outsized(stack, size, Path(directory)))
    write_report(WHERE / "outsized.json", figures)
    say(f"\n{table(figures)}\n\n{'; '.join(broken) or 'nothing broken, and PASSED'}")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
