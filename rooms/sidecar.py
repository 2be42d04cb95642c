"""Root of the process beside a media process: serves the room activities, carries what the media saw to workflows.

It is apart so that neither Temporal nor the store ever runs in the event loop of the media.
"""

import asyncio
import logging
import signal

from temporalio.client import Client
from temporalio.service import RPCError, RPCStatusCode
from temporalio.worker import Worker

from activities.failures import TypedFailures
from activities.pulse import Pulse
from activities.wiring import room_acts
from adapters.readiness import Readiness
from adapters.telemetry.activities import CountActivities
from adapters.telemetry.telemetry import Telemetry
from adapters.wiring import ROOMS_PART, deployment, open_sidecar, telemetry, temporal_client
from domain.ids import ParticipantId, ProcedureId, workflow_id
from domain.ports.media import RoomFact
from rooms.client import RoomsClient
from rooms.protocol import Fact
from rooms.recording.recorder import RoomRecorder
from rooms.session_ends import end_media_of_sessions
from settings import SidecarSettings
from workflows.engine.queues import ROOMS, media_queue
from workflows.procedure import ProcedureWorkflow

log = logging.getLogger("rooms.sidecar")

AGAIN_SECONDS = 1.0


async def carry_facts(client: Client, rooms: RoomsClient) -> None:
    """Every fact reaches its workflow before it is acknowledged; twice does no harm, the state decides what is new."""
    async for fact in rooms.facts():
        await _tell(client, fact)
        await rooms.ack(fact.id)


async def _tell(client: Client, fact: Fact) -> None:
    """Signal until the engine has taken it; a workflow that is over or unknown needs no facts."""
    told = RoomFact(
        id=fact.id,
        procedure=ProcedureId(fact.procedure),
        room=fact.room,
        participant=ParticipantId(fact.participant),
        kind=fact.kind,
        at=fact.at,
        reason=fact.reason,
    )
    handle = client.get_workflow_handle(workflow_id(told.procedure))
    while True:
        try:
            return await handle.signal(ProcedureWorkflow.room_fact, told)
        except RPCError as error:
            if error.status is RPCStatusCode.NOT_FOUND:
                return None
            log.warning("fact %s waits: %s", fact.id, error.status.name)
        await asyncio.sleep(AGAIN_SECONDS)


async def run(settings: SidecarSettings) -> None:
    """Serve until told to stop, and tell meanwhile what is done."""
    with telemetry(settings, "rooms-sidecar", settings.sidecar_metrics_port, logging.WARNING) as told:
        await serve(settings, told)


async def serve(settings: SidecarSettings, told: Telemetry) -> None:
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    client = await temporal_client(settings, told)
    rooms = RoomsClient(settings.rooms_socket)
    async with open_sidecar(settings) as ports, asyncio.TaskGroup() as group:
        recorder = RoomRecorder(
            settings.rooms_socket,
            settings.var_dir / "recording" / settings.media_name,
            ports.recordings,
            ports.recording_keys,
            settings.recording_segment.total_seconds(),
        )
        await recorder.take_up()
        workers = [
            Worker(
                client,
                task_queue=queue,
                activities=room_acts(ports, rooms, recorder, settings.media_name),
                interceptors=[CountActivities(), TypedFailures(), Pulse()],
                deployment_config=deployment(settings, ROOMS_PART),
            )
            for queue in {ROOMS, media_queue(settings.media_name)}
        ]
        for worker in workers:
            group.create_task(worker.run())
        beside = [
            group.create_task(carry_facts(client, rooms)),
            group.create_task(end_media_of_sessions(ports.sessions, rooms)),
        ]
        async with Readiness():
            await stop.wait()
        for task in beside:
            task.cancel()
        await asyncio.gather(*(worker.shutdown() for worker in workers))
        await recorder.close()


if __name__ == "__main__":
    asyncio.run(run(SidecarSettings()))
