"""Drawn faces, found and compared by dlib in its limited process, and what is left of them afterwards: nothing."""

import json
import os
from datetime import UTC, datetime
from functools import partial

import pytest

from adapters.identity.face_against_document import FaceAgainstDocument
from adapters.identity.face_against_document.dlib_verifier import DlibVerifier
from adapters.identity.face_against_document.judging import MOVEMENTS
from adapters.identity.face_against_document.settings import FaceSettings
from adapters.identity.tools import Tools
from adapters.memory import MemoryExchanges, MemoryPins, MemorySms, MemoryVault
from deploy.probes import descendants
from domain.codes.chance import chance_of
from domain.errors import Refusal, TryAgain
from domain.ids import ParticipantId, ProcedureId
from domain.procedure.people import Advice, Participant, PosedStill
from templates.texts import text
from tests.adapters.claves import OURS
from tests.adapters.faces import AS_ASKED
from tests.drawn_faces import ANXO, MARTA, Look, Pose, picture, showing

PROCEDURE = ProcedureId("prc_face")
PERSON = Participant(id=ParticipantId("p1"), role="person", name="Anxo Ruiz Seoane")


def mechanism(vault: MemoryVault, **said: object) -> FaceAgainstDocument:
    chance = partial(chance_of, b"k" * 32)
    tools = Tools(MemoryPins(), MemorySms(), MemoryExchanges(), vault, OURS, text, chance)
    return FaceAgainstDocument(tools, FaceSettings.model_validate({"dpia": "EIPD 3/2026", **said}), DlibVerifier())


async def advice(vault: MemoryVault, document: Look = ANXO, moving: Look = ANXO, **said: object) -> Advice:
    pose = AS_ASKED["closer"] if moving == ANXO else Pose()
    stills = [("document", showing(document)), ("closer", picture((moving, pose)))]
    kept = [(pose, await vault.put(PROCEDURE, png, "image/png")) for pose, png in stills]
    taken = tuple(PosedStill(pose=pose, still=ref) for pose, ref in kept)
    return await mechanism(vault, **said).advise(PROCEDURE, PERSON, "idn_1", taken, datetime.now(UTC))


async def test_a_face_like_its_photograph_and_one_that_is_not() -> None:
    vault = MemoryVault()
    same = await advice(vault)
    assert (same.band, same.doubts) == ("alike", ())
    assert same.facts["program"].startswith("dlib ")
    assert len(same.facts["network_sha256"]) == 64
    # Drawn faces are more alike than people's: between two of them the program is not sure.
    assert (await advice(vault, document=MARTA)).band == "look_closely"
    assert (await advice(vault, document=MARTA, alike_up_to=0.3, different_from=0.45)).band == "different"
    assert (await advice(vault, moving=MARTA, different_from=0.45)).doubts == ("not_as_asked", "somebody_else")


async def test_each_movement_is_seen_and_no_other_is_taken_for_it() -> None:
    first = picture((ANXO, Pose()))
    measured = await DlibVerifier().measure([first, *(picture((ANXO, pose)) for pose in AS_ASKED.values())])
    (still,), *moved = measured.stills
    seen = {
        asked: [movement for movement, moves in MOVEMENTS.items() if moves(still, faces[0])]
        for asked, faces in zip(AS_ASKED, moved, strict=True)
    }
    assert seen == {asked: [asked] for asked in AS_ASKED}


async def test_nothing_of_a_face_is_left_but_its_pictures_and_the_advice() -> None:
    vault, before = MemoryVault(), descendants(os.getpid())
    advised = await advice(vault)
    measured = await DlibVerifier().measure([showing(ANXO)])

    assert descendants(os.getpid()) == before, "what measured it has ended"
    numbers = [value for faces in measured.stills for face in faces for value in face.model_dump().values()]
    assert len(numbers) == 8, "four of each face, where a descriptor has 128"
    kept = [content for content, _ in vars(vault)["_objects"].values()]
    assert sorted(kept) == sorted([showing(ANXO), picture((ANXO, AS_ASKED["closer"]))])
    assert not any(isinstance(value, float) for value in json.loads(advised.model_dump_json())["facts"].values())


async def test_what_is_no_picture_is_tried_again_and_told() -> None:
    with pytest.raises(TryAgain):
        await DlibVerifier().measure([b"no picture"])


async def test_without_an_impact_assessment_nobodys_face_is_compared() -> None:
    off = mechanism(MemoryVault(), dpia="")
    with pytest.raises(Refusal, match="face_comparison_off"):
        await off.begin(PROCEDURE, PERSON, "idn_1", datetime(2026, 11, 26, tzinfo=UTC))
    with pytest.raises(Refusal, match="face_comparison_off"):
        await off.advise(PROCEDURE, PERSON, "idn_1", (), datetime.now(UTC))
    with pytest.raises(Refusal, match="face_comparison_off"):
        await off.self_check()
