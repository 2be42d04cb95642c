"""A power of attorney, up to where a test of its entry in the register wants it."""

from typing import Any

from adapters.memory import MemoryPowerRegister
from domain.commands import FillItem, OpenItem
from domain.procedure.agenda import AgendaItem
from domain.procedure.state import Procedure
from rehearsal.acting import Play
from tests.workflows.court import Court, Room


def register(court: Court) -> MemoryPowerRegister:
    powers = court.installation.powers
    assert isinstance(powers, MemoryPowerRegister)
    return powers


async def granted(room: Room, name: str) -> Play:
    """Every item is done, and the power is signed; the session is not closed."""
    play = Play(room, name)
    await play.arrive()
    await play.enter()
    await play.identify()
    await play.hold_agenda()
    return play


def noting(procedure: Procedure) -> AgendaItem:
    """The item in which the number is noted."""
    return next(item for item in procedure.agenda if item.code == "A41")


async def note(room: Room, play: Play, *, open_it: bool = True, **values: Any) -> None:
    procedure = await room.procedure()
    item, host = noting(procedure), procedure.hosts[0]
    if open_it:
        await play.say(host, OpenItem, item=item.id)
    await play.say(host, FillItem, item=item.id, values=values, done=True)
