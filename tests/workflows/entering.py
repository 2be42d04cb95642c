"""Acts whose document is entered in a register outside, up to where a test of that entry wants them."""

from typing import Any

from adapters.memory import MemoryRegister
from domain.commands import FillItem, OpenItem
from domain.procedure.agenda import AgendaItem
from domain.procedure.state import Procedure
from domain.types.document_plan import Register
from rehearsal.acting import Play
from rehearsal.courtroom import Courtroom
from rehearsal.plausible import plausible_values
from tests.workflows.court import Court, Room


def register(court: Court, which: Register = Register.POWERS) -> MemoryRegister:
    asked = court.installation.registers[which]
    assert isinstance(asked, MemoryRegister)
    return asked


async def granted(room: Courtroom, name: str) -> Play:
    """Every item is done, and what is entered is signed; the session is not closed."""
    play = Play(room, name)
    await play.arrive()
    await play.enter()
    await play.identify()
    await play.hold_agenda()
    return play


async def declared_ended(room: Courtroom, name: str, number: str = "AP-000001") -> Play:
    """The power under that number is revoked, and that is signed; the session is not closed."""
    play = Play(room, name)
    await play.arrive()
    await play.enter()
    await play.identify()
    for item in (await room.procedure()).agenda:
        if item.code != "A58":
            await play.deal_with(item)
            continue
        procedure = await room.procedure()
        values = plausible_values(procedure.type.item("A58"), procedure, item) | {"power_number": number}
        await play.say(procedure.hosts[0], OpenItem, item=item.id)
        await play.say(procedure.hosts[0], FillItem, item=item.id, values=values, done=True)
        await play.sign_what_was_written()
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
