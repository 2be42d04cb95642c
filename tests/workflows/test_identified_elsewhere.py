"""Somebody is identified at the page of a provider: from the waiting room on, with its answer kept in the evidence."""

import io
import json
import zipfile
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from adapters.identity.tools import Tools
from deploy.clave.issuing import Known, Provider
from deploy.clave.place import variables
from domain.commands import BeginIdentification, CompleteIdentification, Receipt
from domain.errors import Refusal
from domain.procedure.people import Participant, Presence
from domain.types.vocabulary import Assurance, Stage
from rehearsal.acting import Play
from rehearsal.joining import joined
from tests.adapters.claves import laid_out
from tests.workflows.asking import code_of, events, until
from tests.workflows.court import Court, Room, open_court
from workflows.procedure import ProcedureWorkflow

CLAVE = "clave"


@pytest.fixture(scope="module")
def provider(tmp_path_factory: pytest.TempPathFactory) -> Provider:
    return laid_out(tmp_path_factory.mktemp("clave"))


@pytest.fixture
async def court(provider: Provider, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Court]:
    for name, value in variables(provider.directory).items():
        monkeypatch.setenv(name, value)
    async with open_court() as opened:
        yield opened


async def waiting(court: Court, name: str) -> tuple[Room, Play, Participant]:
    room = await court.summon("apud_acta_power", f"prc_{name}")
    play = Play(room, name)
    await play.arrive()
    (person,) = (await room.procedure()).citizens
    assert person.presence is Presence.WAITING
    return room, play, person


async def been_there(court: Court, provider: Provider, person: Participant, begun: Receipt, level: str) -> str:
    """The receipt of what the provider says of the person."""
    tools = vars(court.installation.mechanisms[CLAVE])["_tools"]
    assert isinstance(tools, Tools)
    exchange = await tools.exchanges.find(begun.detail["reference"])
    assert exchange is not None
    given, _, family = person.name.partition(" ")
    at = exchange.expires_at - timedelta(minutes=14)
    said = Known(str(person.document_number), given, family)
    answer = provider.answer(provider.read(exchange.fields["SAMLRequest"]), said, level, at)
    return str(await tools.exchanges.keep_answer(exchange.fields["RelayState"], answer, at))


async def begin(play: Play, person: Participant) -> Receipt:
    return await play.say(person, BeginIdentification, participant=person.id, mechanism=CLAVE)


async def finish(play: Play, person: Participant, begun: Receipt, receipt: str) -> None:
    said = {"participant": person.id, "mechanism": CLAVE, "reference": begun.detail["reference"]}
    await play.say(person, CompleteIdentification, **said, answers={"receipt": receipt})


async def test_whoever_waits_is_identified_and_the_answer_is_in_the_bundle(court: Court, provider: Provider) -> None:
    room, play, person = await waiting(court, "elsewhere")
    begun = await begin(play, person)
    await finish(play, person, begun, await been_there(court, provider, person, begun, "high"))

    (check,) = (await room.procedure()).participant(person.id).identity.checks
    assert (check.method, check.assurance) == (CLAVE, Assurance.HIGH)
    assert check.evidence is not None

    await play.enter()
    await play.identify()
    known = (await room.procedure()).participant(person.id).identity
    assert [check.method for check in known.checks] == [CLAVE, "id_document_frame"], "no code besides"
    await play.hold_agenda()
    await play.close()
    await play.approve_and_sign()
    closed = await room.reaches(Stage.CLOSED)
    assert closed.bundle is not None
    content = await court.installation.vault.get(closed.id, closed.bundle)
    files = {name for name in zipfile.ZipFile(io.BytesIO(content)).namelist() if name.startswith("identity/")}
    assert f"identity/{check.evidence.sha256[:16]}.enc" in files
    assert len(files) == 2, "the still of the document too"


async def test_what_failed_is_in_the_journal_with_its_reason_and_begins_again(court: Court, provider: Provider) -> None:
    room, play, person = await waiting(court, "failed")
    begun = await begin(play, person)
    with pytest.raises(Refusal, match="provider_assurance_low"):
        await finish(play, person, begun, await been_there(court, provider, person, begun, "low"))

    assert (await events(court, room))[-2:] == ["identification_begun", "identification_failed"]
    last = (await court.installation.journal.read((await room.procedure()).id))[-1]
    assert last.content["why"] == "provider_assurance_low"
    assert await code_of(finish(play, person, begun, "x" * 43)) == "identification_not_begun"
    again = await begin(play, person)
    await finish(play, person, again, await been_there(court, provider, person, again, "substantial"))
    assert (await room.procedure()).participant(person.id).identity.checks


async def test_what_has_to_be_seen_waits_for_the_room(court: Court, provider: Provider) -> None:
    _, play, person = await waiting(court, "seen")
    asked = play.say(person, BeginIdentification, participant=person.id, mechanism="pin_to_mobile")
    assert await code_of(asked) in ("wrong_stage", "not_in_room")


async def gone_to_the_provider(court: Court, name: str) -> tuple[Room, Play, Participant, Receipt]:
    """Let in, seen, and away again with the window that the provider's page took: for longer than the policy allows."""
    room, play, person = await waiting(court, name)
    await play.enter()
    begun = await begin(play, person)
    await report(room, person, "left")
    stopped = await room.reaches(Stage.INTERRUPTED)
    assert stopped.participant(person.id).presence is Presence.LEFT
    return room, play, person, begun


async def report(room: Room, person: Participant, kind: str) -> None:
    told = joined(await room.procedure(), person.id, room.now())
    await room.handle.signal(ProcedureWorkflow.room_fact, told.but(kind=kind))


@pytest.mark.parametrize("back_after,stands", [(timedelta(seconds=5), True), (timedelta(minutes=2), False)])
async def test_whoever_went_there_from_the_room_finishes_and_comes_back(
    court: Court, provider: Provider, back_after: timedelta, stands: bool
) -> None:
    room, play, person, begun = await gone_to_the_provider(court, f"gone_{stands}")
    await finish(play, person, begun, await been_there(court, provider, person, begun, "high"))
    assert (await room.procedure()).participant(person.id).identity.stands

    await court.environment.sleep(back_after)
    await report(room, person, "joined")

    here = await until(room, lambda now: now.participant(person.id).presence is Presence.CONNECTED)
    assert here.participant(person.id).identity.stands is stands
    last = (await court.installation.journal.read(here.id))[-2:]
    if not stands:
        assert [entry.type for entry in last] == ["participant_joined", "identity_lapsed"]
        back, lapsed = (json.loads(entry.line)["at"] for entry in last)
        assert back == lapsed, "somebody was there with an identity that stood no more"


async def test_one_of_two_is_enough_in_its_place(court: Court, provider: Provider) -> None:
    room, play, person = await waiting(court, "either")
    await play.enter()
    await play.identify()
    known = (await room.procedure()).participant(person.id).identity
    assert [check.method for check in known.checks] == ["id_document_frame", "pin_to_mobile"]
    assert await code_of(begin(play, person)) == "already_identified"
