"""How tests of commands ask: up to the point that matters, one line at a time, and what came of it."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from adapters.memory import MemoryJournal, MemoryPins
from domain.commands import (
    Author,
    FillItem,
    OpenItem,
    PresentDocument,
    ReadPage,
    SendPin,
    UnderstandDocument,
)
from domain.errors import Refusal
from domain.ids import CommandId
from domain.procedure.documents import CaseDocument
from domain.procedure.people import Participant
from domain.procedure.state import Procedure
from domain.types.vocabulary import Verb
from rehearsal.acting import Play
from rehearsal.plausible import plausible_values
from tests.workflows.court import Court, Room


async def events(court: Court, room: Room) -> list[str]:
    journal = court.installation.journal
    assert isinstance(journal, MemoryJournal)
    return [entry.type for entry in await journal.read((await room.procedure()).id)]


async def until(room: Room, holds: Callable[[Procedure], bool]) -> Procedure:
    """The procedure once it holds; without skipping time."""
    for _ in range(2000):
        if holds(procedure := await room.procedure()):
            return procedure
        await asyncio.sleep(0.01)
    raise AssertionError(f"still at {procedure.stage} with trouble {procedure.trouble}")


async def code_of(asked: Any) -> str:
    with pytest.raises(Refusal) as refused:
        await asked
    return refused.value.code


def by(person: Participant, id: str) -> dict[str, Any]:
    return {"id": CommandId(id), "author": Author(participant=person.id, account=person.account)}


async def summoned(court: Court, name: str) -> tuple[Room, Play]:
    room = await court.summon("life_certificate", f"prc_{name}")
    play = Play(room, name)
    await play.arrive()
    return room, play


async def before_signing(court: Court, name: str) -> tuple[Room, Play, Participant, CaseDocument]:
    """The declaration is written, and nobody has been shown it."""
    room, play = await summoned(court, name)
    await play.enter()
    await play.identify()
    procedure = await room.procedure()
    line = next(i for i, item in enumerate(procedure.agenda) if procedure.type.item(item.code).verb is Verb.DECLARE)
    for item in procedure.agenda[:line]:
        await play.deal_with(item)
    host = procedure.hosts[0]
    declaration = procedure.agenda[line]
    await play.say(host, OpenItem, item=declaration.id)
    kind = procedure.type.item(declaration.code)
    values = plausible_values(kind, await room.procedure(), declaration)
    await play.say(host, FillItem, item=declaration.id, values=values, done=True)
    written = await until(room, lambda now: bool(now.documents))
    return room, play, procedure.citizens[0], written.documents[0]


async def read(play: Play, host: Participant, person: Participant, document: CaseDocument) -> dict[str, Any]:
    bound = {"document": document.id, "sha256": document.original.sha256, "participant": person.id}
    await play.say(host, PresentDocument, document=document.id, to=(person.id,))
    for page in range(1, (document.original.pages or 1) + 1):
        await play.say(person, ReadPage, **bound, page=page)
    await play.say(person, UnderstandDocument, **bound)
    return bound


async def pin(play: Play, person: Participant, purpose: str) -> dict[str, Any]:
    sent = await play.say(person, SendPin, participant=person.id, purpose=purpose)
    challenge = sent.detail["challenge"]
    return {"challenge": challenge, "proof": MemoryPins.proof(challenge)}
