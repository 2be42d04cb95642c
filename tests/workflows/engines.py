"""The engines of the tests of workflows: one that skips time, and the real one with limits that a test can reach."""

import shutil
import sys
from pathlib import Path

from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.testing import WorkflowEnvironment


async def skipping_time() -> WorkflowEnvironment:
    """An engine in which a term of days passes at once."""
    return await WorkflowEnvironment.start_time_skipping(
        test_server_existing_path=installed("temporal-test-server"), data_converter=pydantic_data_converter
    )


async def handing_over_after(events: int) -> WorkflowEnvironment:
    """The real engine, which finds a history long after so few events; its time passes as ours."""
    long = f"limit.historyCount.suggestContinueAsNew={events}"
    return await WorkflowEnvironment.start_local(
        dev_server_existing_path=installed("temporal"),
        dev_server_extra_args=["--dynamic-config-value", long],
        data_converter=pydantic_data_converter,
    )


def installed(program: str) -> str:
    """What a package put beside the interpreter."""
    found = shutil.which(program, path=str(Path(sys.executable).parent))
    assert found is not None
    return found
