"""Several media processes: whoever is free opens a room, and the room stays with it."""

from temporalio.client import Client
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.worker import Worker

from activities.failures import TypedFailures
from activities.wiring import room_acts
from adapters.memory.room import MemoryRooms
from domain.commands import AdmitParticipant, CaptureStill, OpenRoom
from domain.types.vocabulary import Stage
from rehearsal.acting import Play
from tests.workflows.court import Court
from workflows.engine.queues import ROOMS, media_queue

ANOTHER = "media-2"


async def sidecar(court: Court, media: MemoryRooms, queue: str) -> Worker:
    """With a connection of its own, as another process has."""
    target = court.environment.client.service_client.config.target_host
    client = await Client.connect(target, data_converter=pydantic_data_converter)
    acts = room_acts(court.installation, media, court.recorder, ANOTHER)
    return Worker(client, task_queue=queue, activities=acts, interceptors=[TypedFailures()])


async def test_a_room_stays_with_the_media_process_that_opened_it(court: Court) -> None:
    """The court's own media process serves all rooms without a name; the other one only what it opened itself."""
    room = await court.summon("life_certificate", "prc_media")
    play = Play(room, "media")
    await play.arrive()
    host, person = (await room.procedure()).hosts[0], (await room.procedure()).citizens[0]
    court.media.away = True  # so the other one opens it
    other = MemoryRooms()
    async with await sidecar(court, other, ROOMS):
        await play.say(host, OpenRoom)
    court.media.away = False

    async with await sidecar(court, other, media_queue(ANOTHER)):
        await play.say(host, AdmitParticipant, participant=person.id)
        for seat in (host, person):
            await room.joins(seat.id)
        await play.say(host, CaptureStill, participant=person.id)
        assert (other.stills, court.media.stills) == (1, 0)
        assert court.media.admitted == set()
        assert (await room.procedure()).media == ANOTHER
        await play.identify()
        await play.interrupt()
        assert (other.paused, court.media.paused) == ({"prc_media"}, set()), "a recess is cut where the room is"
        await play.resume()
        assert other.paused == set()
        await play.hold_agenda()
        await play.close()
        await play.approve_and_sign()
        await room.reaches(Stage.CLOSED)
        assert other.open_rooms == set(), "not closed where it was opened"
