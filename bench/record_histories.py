"""Records the histories that the determinism gate replays: `python -m bench.record_histories [name ...]`.

What the engine wrote down of every case in `bench/recorded_cases.py` goes to `tests/workflows/histories/<release>/`,
the release being that of `pyproject.toml`. To be run once for each release: the folders of earlier ones stay as they
are, and have to replay for as long as procedures that began under them may be open.
"""

import asyncio
import json
import sys
import tomllib
from collections.abc import AsyncGenerator, Collection
from datetime import timedelta
from pathlib import Path
from typing import Any

from temporalio.client import WorkflowHandle

from bench.recorded_cases import CASES, handed_over
from bench.recording import Faults, Recording
from deploy.place import PROJECT
from tests.workflows.court import Court, open_court
from tests.workflows.engines import handing_over_after

HISTORIES = PROJECT / "tests" / "workflows" / "histories"
LONG = 160
"""Events after which the real engine is told to find a history long: the session has begun by then, and goes on."""


def release() -> str:
    """Major and minor number of the version that `pyproject.toml` states."""
    version: str = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    return ".".join(version.split(".")[:2])


async def histories(names: Collection[str]) -> AsyncGenerator[tuple[str, str]]:
    """Play those cases, all when none is named; each history in the engine's JSON, with its name."""
    faults = Faults()
    async with open_court(more=[faults]) as court:
        for name, case in CASES.items():
            if not names or name in names:
                room = await case(Recording(court, faults))
                yield name, (await room.handle.fetch_history()).to_json()
    if not names or "life_certificate.handed_over" in names:
        async for name, history in two_runs():
            yield name, history


async def two_runs() -> AsyncGenerator[tuple[str, str]]:
    """The last run before a hand-over in a session, and the one after it."""
    async with open_court(handing_over_after(LONG), timedelta(seconds=1)) as court:
        room = await handed_over(court)
        first = room.handle.first_execution_run_id
        last = (await room.handle.describe()).run_id
        for name, run in (("before", first), ("after", last)):
            yield (
                f"life_certificate.handed_over_{name}",
                (await run_of(court, room.handle.id, run).fetch_history()).to_json(),
            )


def run_of(court: Court, id: str, run: str | None) -> WorkflowHandle[object, object]:
    return court.environment.client.get_workflow_handle(id, run_id=run)


def without_stack(part: dict[str, Any]) -> dict[str, Any]:
    """Where the code of a failure stood is a path of this machine, and no workflow reads it."""
    return {name: value for name, value in part.items() if name != "stackTrace"}


async def record(folder: Path, names: Collection[str]) -> None:
    async for name, history in histories(names):
        path = folder / f"{name}.json"
        # Indentation and spaces would double the file; the order of keys makes two recordings comparable.
        told = json.loads(history, object_hook=without_stack)
        path.write_text(json.dumps(told, separators=(",", ":"), sort_keys=True) + "\n", "utf-8")
        print(f"{path.stat().st_size / 1000:7.0f} kB  {path.name}", flush=True)


def main() -> None:
    """Write one file a history."""
    folder = HISTORIES / release()
    folder.mkdir(parents=True, exist_ok=True)
    asyncio.run(record(folder, sys.argv[1:]))


if __name__ == "__main__":
    main()
