"""What a browser hands over is taken only as a page makes it; what one hand wrote is not the next one's."""

import hashlib
import json
from base64 import b64encode
from typing import Any

import pytest
from pydantic import ValidationError

from api.commands.handwriting import read_handwriting as read_handwriting_sent
from domain.errors import Refusal
from domain.events.people import SeatTakenOver
from domain.procedure.handwriting import IMAGE_BYTES, LARGEST_STROKES, LEAST_INK, HandwrittenSignature
from evidence.handwriting import read_handwriting
from tests.domain.handwriting import DONE, asked
from tests.domain.samples import APPLICANT, signature, then, understood
from tests.evidence.by_hand import handwritten

MADE = HandwrittenSignature.model_validate_json(handwritten("prc_1", "p1", "a" * 64))


def drawn(bitmap: bytes) -> dict[str, Any]:
    return {"image": b64encode(bitmap).decode(), "image_sha256": hashlib.sha256(bitmap).hexdigest()}


def test_the_verifier_reads_what_the_domain_writes() -> None:
    found = read_handwriting(MADE.canonical(), "handwriting/x.json")
    assert (found.image, found.document_sha256) == (MADE.bitmap, MADE.document_sha256)


def test_what_a_later_version_says_besides_is_not_kept() -> None:
    told = HandwrittenSignature.model_validate({**MADE.model_dump(), "points": [[1, 2, 3, 0.5]]})
    assert told.canonical() == MADE.canonical()


def test_what_a_page_says_besides_is_refused() -> None:
    with pytest.raises(Refusal, match="handwriting_unreadable"):
        read_handwriting_sent(json.dumps({**MADE.model_dump(), "points": [[1, 2, 3, 0.5]]}))
    assert read_handwriting_sent(MADE.canonical().decode()).canonical() == MADE.canonical()


@pytest.mark.parametrize(
    "wrong",
    [
        {"image": b64encode(bytes(IMAGE_BYTES)).decode()},
        drawn(b"\xff" * (IMAGE_BYTES - 3)),
        {"image": "%%%%"},
        {"strokes": b64encode(b'{"strokes": [[1, 2, 3]]}').decode()},
        {"strokes": b64encode(b"\x04" * (LARGEST_STROKES + 1)).decode()},
        {"suite": "none"},
        {"key": "K" * 64},
        {"document_sha256": "short"},
    ],
    ids=[
        "another drawing",
        "a smaller one",
        "no base64",
        "strokes in the clear",
        "too many",
        "no suite",
        "key",
        "digest",
    ],
)
def test_anything_else_is_not_taken(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        HandwrittenSignature.model_validate({**MADE.model_dump(), **wrong})


@pytest.mark.parametrize("ink", [0, LEAST_INK // 8 - 1, IMAGE_BYTES], ids=["none", "a dot", "all black"])
def test_a_dot_and_a_black_sheet_are_no_signature(ink: int) -> None:
    bitmap = b"\xff" * ink + bytes(IMAGE_BYTES - ink)
    made = HandwrittenSignature.model_validate({**MADE.model_dump(), **drawn(bitmap)})
    with pytest.raises(Refusal, match="handwriting_empty"):
        made.refuse_without_ink()
    MADE.refuse_without_ink()


def test_whoever_takes_a_seat_over_does_not_sign_with_the_hand_of_another() -> None:
    written = asked(understood(), DONE)
    over = then(written, SeatTakenOver(participant=APPLICANT, place="office"))
    assert over.document("d1").handwriting_by(APPLICANT) is None
    done = then(written, *signature("d1", APPLICANT), SeatTakenOver(participant=APPLICANT, place="office"))
    assert done.document("d1").handwriting_by(APPLICANT) is not None
