"""A face is compared with a document: with consent, on stills of the room, and whoever holds the act decides."""

import io
import json
import zipfile
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from adapters.memory import MemoryJournal
from domain.commands import BeginIdentification, CompleteIdentification, Receipt, StopIdentification, TakePose
from domain.procedure.people import Participant
from domain.types.vocabulary import Assurance, Stage
from rehearsal.acting import Play
from tests.adapters.faces import AS_ASKED
from tests.drawn_faces import ANXO, MARTA, Look, picture, showing
from tests.workflows.asking import code_of, events
from tests.workflows.court import Court, Room, open_court

FACE = "face_against_document"


@pytest.fixture
async def court(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Court]:
    monkeypatch.setenv("ESTRADO_IDENTITY_FACE_AGAINST_DOCUMENT_DPIA", "EIPD 3/2026")
    async with open_court() as opened:
        yield opened


async def in_room(court: Court, name: str) -> tuple[Room, Play, Participant]:
    room = await court.summon("life_certificate", f"prc_{name}")
    play = Play(room, name)
    await play.arrive()
    await play.enter()
    (person,) = (await room.procedure()).citizens
    return room, play, person


async def consent(play: Play, person: Participant) -> Receipt:
    return await play.say(person, BeginIdentification, participant=person.id, mechanism=FACE)


def of(person: Participant, begun: Receipt) -> dict[str, str]:
    return {"participant": person.id, "mechanism": FACE, "reference": begun.detail["reference"]}


async def take_all(court: Court, room: Room, play: Play, said: dict[str, str], document: Look) -> None:
    """The person does what they are asked to before the camera."""
    procedure = await room.procedure()
    begun = procedure.participant(said["participant"]).identity.begun
    assert begun is not None
    for pose in begun.poses:
        court.media.pictures.append(showing(document) if pose == "document" else picture((ANXO, AS_ASKED[pose])))
        await play.say(procedure.hosts[0], TakePose, **said, pose=pose)


async def test_the_official_decides_and_the_evidence_says_on_what(court: Court) -> None:
    room, play, person = await in_room(court, "face")
    said = of(person, await consent(play, person))
    await take_all(court, room, play, said, document=MARTA)
    host, known = (await room.procedure()).hosts[0], (await room.procedure()).participant(person.id).identity
    assert known.begun is not None
    assert known.begun.advice is not None
    assert known.begun.advice.band == "look_closely"
    assert not known.stands, "advice identifies nobody"
    await play.say(host, CompleteIdentification, **said, answers={"document_number": str(person.document_number)})

    (check,) = (await room.procedure()).participant(person.id).identity.checks
    assert (check.method, check.assurance, check.checked_by) == (FACE, Assurance.SUBSTANTIAL, host.account)
    told = ["identification_begun", *["pose_taken"] * 3, "identification_advised", "identity_confirmed"]
    assert (await events(court, room))[-6:] == told
    journal = await court.installation.journal.read((await room.procedure()).id)
    assert journal[-6].content["consented"] is True
    assert set(journal[-2].content["advice"]) == {"band", "doubts", "facts"}

    await play.hold_agenda()
    await play.close()
    await play.approve_and_sign()
    closed = await room.reaches(Stage.CLOSED)
    assert closed.bundle is not None
    bundle = zipfile.ZipFile(io.BytesIO(await court.installation.vault.get(closed.id, closed.bundle)))
    stills = {line.content["still"]["sha256"] for line in journal if line.type == "pose_taken"}
    assert {f"identity/{sha256[:16]}.enc" for sha256 in stills} <= set(bundle.namelist())


async def test_nothing_of_the_measures_of_a_face_is_written_anywhere(court: Court) -> None:
    room, play, person = await in_room(court, "measures")
    await take_all(court, room, play, of(person, await consent(play, person)), document=ANXO)
    journal = court.installation.journal
    assert isinstance(journal, MemoryJournal)
    lines = json.dumps([line.content for line in await journal.read((await room.procedure()).id)])
    kept = b"".join(content for content, _ in vars(court.installation.vault)["_objects"].values())
    for word in ("descriptor", "distance", "across", "turned", "leaning"):
        assert f'"{word}":' not in lines
        assert f'"{word}":'.encode() not in kept


async def test_consent_is_taken_back_and_the_document_is_enough(court: Court) -> None:
    room, play, person = await in_room(court, "back")
    said = of(person, await consent(play, person))
    court.media.pictures.append(showing(ANXO))
    await play.say((await room.procedure()).hosts[0], TakePose, **said, pose="document")
    await play.say(person, StopIdentification, **said)
    await play.identify()

    known = (await room.procedure()).participant(person.id).identity
    assert [check.method for check in known.checks] == ["id_document_frame"]
    assert "identification_stopped" in await events(court, room)


async def test_stills_of_too_late_are_none(court: Court) -> None:
    room, play, person = await in_room(court, "late")
    said = of(person, await consent(play, person))
    await court.environment.sleep(timedelta(minutes=6))
    taking = play.say((await room.procedure()).hosts[0], TakePose, **said, pose="document")
    assert await code_of(taking) == "identification_ran_out"
