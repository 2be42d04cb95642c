"""Whoever signs a power of attorney at an office signs it by hand too, and what comes of it is bound to the power."""

import json
from typing import Any

from activities.bundle_parts import core_parts
from domain.commands import HandwriteSignature, SignDocument
from domain.procedure.documents import CaseDocument
from domain.procedure.people import Participant
from evidence.canonical import sha256_hex
from rehearsal.acting import Play
from tests.evidence.by_hand import DRAWING, KEY, handwritten
from tests.workflows.asking import code_of, events, pin, read
from tests.workflows.court import Court, Room


async def power(court: Court, name: str) -> tuple[Room, Play, Participant, CaseDocument, dict[str, Any]]:
    """The power is written and read; whoever gives it has not signed yet."""
    room = await court.summon("apud_acta_power", f"prc_{name}")
    play = Unsigned(room, name)
    await play.arrive()
    await play.enter()
    await play.identify()
    procedure = await room.procedure()
    last = next(i for i, item in enumerate(procedure.agenda) if item.code == "A28")
    for item in procedure.agenda[: last + 1]:
        await play.deal_with(item)
    procedure = await room.procedure()
    person, document = procedure.citizens[0], procedure.documents[0]
    return room, play, person, document, await read(play, procedure.hosts[0], person, document)


class Unsigned(Play):
    async def sign_what_was_written(self) -> None:
        """Not yet."""


async def test_the_drawing_is_stamped_and_the_strokes_travel_in_the_bundle(court: Court) -> None:
    room, play, person, document, bound = await power(court, "by_hand")
    vault = court.installation.vault
    written = handwritten("prc_by_hand", person.id, document.original.sha256)
    content = await vault.put((await room.procedure()).id, written, "application/json")

    assert await code_of(pin(play, person, document.id)) == "handwriting_wanted"
    await play.say(person, HandwriteSignature, **bound, content=content, image_sha256=sha256_hex(DRAWING), key=KEY)
    await play.say(person, SignDocument, **bound, **await pin(play, person, document.id), explicit=True)

    procedure = await room.procedure()
    signed = procedure.document(document.id)
    assert signed.signatures[0].evidence is not None
    assert (await vault.get(procedure.id, signed.current)).endswith(b"beside a drawing")
    record = json.loads(await vault.get(procedure.id, signed.signatures[0].evidence))
    assert record["handwriting"] == {"sha256": sha256_hex(written), "image_sha256": sha256_hex(DRAWING), "key": KEY}
    told = ("signature_handwritten", "document_signed", "pin_sent")
    story = [one for one in await events(court, room) if one in told]
    assert story[-3:] == ["signature_handwritten", "pin_sent", "document_signed"]
    entries = await court.installation.journal.read(procedure.id)
    parts = await core_parts(procedure, entries, vault, court.installation.keys, {})
    assert list(parts.handwritings) == [written]
    assert sha256_hex(written) not in {one.sha256 for one in parts.references}


async def test_whoever_does_without_signs_with_the_code_and_the_record_says_so(court: Court) -> None:
    room, play, person, document, _ = await power(court, "without_hand")
    await play.read_and_sign(document, person)

    procedure = await room.procedure()
    evidence = procedure.document(document.id).signatures[0].evidence
    assert evidence is not None
    record = json.loads(await court.installation.vault.get(procedure.id, evidence))
    assert record["handwriting"] == "declined"
    assert "handwriting_declined" in await events(court, room)
