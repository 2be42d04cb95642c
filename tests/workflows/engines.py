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
    return await engine_with(f"limit.historyCount.suggestContinueAsNew={events}")


async def engine_with(*limits: str) -> WorkflowEnvironment:
    """The real engine with some of its limits set; its time passes as ours."""
    return await WorkflowEnvironment.start_local(
        dev_server_existing_path=installed("temporal"),
        dev_server_extra_args=[word for limit in limits for word in ("--dynamic-config-value", limit)],
        data_converter=pydantic_data_converter,
    )


def installed(program: str) -> str:
    """What a package put beside the interpreter."""
    found = shutil.which(program, path=str(Path(sys.executable).parent))
    assert found is not None
    return found
