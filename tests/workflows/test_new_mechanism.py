"""A mechanism of identification is one folder: nothing else knows of it, and it identifies people."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from pydantic import BaseModel
from temporalio.client import Client

import agenda_types
import procedure_types
from adapters.memory import MemoryJournal
from api.access.session import CitizenSession
from api.commands.row import CommandRow
from api.commands.table import row_of
from api.deps import Case
from api.ports import Ports
from api.services.gateway import Gateway
from api.views.identification import identification_view
from domain.commands import AdmitParticipant, BeginIdentification, CheckIn, CompleteIdentification, Receipt
from domain.errors import Refusal
from domain.ids import CommandId, ParticipantId, ProcedureId
from domain.reading import CaseReading
from domain.types.identity_policy import IdentityPolicy
from domain.types.vocabulary import Assurance
from rehearsal.acting import Play
from templates.timeline import timeline_sentence
from templates.words import Words
from tests.workflows.asking import events
from tests.workflows.court import Court, Room, open_court

FOLDER = Path(__file__).resolve().parents[1] / "mechanisms"
CARD = "library_card"


@pytest.fixture
async def court() -> AsyncIterator[Court]:
    """A court with the mechanism, and conciliations whose type names it alone."""
    known = procedure_types.load_mechanisms(FOLDER)
    kind = procedure_types.load()["conciliation"]
    kind = kind.but(identity=IdentityPolicy(methods=(CARD,), minimum=Assurance.LOW, waiver_role="clerk"))
    async with open_court(mechanism_folders=(FOLDER,)) as opened:
        opened.types["conciliation"] = procedure_types.resolve(kind, agenda_types.load(), known)
        yield opened


async def in_room(court: Court, name: str) -> tuple[Room, Play]:
    room = await court.summon("conciliation", f"prc_{name}")
    play = Play(room, name)
    await play.arrive()
    await play.enter()
    return room, play


async def test_people_are_identified_with_it(court: Court) -> None:
    room, play = await in_room(court, "card")
    await play.identify()

    procedure = await room.procedure()
    check = procedure.citizens[0].identity.checks[0]
    assert (check.method, check.assurance) == (CARD, Assurance.LOW), "it claims more than it declares"
    assert (await events(court, room))[-4:] == ["identification_begun", "identity_confirmed"] * 2
    journal = await court.installation.journal.read(procedure.id)
    told = [timeline_sentence(line.type, line.content, procedure, Words("en", "Europe/Madrid")) for line in journal]
    assert any("Library card" in sentence for sentence in told)


async def test_the_last_failed_attempt_begins_again(court: Court) -> None:
    room, play = await in_room(court, "failed")
    person = (await room.procedure()).participant("p1")
    said = {"participant": person.id, "mechanism": CARD}
    begun = await play.say(person, BeginIdentification, **said)
    wrong = {**said, "reference": begun.detail["reference"], "answers": {"card": "0000"}}
    for left in (1, 0):
        with pytest.raises(Refusal, match="identification_failed") as failed:
            await play.say(person, CompleteIdentification, **wrong)
        assert failed.value.params["left"] == left
    with pytest.raises(Refusal, match="identification_not_begun"):
        await play.say(person, CompleteIdentification, **wrong)


async def test_json_asks_for_what_it_declares_and_takes_the_answers(court: Court) -> None:
    room, _ = await in_room(court, "json")
    procedure = await room.procedure()
    case = api_case(court, procedure.id, "p1")
    begin = row_of(BeginIdentification)
    assert begin.json is not None
    who = {"participant": "p1", "mechanism": CARD}
    seat, author = ParticipantId("p1"), case.author(procedure)
    arrival = CheckIn(id=CommandId("arrives-00"), author=author, participant=seat, place="office", device="d")
    await case.gateway.perform(case.id, arrival)
    host = (await room.procedure()).hosts[0]
    await Play(room, "json-host").say(host, AdmitParticipant, participant="p1")

    body = begin.json.body(begin.command, begin.summary, begin.example)
    begun = await ask(case, begin, body(**who), CommandId("json-begin"))
    person = (await room.procedure()).participant("p1")
    asked = identification_view(await room.procedure(), person, CARD, "en")
    assert [(field.name, field.title) for field in asked.fields] == [("card", "Number of the card")]
    assert asked.reference == begun.detail["reference"]

    complete = row_of(CompleteIdentification)
    assert complete.json is not None
    answer = complete.json.body(complete.command, complete.summary, complete.example)
    with pytest.raises(Refusal, match="field_invalid"):
        short = answer(**who, reference=asked.reference, answers={"card": "1"})
        await ask(case, complete, short, CommandId("json-short"))
    right = answer(**who, reference=asked.reference, answers={"card": f" {person.document_number} "})
    await ask(case, complete, right, CommandId("json-right"))
    assert (await room.procedure()).participant("p1").identity.stands


async def ask(case: Case, row: CommandRow, body: BaseModel, key: CommandId) -> Receipt:
    """What the route of that command does, but for counting how often somebody asks."""
    assert row.json is not None
    author = case.author((await case.progress()).procedure)
    return await case.gateway.perform(
        case.id, row.command(id=key, author=author, **await row.json.read(case, body, key))
    )


def api_case(court: Court, procedure: str, participant: str) -> Case:
    """The case as a route has it for that citizen, over the engine and the journal of the court."""
    journal = court.installation.journal
    assert isinstance(journal, MemoryJournal)
    client: Client = court.environment.client
    row = journal.rows[ProcedureId(procedure)]
    who = CitizenSession("ses_json", row.procedure, ParticipantId(participant), None, "csrf", "token", "en")
    ports = Ports.__new__(Ports)
    object.__setattr__(ports, "secret", b"k" * 32)
    object.__setattr__(ports, "pin_key", lambda: b"k" * 32)
    return Case(who, row, ports, Gateway(client, CaseReading(journal), "test"), "en")
