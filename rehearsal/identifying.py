"""Scripted people prove who they are by any mechanism, which they know by its declaration alone."""

from typing import Any, Protocol

from domain.commands import BeginIdentification, Command, CompleteIdentification, Receipt
from domain.procedure.people import Participant
from domain.types.mechanism import Completer, Mechanism, MechanismField
from rehearsal.courtroom import Courtroom


class Speaking(Protocol):
    async def say(self, person: Participant, command: type[Command], **words: Any) -> Receipt: ...


async def identify_by(play: Speaking, room: Courtroom, declared: Mechanism, person: Participant) -> None:
    host = (await room.procedure()).hosts[0]
    beginner = person if declared.begun_by_person else host
    begun = await play.say(beginner, BeginIdentification, participant=person.id, mechanism=declared.code)
    reference = begun.detail["reference"]
    completer = person if declared.completed_by is Completer.PERSON else host
    answers = {field.name: await _answer(field, room, person, reference) for field in declared.fields}
    await play.say(
        completer,
        CompleteIdentification,
        participant=person.id,
        mechanism=declared.code,
        reference=reference,
        answers=answers,
    )


async def _answer(field: MechanismField, room: Courtroom, person: Participant, reference: str) -> str:
    return await room.proof(reference) if field.secret else person.document_number or "X0000000T"
