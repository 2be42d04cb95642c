"""The floor is asked for and given on a real engine: each is one event, and two tabs ask once."""

import asyncio

from domain.actions.floor import AskForFloor, GiveFloor
from domain.errors import Refusal
from tests.workflows.asking import by, code_of, events, summoned
from tests.workflows.court import Court


async def test_the_floor_is_asked_for_once_and_given(court: Court) -> None:
    room, play = await summoned(court, "floor")
    await play.enter()
    procedure = await room.procedure()
    host, person = procedure.hosts[0], procedure.citizens[0]
    tabs = [AskForFloor(**by(person, f"ask-tab-{n}"), participant=person.id) for n in (1, 2)]

    answers = await asyncio.gather(*(room.perform(tab) for tab in tabs), return_exceptions=True)
    asked = (await room.procedure()).participant(person.id)
    give = GiveFloor(**by(host, "give-floor"), participant=person.id)
    given = await room.perform(give)

    assert [answer.code for answer in answers if isinstance(answer, Refusal)] == ["floor_already_asked"]
    assert (asked.asks_for_floor, asked.has_floor) == (True, False)
    assert await room.perform(give) == given
    assert await code_of(room.perform(GiveFloor(**by(person, "give-oneself"), participant=person.id))) == "host_only"
    last = (await room.procedure()).participant(person.id)
    assert (last.asks_for_floor, last.has_floor) == (False, True)
    assert [type for type in await events(court, room) if "floor" in type] == ["floor_requested", "floor_given"]
