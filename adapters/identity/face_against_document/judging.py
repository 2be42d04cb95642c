"""What is told to whoever decides, from what was measured. Pure; it decides nothing."""

from collections.abc import Callable, Sequence

from adapters.identity.face_against_document.settings import FaceSettings
from adapters.identity.face_against_document.verifier import Face, Measured
from domain.procedure.people import Advice

DOCUMENT = "document"

# Pictures of the camera: the person's left is on the right of them.
MOVEMENTS: dict[str, Callable[[Face, Face], bool]] = {
    "turn_left": lambda first, then: then.turned - first.turned >= 0.08,
    "turn_right": lambda first, then: then.turned - first.turned <= -0.08,
    "tilt_left": lambda first, then: then.leaning - first.leaning >= 8,
    "tilt_right": lambda first, then: then.leaning - first.leaning <= -8,
    "closer": lambda first, then: then.across >= 1.2 * first.across,
    "further": lambda first, then: then.across <= first.across / 1.2,
}
"""By code of the pose: whether the person moved so, between the first still and that one."""

AS_LARGE = 0.6
"""A second face of this part of the largest is another person before the camera, and no photograph."""


def drawn(chance: bytes, many: int) -> tuple[str, ...]:
    """The document, then `many` different movements."""
    left, picked = list(MOVEMENTS), []
    number = int.from_bytes(chance, "big")
    for _ in range(min(many, len(left))):
        number, at = divmod(number, len(left))
        picked.append(left.pop(at))
    return (DOCUMENT, *picked)


def advice_on(poses: Sequence[str], measured: Measured, settings: FaceSettings) -> Advice:
    """Of the stills of `poses`, the first of which shows the document beside the face."""
    beside, *moved = measured.stills
    doubts = [*_of_document(beside, settings), *_of_movements(poses[1:], beside, moved, settings)]
    return Advice(
        band=_band(beside, settings),
        doubts=tuple(dict.fromkeys(doubts)),
        facts={
            **measured.means,
            "alike_up_to": f"{settings.alike_up_to:.2f}",
            "different_from": f"{settings.different_from:.2f}",
            "dpia": settings.dpia,
        },
    )


def _band(beside: Sequence[Face], settings: FaceSettings) -> str:
    """One face alone is never compared with itself: the photograph must be seen beside it."""
    if len(beside) != 2 or beside[1].distance is None:
        return "unreadable"
    if beside[1].distance <= settings.alike_up_to:
        return "alike"
    return "look_closely" if beside[1].distance <= settings.different_from else "different"


def _of_document(beside: Sequence[Face], settings: FaceSettings) -> list[str]:
    doubts = ["several_people"] if _several(beside) else []
    if len(beside) == 2 and beside[1].across < settings.smallest_photograph:
        doubts.append("small_photograph")
    return doubts


def _of_movements(
    poses: Sequence[str], beside: Sequence[Face], moved: Sequence[Sequence[Face]], settings: FaceSettings
) -> list[str]:
    doubts = []
    for pose, faces in zip(poses, moved, strict=True):
        if not faces or not beside:
            doubts.append("no_face")
            continue
        if _several(faces):
            doubts.append("several_people")
        if not MOVEMENTS[pose](beside[0], faces[0]):
            doubts.append("not_as_asked")
        if faces[0].distance is None or faces[0].distance > settings.different_from:
            doubts.append("somebody_else")
    return doubts


def _several(faces: Sequence[Face]) -> bool:
    return len(faces) > 1 and faces[1].across > AS_LARGE * faces[0].across
