"""The template of a face is in no store of a real installation, and the process that made it is gone at the decision.

One act in which a drawn face is compared with its document, over real servers; then everything is searched.
"""

import base64
import json
import struct
from collections.abc import Callable
from pathlib import Path

import numpy
import pytest

from bench.real_room import RealRoom
from deploy.probes import descendants
from deploy.stack import Stack
from domain.commands import BeginIdentification, CompleteIdentification, TakePose
from domain.types.vocabulary import Stage
from rehearsal.acting import Play
from tests.adapters.faces import AS_ASKED
from tests.drawn_faces import ANXO, picture, showing
from tests.journeys.conftest import House, WorkerProcess
from tests.journeys.templates_of_faces import descriptors, ways
from tests.journeys.test_secrets_stay import sent, stores

FACE = "face_against_document"


@pytest.mark.parametrize(
    "leak",
    [
        lambda face: struct.pack("<128d", *face),
        lambda face: struct.pack("<128f", *face),
        lambda face: json.dumps({"face": list(face)}).encode(),
        lambda face: json.dumps(list(face), separators=(",", ":")).encode(),
        lambda face: " ".join(f"{number:.4f}" for number in face).encode(),
        lambda face: str(numpy.array(face, dtype=numpy.float32).tolist()).encode(),
        lambda face: base64.b64encode(b"x" + struct.pack("<128f", *face)),
        lambda face: struct.pack("<128d", *face).hex().encode(),
    ],
    ids=["float64", "float32", "json", "compact", "text", "single", "base64", "hex"],
)
def test_the_search_finds_a_template_that_was_put_somewhere(leak: Callable[[tuple[float, ...]], bytes]) -> None:
    first, other = descriptors([picture((ANXO, AS_ASKED["closer"]))])[0], tuple(n / 1000 for n in range(128))
    assert any(one in b"\0before" + leak(first) + b"after" for one in ways(first))
    assert not any(one in leak(other) for one in ways(first))


async def by_face(room: RealRoom, play: Play, house: House) -> list[bytes]:
    """The person consents, every still is taken and the official decides. What the camera showed."""
    (person,), (host, *_) = (await room.procedure()).citizens, (await room.procedure()).hosts
    consented = await play.say(person, BeginIdentification, participant=person.id, mechanism=FACE)
    said = {"participant": person.id, "mechanism": FACE, "reference": consented.detail["reference"]}
    begun = (await room.procedure()).participant(person.id).identity.begun
    assert begun is not None
    pictures = [showing(ANXO) if pose == "document" else picture((ANXO, AS_ASKED[pose])) for pose in begun.poses]
    for pose, shown in zip(begun.poses, pictures, strict=True):
        house.media.pictures.append(shown)
        await play.say(host, TakePose, **said, pose=pose)
    advised = (await room.procedure()).participant(person.id).identity.begun
    assert advised is not None and advised.advice is not None and advised.advice.band == "alike", "nothing was compared"
    await play.say(host, CompleteIdentification, **said, answers={"document_number": str(person.document_number)})
    return pictures


def comparing(worker: WorkerProcess) -> list[int]:
    """Processes of the worker in which faces are compared."""
    return [pid for pid in descendants(vars(worker)["_process"].pid) if b"face_against_document" in command_of(pid)]


def command_of(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


@pytest.mark.timeout(280)
async def test_a_template_of_a_face_is_nowhere_and_what_made_it_is_gone(house: House, in_order: Stack) -> None:
    worker = WorkerProcess(in_order)
    worker.start(ESTRADO_IDENTITY_FACE_AGAINST_DOCUMENT_DPIA="EIPD 3/2026")
    try:
        room = await house.summon("life_certificate", "prc_face_template")
        play = Play(room, "prc_face_template")
        await play.arrive()
        await play.enter()
        pictures = await by_face(room, play, house)
        assert comparing(worker) == [], "what compared is gone when it is decided"
        (check,) = (await room.procedure()).citizens[0].identity.checks
        assert check.method == FACE
        await play.hold_agenda()
        await play.close()
        await play.approve_and_sign()
        await room.reaches(Stage.CLOSED)
    finally:
        worker.kill()

    sought = {one for face in descriptors(pictures) for one in ways(face)}
    assert len(sought) > 500
    found = await stores(house, room)
    found |= {f"{part}/{path.name}": path.read_bytes() for part in ("mail", "sms") for path in sent(house, part)}
    assert {name for name, content in found.items() if any(one in content for one in sought)} == set()
