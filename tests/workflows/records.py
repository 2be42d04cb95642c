"""Hearings in which a criminal record is asked for, and registers that answer."""

from datetime import timedelta
from typing import Any

from adapters.memory import MemoryCriminalRecords
from domain.commands import AddItem, AskCriminalRecord, FillItem, OpenItem
from domain.ports.criminal_records import Conviction, RecordReply
from domain.procedure.criminal_records import CriminalRecordRequest
from domain.procedure.state import Procedure
from rehearsal.acting import Play
from tests.workflows.asking import until
from tests.workflows.court import Court, Room

SECRET = "Robo con fuerza en las cosas"
"""What a record says, and what nobody else may find anywhere."""

ABOUT: dict[str, Any] = {
    "person": "p3",
    "purpose": "criminal_proceedings",
    "legal_basis": "LECrim art. 379",
    "surnames": "Duarte Lopes",
    "first_names": "Inês",
    "birth_date": "1981-04-09",
    "birth_town": "Braga",
    "birth_country": "PT",
    "nationalities": "PT",
}


def exchange(court: Court) -> MemoryCriminalRecords:
    found = court.installation.criminal_records
    assert isinstance(found, MemoryCriminalRecords)
    return found


async def hearing(court: Court, name: str) -> tuple[Room, Play]:
    """In session, everybody identified."""
    room = await court.summon("oral_hearing_witness", f"prc_{name}")
    play = Play(room, name)
    await begin(room, play)
    return room, play


async def begin(room: Room, play: Play) -> None:
    await play.arrive()
    await play.enter()
    await play.identify()
    for item in (await room.procedure()).agenda[:3]:
        await play.deal_with(item)


async def noted(room: Room, play: Play, **about: Any) -> str:
    """The item is open and says what is to be asked; its id."""
    procedure = await room.procedure()
    host = procedure.hosts[0]
    item = (await play.say(host, AddItem, code="A47")).detail["item"]
    await play.say(host, OpenItem, item=item)
    values = {**ABOUT, "person": procedure.citizens[0].id, **about}
    await play.say(host, FillItem, item=item, values={k: v for k, v in values.items() if v is not None})
    return str(item)


async def ask(room: Room, play: Play, **about: Any) -> CriminalRecordRequest:
    item = await noted(room, play, **about)
    await play.say((await room.procedure()).hosts[0], AskCriminalRecord, item=item)
    records = (await room.procedure()).criminal_records
    assert records is not None
    return records.requests[-1]


async def finish(room: Room, play: Play, request: CriminalRecordRequest) -> None:
    """The item is done: that an answer came, and nothing of what it says."""
    procedure = await room.procedure()
    values = {**procedure.item(request.item).values, "received": True}
    await play.say(procedure.hosts[0], FillItem, item=request.item, values=values, done=True)


def answer(court: Court, request: CriminalRecordRequest, authority: str, **changes: Any) -> None:
    """From now on that authority answers so."""
    id = next((one.id for one in request.messages if one.authority == authority), None)
    id = id or f"{request.messages[0].id.rsplit('.', 1)[0]}.{authority}"
    exchange(court).answers[id] = reply(request, id, authority).but(**changes).model_dump_json().encode()


def reply(request: CriminalRecordRequest, id: str, authority: str) -> RecordReply:
    person = request.person
    return RecordReply(
        message=id,
        authority=authority,
        surnames=person.surnames,
        first_names=person.first_names,
        birth_date=person.birth_date,
        found=False,
    )


def convicted(by: str) -> dict[str, Any]:
    told = Conviction(convicted_by=by, decided_on="2019-03-01", offence=SECRET, sanction="Prisión de un año")
    return {"found": True, "convictions": (told,)}


def holding(*states: str) -> dict[str, Any]:
    return {"found": True, "states": states}


async def answered(
    court: Court, room: Room, *, authorities: int, looking: timedelta = timedelta(seconds=2)
) -> Procedure:
    """Once so many have answered and it is written down; time passes meanwhile."""
    for _ in range(60):
        now = await room.procedure()
        assert now.criminal_records is not None
        request = now.criminal_records.requests[-1]
        if request.reported >= authorities:
            return now
        await court.environment.sleep(looking)
    raise AssertionError(request)


async def waiting_for(room: Room, *authorities: str) -> None:
    await until(room, lambda now: _waited(now) == set(authorities))


def _waited(now: Procedure) -> set[str]:
    assert now.criminal_records is not None
    return {one.authority for request in now.criminal_records.requests for one in request.waiting}
