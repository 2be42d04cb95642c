"""Which version of the workers the engine gives its tasks to: `python -m deploy.versions current`, after a deployment.

A version serves nothing before it was made current. The local stack does so itself, at every start.
"""

import argparse
import asyncio
import sys
import time

from temporalio.api.workflowservice.v1 import SetWorkerDeploymentCurrentVersionRequest
from temporalio.client import Client
from temporalio.service import RPCError, RPCStatusCode

from adapters.engine.command_line import exit_at_once
from adapters.wiring import deployment, temporal_client
from deploy.processes import DEPLOYMENTS
from settings import EngineSettings

SECONDS_TO_BE_KNOWN = 30.0
BETWEEN_TRIES = 0.2

NOT_YET = {RPCStatusCode.NOT_FOUND, RPCStatusCode.FAILED_PRECONDITION}
"""The engine learns of a version from its workers' first questions."""


async def make_current(client: Client, deployment: str, build: str, seconds: float = SECONDS_TO_BE_KNOWN) -> None:
    """From now on every workflow's next task goes to workers of `build`. Repeating changes nothing.

    Raises `RPCError` when no worker of that build has asked for work within `seconds`.
    """
    request = SetWorkerDeploymentCurrentVersionRequest(
        namespace=client.namespace,
        deployment_name=deployment,
        build_id=build,
        # A queue that the version before served and this one does not is a decision of whoever wrote this one.
        ignore_missing_task_queues=True,
    )
    latest = time.monotonic() + seconds
    while True:
        try:
            await client.workflow_service.set_worker_deployment_current_version(request)
        except RPCError as error:
            if error.status not in NOT_YET or time.monotonic() > latest:
                raise
            await asyncio.sleep(BETWEEN_TRIES)
        else:
            return


async def make_part_current(settings: EngineSettings, part: str) -> None:
    client = await temporal_client(settings)
    version = deployment(settings, DEPLOYMENTS[part]).version
    await make_current(client, version.deployment_name, version.build_id)


def main() -> int:
    told = argparse.ArgumentParser(prog="python -m deploy.versions", description=__doc__)
    told.add_argument("what", choices=["current"], help="make ESTRADO_BUILD_ID current, once its workers ask for work")
    told.add_argument("--part", choices=sorted(DEPLOYMENTS), action="append", help="only this part (default: all)")
    settings = EngineSettings()
    for part in told.parse_args().part or DEPLOYMENTS:
        try:
            asyncio.run(make_part_current(settings, part))
        except RPCError as error:
            print(f"{part}: {settings.build_id} is not current: {error.message}", file=sys.stderr)
            return 1
        print(f"{part}: {settings.build_id} is current")
    return 0


if __name__ == "__main__":
    exit_at_once(main())
