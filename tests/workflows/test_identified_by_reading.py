"""Both sides of a document are read in the room, what does not fit is told, and whoever holds the act decides."""

import json

from bench.drawn_documents import Printed, card_back, card_front, printed_for
from domain.codes.id_numbers import normalised
from domain.commands import BeginIdentification, CompleteIdentification, TakePose
from domain.procedure.people import Identity, Participant
from domain.types.vocabulary import Assurance
from rehearsal.acting import Play
from tests.workflows.asking import code_of, events
from tests.workflows.court import Court, Room

READ = "id_document_read"


def document_of(person: Participant) -> Printed:
    return printed_for(person.name, normalised(str(person.document_number)), str(person.birth_date))


async def read(court: Court, name: str, document: Printed | None) -> tuple[Room, Play, Participant, dict[str, str]]:
    """Up to the advice. `document`: what is shown; None: their own."""
    room = await court.summon("life_certificate", f"prc_{name}")
    play = Play(room, name)
    await play.arrive()
    await play.enter()
    procedure = await room.procedure()
    (person,), host = procedure.citizens, procedure.hosts[0]
    begun = await play.say(host, BeginIdentification, participant=person.id, mechanism=READ)
    said = {"participant": person.id, "mechanism": READ, "reference": begun.detail["reference"]}
    shown = document or document_of(person)
    court.media.pictures += [card_front(shown), card_back(shown)]
    for pose in ("photograph", "zone"):
        await play.say(host, TakePose, **said, pose=pose)
    return room, play, person, said


async def known(room: Room, person: Participant) -> Identity:
    return (await room.procedure()).participant(person.id).identity


async def test_what_fits_the_summons_identifies_nobody_until_the_official_decides(court: Court) -> None:
    room, play, person, said = await read(court, "fits", None)
    identity = await known(room, person)
    assert identity.begun is not None and identity.begun.advice is not None
    assert (identity.begun.advice.band, identity.begun.advice.doubts) == ("as_summoned", ())
    assert not identity.stands

    host, number = (await room.procedure()).hosts[0], str(person.document_number)
    wrong = play.say(host, CompleteIdentification, **said, answers={"document_number": "00000001R"})
    assert await code_of(wrong) == "id_number_differs"
    await play.say(host, CompleteIdentification, **said, answers={"document_number": number})
    (check,) = (await known(room, person)).checks
    assert (check.method, check.assurance, check.checked_by) == (READ, Assurance.SUBSTANTIAL, host.account)
    told = ["identification_begun", "pose_taken", "pose_taken", "identification_advised", "identity_confirmed"]
    assert (await events(court, room))[-5:] == told


async def test_the_document_of_somebody_else_is_told_and_nothing_of_it_is_kept(court: Court) -> None:
    document = Printed(surnames="OTERO LAGO", given_names="MARTA", expiry="200101")
    room, _, person, _ = await read(court, "differs", document)
    begun = (await known(room, person)).begun
    assert begun is not None and begun.advice is not None
    assert begun.advice.band == "look_closely"
    assert {"number_differs", "name_differs", "expired"} <= set(begun.advice.doubts)
    lines = await court.installation.journal.read((await room.procedure()).id)
    kept = json.dumps([line.content for line in lines])
    assert not any(word in kept for word in ("OTERO", "BAA000589", document.person))
