"""Acts whose document is entered in a register outside, up to where a test of that entry wants them."""

from typing import Any

from adapters.memory import MemoryRegister
from domain.commands import FillItem, OpenItem
from domain.procedure.agenda import AgendaItem
from domain.procedure.state import Procedure
from domain.types.document_plan import Register
from rehearsal.acting import Play
from tests.workflows.court import Court, Room


def register(court: Court, which: Register = Register.POWERS) -> MemoryRegister:
    asked = court.installation.registers[which]
    assert isinstance(asked, MemoryRegister)
    return asked


async def granted(room: Room, name: str) -> Play:
    """Every item is done, and what is entered is signed; the session is not closed."""
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
