"""Before a deployment: does the code at hand fit the procedures that are open?

`python -m deploy.histories export FOLDER` writes the histories of everything that runs in an installation, as the
engine keeps them: encrypted. `python -m deploy.histories replay FOLDER` runs them through the workflows of the code at
hand and ends with another code than 0, and their names, when some do not go through. Both read the installation's
settings; to replay, the key of the codec is needed and no server is.
"""

import argparse
import asyncio
import sys
from collections.abc import Sequence
from pathlib import Path

from temporalio.client import Client, WorkflowHistory
from temporalio.converter import DataConverter
from temporalio.worker import Replayer, UnsandboxedWorkflowRunner

from adapters.engine.codec import data_converter
from adapters.engine.command_line import exit_at_once
from adapters.wiring import temporal_client
from settings import EngineSettings
from workflows.families import EVERY_WORKFLOW

OPEN = "ExecutionStatus = 'Running'"

Fault = tuple[str, BaseException]


async def export(client: Client, folder: Path) -> int:
    """Write one file for each workflow that runs now; how many there are. What was there before stays."""
    count = 0
    async for running in client.list_workflows(OPEN):
        handle = client.get_workflow_handle(running.id, run_id=running.run_id)
        await asyncio.to_thread(_write, folder / f"{running.id}.json", (await handle.fetch_history()).to_json())
        count += 1
    return count


def _write(path: Path, content: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    path.write_text(content, "utf-8")


def read(folder: Path) -> list[WorkflowHistory]:
    """The histories that were written there. Raises `FileNotFoundError` when there are none: nothing can be judged."""
    histories = [
        WorkflowHistory.from_json(path.stem, path.read_text("utf-8")) for path in sorted(folder.glob("*.json"))
    ]
    if not histories:
        raise FileNotFoundError(f"no histories in {folder}")
    return histories


async def replay(
    histories: Sequence[WorkflowHistory], converter: DataConverter, workflows: Sequence[type]
) -> list[Fault]:
    """Those that `workflows` cannot go on with, by name, with the reason."""
    # Scar: on a busy machine two seconds were not enough for a step, and a good history was told as one that stalls.
    replayer = Replayer(
        workflows=workflows,
        data_converter=converter,
        workflow_runner=UnsandboxedWorkflowRunner(),
        debug_mode=True,  # nothing is timed
    )
    faults: list[Fault] = []
    for history in histories:
        replayed = await replayer.replay_workflow(history, raise_on_replay_failure=False)
        if replayed.replay_failure is not None:
            faults.append((history.workflow_id, replayed.replay_failure))
    return faults


async def _export(settings: EngineSettings, folder: Path) -> int:
    count = await export(await temporal_client(settings), folder)
    print(f"{count} open histories in {folder}")
    return 0


async def _replay(settings: EngineSettings, folder: Path) -> int:
    try:
        histories = await asyncio.to_thread(read, folder)
    except FileNotFoundError as missing:
        print(missing, file=sys.stderr)
        return 2
    faults = await replay(histories, data_converter(settings.codec_key_file), EVERY_WORKFLOW)
    for name, fault in faults:
        # The words of a fault may hold what somebody typed; its kind says enough.
        print(f"{name}: {type(fault).__name__}", file=sys.stderr)
    print(f"{len(histories) - len(faults)} go through, {len(faults)} do not")
    return 1 if faults else 0


def main() -> int:
    told = argparse.ArgumentParser(prog="python -m deploy.histories", description=__doc__)
    told.add_argument("what", choices=["export", "replay"])
    told.add_argument("folder", type=Path)
    arguments = told.parse_args()
    act = {"export": _export, "replay": _replay}[arguments.what]
    return asyncio.run(act(EngineSettings(), arguments.folder))


if __name__ == "__main__":
    exit_at_once(main())
