"""What the media report of people in a room, where a test has no media process."""

import asyncio

from adapters.wiring import open_installation, temporal_client
from bench.real_room import RealRoom
from domain.ids import ParticipantId, ProcedureId, workflow_id
from tests.api.people import House


def seen(house: House, procedure: str, *people: str) -> None:
    """From now on image and sound come from them."""
    asyncio.run(_seen(house, procedure, people))


async def _seen(house: House, procedure: str, people: tuple[str, ...]) -> None:
    client = await temporal_client(house.settings)
    async with open_installation(house.settings) as installation:
        handle = client.get_workflow_handle(workflow_id(ProcedureId(procedure)))
        room = RealRoom(handle, installation, house.settings.sms_outbox_dir)
        for person in people:
            await room.joins(ParticipantId(person))
