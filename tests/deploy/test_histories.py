"""Before a deployment the histories of what is open are taken from a real installation and run through the new code."""

import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import timedelta
from os import environ
from pathlib import Path

import pytest
from temporalio import workflow

from adapters.engine.codec import data_converter
from bench.installation import open_house, settings_of
from deploy.histories import export, read, replay
from deploy.place import PROJECT
from deploy.plan import SERVERS
from deploy.stack import Stack
from domain.types.vocabulary import Stage
from workflows.account_notices import TellMemberOfStaffWorkflow, TellStaffWorkflow
from workflows.adr import AdrWorkflow
from workflows.anchoring import AnchorBatchWorkflow
from workflows.engine.messages import HoldProcedure, Outcome
from workflows.webhooks import TellSystemsWorkflow, TellSystemWorkflow

pytestmark = pytest.mark.timeout(300)

OTHERS = (AnchorBatchWorkflow, TellSystemsWorkflow, TellSystemWorkflow, TellStaffWorkflow, TellMemberOfStaffWorkflow)
"""What else is open."""


@workflow.defn(name="AdrWorkflow")
class OneActivityMore(AdrWorkflow):
    """The conciliation as somebody might change it without thinking of those that are open."""

    @workflow.run
    async def run(self, order: HoldProcedure) -> Outcome:
        await workflow.execute_activity("greet_everybody", start_to_close_timeout=timedelta(seconds=1))
        return await self.hold()


@workflow.defn(name="AdrWorkflow")
class OnABusyMachine(AdrWorkflow):
    """The conciliation where the processors have much else to do."""

    @workflow.run
    async def run(self, order: HoldProcedure) -> Outcome:
        time.sleep(2.5)  # noqa: ASYNC251  (as long as a step may not take elsewhere)
        return await self.hold()


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    with Stack(tmp_path_factory.mktemp("open")) as stack:
        stack.need(*SERVERS)
        stack.prepare(people=False)
        stack.need("worker")
        yield stack


@pytest.fixture
async def exported(installation: Stack, tmp_path: Path) -> Path:
    async with open_house(installation) as house:
        room = await house.summon("conciliation", f"prc_open_{tmp_path.name}")
        await room.reaches(Stage.SUMMONED)
        assert await export(house.client, tmp_path / "histories") >= 1
    return tmp_path / "histories"


def deployed(installation: Stack, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "deploy.histories", *words]
    env = {**environ, **installation.env}
    return subprocess.run(command, cwd=PROJECT, env=env, capture_output=True, text=True)


def test_what_is_exported_is_encrypted_and_goes_through_the_code_at_hand(installation: Stack, exported: Path) -> None:
    written = "".join(path.read_text() for path in exported.glob("*.json"))
    assert "Anxo" not in written
    assert "YmluYXJ5L2VuY3J5cHRlZA==" in written  # the encoding: binary/encrypted

    done = deployed(installation, "replay", str(exported))

    assert (done.returncode, done.stderr) == (0, ""), done.stdout + done.stderr
    assert "0 do not" in done.stdout


async def test_what_does_not_go_through_is_named(installation: Stack, exported: Path) -> None:
    converter = data_converter(settings_of(installation).codec_key_file)

    faults = await replay(read(exported), converter, [OneActivityMore, *OTHERS])

    assert [name.startswith("procedure-prc_open_") for name, _ in faults] == [True] * len(faults) != []


async def test_a_busy_machine_is_no_fault_of_a_history(installation: Stack, exported: Path) -> None:
    converter = data_converter(settings_of(installation).codec_key_file)

    assert await replay(read(exported), converter, [OnABusyMachine, *OTHERS]) == []


def test_an_empty_folder_judges_nothing(installation: Stack, tmp_path: Path) -> None:
    assert deployed(installation, "replay", str(tmp_path)).returncode == 2


def test_the_command_exports_what_is_open(installation: Stack, exported: Path, tmp_path: Path) -> None:
    done = deployed(installation, "export", str(tmp_path / "again"))

    assert done.returncode == 0, done.stderr
    names = {path.name for path in exported.glob("procedure-*.json")}
    assert names and names <= {path.name for path in (tmp_path / "again").iterdir()}
