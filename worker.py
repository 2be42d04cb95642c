"""The worker: settings -> adapters -> activities -> Temporal workers, one per task queue.

`python worker.py procedures` serves all but the anchoring, `python worker.py anchoring` that alone: only the second
needs the key that pays. Without a word one process does both.
"""

import argparse
import asyncio
import gc
import logging
import signal
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
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
from activities.wiring import ActivitiesByQueue, acts, anchoring_acts
from adapters.engine.search_attributes import define_search_attributes
from adapters.readiness import Readiness
from adapters.telemetry.activities import CountActivities
from adapters.telemetry.telemetry import Telemetry
from adapters.wiring import ANCHORING_PART, deployment, open_anchoring, open_installation, telemetry, temporal_client
from domain.errors import EstradoError
from domain.ports.identity import IdentityMechanism
from settings import AnchoringSettings, Settings, WorkerSettings
from workflows.engine.queues import ANCHORING, COMPOSING, CRYPTO, DOCUMENTS, LEXNET, PROCEDURES, WEBHOOKS
from workflows.families import EVERY_WORKFLOW
from workflows.schedules import keep_anchoring, keep_telling, keep_telling_staff

log = logging.getLogger("worker")

ENOUGH_TO_FINISH = timedelta(seconds=15)

UNSANDBOXED = UnsandboxedWorkflowRunner()
"""Tests and replays run workflows in the engine's sandbox; what has passed them is served without (decision 5)."""


def workers(
    client: Client,
    served: ActivitiesByQueue,
    sticky_timeout: timedelta,
    more: Sequence[Interceptor] = (),
    runner: WorkflowRunner = UNSANDBOXED,
    version: WorkerDeploymentConfig | None = None,
) -> list[Worker]:
    """Procedures with their quick acts; signatures; documents; webhooks; LexNET; videos; the chain, for who serves it.

    `more`: interceptors of a bench or a test. `version`: as which version of the deployment they serve; without one,
    as workers of no version.
    """
    interceptors = _interceptors(more)
    serving = [
        Worker(
            client,
            task_queue=PROCEDURES,
            workflows=EVERY_WORKFLOW,
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
        _activity_worker(client, LEXNET, served.lexnet, interceptors, version, at_once=4),
        _activity_worker(client, COMPOSING, served.composing, interceptors, version, at_once=1),
    ]
    if served.anchoring:
        serving.append(_activity_worker(client, ANCHORING, served.anchoring, interceptors, version, at_once=1))
    return serving


def _interceptors(more: Sequence[Interceptor]) -> list[Interceptor]:
    return [CountActivities(), TypedFailures(), *more, Pulse()]


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


Serving = WorkerSettings | AnchoringSettings
"""A process serves the queues for which its settings hold the keys; `Settings` hold all of them."""


async def run(settings: Serving, more: Sequence[Interceptor] = ()) -> None:
    """Serve until told to stop, and tell meanwhile what is done."""
    if isinstance(settings, WorkerSettings):
        process, port = "worker", settings.worker_metrics_port
    else:
        process, port = "anchoring", settings.anchoring_metrics_port
    with telemetry(settings, process, port, logging.WARNING) as told:
        await serve(settings, told, more)


async def serve(settings: Serving, told: Telemetry, more: Sequence[Interceptor]) -> None:
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    client = await temporal_client(settings, told)
    await define_search_attributes(client)
    async with _serving(settings, client, more) as serving, asyncio.TaskGroup() as group:
        for worker in serving:
            group.create_task(worker.run())
        if isinstance(settings, AnchoringSettings):
            await keep_anchoring(client, settings.anchor_interval, settings.anchor_patience)
        if isinstance(settings, WorkerSettings):
            await keep_telling(client, settings.webhook_interval)
            await keep_telling_staff(client, settings.account_notice_interval)
        gc.freeze()  # What is there by now stays: looking through it for garbage stopped everybody for 0.2 s at a time.
        async with Readiness():
            await stop.wait()
        await asyncio.gather(*(worker.shutdown() for worker in serving))


@asynccontextmanager
async def _serving(settings: Serving, client: Client, more: Sequence[Interceptor]) -> AsyncIterator[list[Worker]]:
    """Workers over the ports that this process may have, until the end of the block."""
    if isinstance(settings, WorkerSettings):
        async with open_installation(settings) as installation:
            await check_mechanisms(installation.mechanisms)
            served, version = acts(installation), deployment(settings)
            if not isinstance(settings, Settings):
                served = replace(served, anchoring=())
            yield workers(client, served, settings.sticky_timeout, more, version=version)
    else:
        async with open_anchoring(settings) as ports:
            version = deployment(settings, ANCHORING_PART)
            acting = anchoring_acts(ports)
            yield [_activity_worker(client, ANCHORING, acting, _interceptors(more), version, at_once=1)]


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


def main() -> None:
    told = argparse.ArgumentParser(prog="python worker.py", description=__doc__)
    told.add_argument("part", nargs="?", choices=["procedures", "anchoring"], help="default: both in one process")
    part = told.parse_args().part
    uvloop.run(run({"procedures": WorkerSettings, "anchoring": AnchoringSettings, None: Settings}[part]()))


if __name__ == "__main__":
    main()
