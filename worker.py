"""The worker: settings -> adapters -> activities -> Temporal workers, one per task queue."""

import asyncio
import gc
import logging
import signal
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

import uvloop
from temporalio.client import Client
from temporalio.worker import (
    Interceptor,
    UnsandboxedWorkflowRunner,
    Worker,
    WorkerDeploymentConfig,
    WorkflowRunner,
)

from activities.failures import TypedFailures
from activities.pulse import Pulse
from activities.wiring import Acts, acts
from adapters.engine.search_attributes import define_search_attributes
from adapters.readiness import Readiness
from adapters.telemetry.activities import CountActivities
from adapters.telemetry.telemetry import Telemetry
from adapters.wiring import deployment, open_installation, telemetry, temporal_client
from domain.errors import EstradoError
from domain.ports.identity import IdentityMechanism
from settings import Settings
from workflows.anchoring import AnchorBatchWorkflow
from workflows.engine.queues import CRYPTO, DOCUMENTS, PROCEDURES, WEBHOOKS
from workflows.families import WORKFLOWS
from workflows.schedules import keep_anchoring, keep_telling
from workflows.webhooks import TellSystemsWorkflow, TellSystemWorkflow

log = logging.getLogger("worker")

ENOUGH_TO_FINISH = timedelta(seconds=15)

IN_THE_OPEN = UnsandboxedWorkflowRunner()
"""Tests and replays run workflows in the engine's sandbox; what has passed them is served without (decision 5)."""


def workers(
    client: Client,
    served: Acts,
    sticky_timeout: timedelta,
    more: Sequence[Interceptor] = (),
    runner: WorkflowRunner = IN_THE_OPEN,
    version: WorkerDeploymentConfig | None = None,
) -> list[Worker]:
    """Procedures with their quick acts; signatures and chain; documents; webhooks.

    `more`: interceptors of a bench or a test. `version`: as which version of the deployment they serve; without one,
    as workers of no version.
    """
    interceptors = [CountActivities(), TypedFailures(), *more, Pulse()]
    return [
        Worker(
            client,
            task_queue=PROCEDURES,
            workflows=[*WORKFLOWS.values(), AnchorBatchWorkflow, TellSystemsWorkflow, TellSystemWorkflow],
            activities=served.procedures,
            interceptors=interceptors,
            workflow_runner=runner,
            deployment_config=version,
            # scar: with the default of 10 s every procedure of a killed worker stands still for 10 s.
            sticky_queue_schedule_to_start_timeout=sticky_timeout,
            graceful_shutdown_timeout=ENOUGH_TO_FINISH,
        ),
        _activity_worker(client, CRYPTO, served.crypto, interceptors, version, at_once=8),
        _activity_worker(client, DOCUMENTS, served.documents, interceptors, version, at_once=4),
        _activity_worker(client, WEBHOOKS, served.webhooks, interceptors, version, at_once=16),
    ]


def _activity_worker(
    client: Client,
    queue: str,
    activities: Sequence[Any],
    interceptors: Sequence[Interceptor],
    version: WorkerDeploymentConfig | None,
    *,
    at_once: int,
) -> Worker:
    return Worker(
        client,
        task_queue=queue,
        activities=activities,
        interceptors=interceptors,
        deployment_config=version,
        max_concurrent_activities=at_once,
        graceful_shutdown_timeout=ENOUGH_TO_FINISH,
    )


async def run(settings: Settings, more: Sequence[Interceptor] = ()) -> None:
    """Serve until told to stop, and tell meanwhile what is done."""
    with telemetry(settings, "worker", settings.worker_metrics_port, logging.WARNING) as told:
        await serve(settings, told, more)


async def serve(settings: Settings, told: Telemetry, more: Sequence[Interceptor]) -> None:
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    client = await temporal_client(settings, told)
    await define_search_attributes(client)
    async with open_installation(settings) as installation, asyncio.TaskGroup() as group:
        serving = workers(client, acts(installation), settings.sticky_timeout, more, version=deployment(settings))
        for worker in serving:
            group.create_task(worker.run())
        await check_mechanisms(installation.mechanisms)
        await keep_anchoring(client, settings.anchor_interval, settings.anchor_patience)
        await keep_telling(client, settings.webhook_interval)
        gc.freeze()  # What is there by now stays: looking through it for garbage stopped everybody for 0.2 s at a time.
        async with Readiness():
            await stop.wait()
        await asyncio.gather(*(worker.shutdown() for worker in serving))


async def check_mechanisms(mechanisms: Mapping[str, IdentityMechanism]) -> list[str]:
    """Log, and return by code, those that could not serve now: people are identified by others, or wait."""
    unfit = []
    for code, mechanism in mechanisms.items():
        try:
            await mechanism.self_check()
        except EstradoError as error:
            log.warning("a mechanism of identification could not serve", extra={"mechanism": code, "code": str(error)})
            unfit.append(code)
    return unfit


if __name__ == "__main__":
    uvloop.run(run(Settings()))
