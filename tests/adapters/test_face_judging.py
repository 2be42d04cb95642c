"""What is told of measured faces: bands and doubts, and the poses that are drawn."""

from collections import Counter

import pytest

from adapters.identity.face_against_document.judging import DOCUMENT, MOVEMENTS, advice_on, drawn
from adapters.identity.face_against_document.settings import FaceSettings
from adapters.identity.face_against_document.verifier import Face, Measured
from domain.codes.chance import chance_of
from procedure_types import load_mechanisms

SETTINGS = FaceSettings(dpia="EIPD 3/2026")
POSES = ("document", "turn_left", "closer")
PERSON = Face(across=100, turned=0, leaning=0)
TURNED = Face(across=100, turned=0.15, leaning=0, distance=0.2)
CLOSER = Face(across=130, turned=0, leaning=0, distance=0.2)


def photograph(distance: float, across: float = 40) -> Face:
    return Face(across=across, turned=0, leaning=0, distance=distance)


def said(*stills: tuple[Face, ...]) -> tuple[str, tuple[str, ...]]:
    advice = advice_on(POSES, Measured(stills=stills, means={}), SETTINGS)
    return advice.band, advice.doubts


@pytest.mark.parametrize(
    ("distance", "band"),
    [(0.1, "alike"), (0.5, "alike"), (0.51, "look_closely"), (0.6, "look_closely"), (0.61, "different")],
)
def test_the_band_is_that_of_the_distance(distance: float, band: str) -> None:
    assert said((PERSON, photograph(distance)), (TURNED,), (CLOSER,)) == (band, ())


@pytest.mark.parametrize("beside", [(), (PERSON,), (PERSON, photograph(0.1), photograph(0.2))])
def test_a_face_is_never_compared_with_itself_nor_with_one_of_several(beside: tuple[Face, ...]) -> None:
    assert said(beside, (TURNED,), (CLOSER,))[0] == "unreadable"


SOMEBODY = Face(across=130, turned=0, leaning=0, distance=0.7)


@pytest.mark.parametrize(
    ("stills", "doubts"),
    [
        (((PERSON, photograph(0.1)), (CLOSER,), (CLOSER,)), ("not_as_asked",)),
        (((PERSON, photograph(0.1)), (), (CLOSER,)), ("no_face",)),
        (((PERSON, photograph(0.1)), (TURNED,), (SOMEBODY,)), ("somebody_else",)),
        (((PERSON, photograph(0.1)), (TURNED, TURNED), (CLOSER,)), ("several_people",)),
        (((PERSON, photograph(0.1, across=80)), (TURNED,), (CLOSER,)), ("several_people",)),
        (((PERSON, photograph(0.1, across=20)), (TURNED,), (CLOSER,)), ("small_photograph",)),
    ],
)
def test_each_doubt_is_told(stills: tuple[tuple[Face, ...], ...], doubts: tuple[str, ...]) -> None:
    assert said(*stills) == ("alike", doubts)


def test_the_means_and_limits_are_told_with_it() -> None:
    advice = advice_on(POSES, Measured(stills=((PERSON,), (), ()), means={"program": "dlib"}), SETTINGS)
    assert advice.facts == {"program": "dlib", "alike_up_to": "0.50", "different_from": "0.60", "dpia": "EIPD 3/2026"}


def test_poses_are_drawn_evenly_and_the_same_for_the_same_words() -> None:
    draws = [drawn(chance_of(b"k" * 32, f"idn_{n}"), 2) for n in range(6000)]
    assert draws == [drawn(chance_of(b"k" * 32, f"idn_{n}"), 2) for n in range(6000)]
    assert draws[:50] != [drawn(chance_of(b"j" * 32, f"idn_{n}"), 2) for n in range(50)]
    counted = Counter(draws)
    assert set(counted) == {(DOCUMENT, a, b) for a in MOVEMENTS for b in MOVEMENTS if a != b}
    # Thirty sequences; chi-square with 29 degrees of freedom stays below this in 999 of 1000 fair draws.
    assert sum((many - 200) ** 2 / 200 for many in counted.values()) < 58.3


def test_every_code_that_may_be_told_has_its_words() -> None:
    declared = load_mechanisms()["face_against_document"]
    assert set(declared.poses) == {DOCUMENT, *MOVEMENTS}
    assert {"alike", "look_closely", "different", "unreadable"} < set(declared.advice)
