"""A person consented to have their face compared; every still is taken, and the program has its doubts."""

from typing import Any

from domain.events.identity import IdentificationAdvised, IdentificationBegun, PoseTaken
from domain.procedure.people import Advice
from tests.templates.samples import Act, document_ref, life_certificate

POSES = ("document", "turn_left", "closer")


def identifying_by_face() -> Act:
    act = life_certificate()
    names = [type(event).__name__ for event, _ in act.events]
    act.events = act.events[: names.index("IdentityConfirmed")]
    of: dict[str, Any] = {
        "participant": act.procedure.citizens[0].id,
        "mechanism": "face_against_document",
        "reference": "idn_1",
    }
    act.then(IdentificationBegun(**of, poses=POSES, consented=True))
    for number, pose in enumerate(POSES):
        act.then(PoseTaken(**of, pose=pose, still=document_ref(f"pose-{number}")))
    return act.then(IdentificationAdvised(**of, advice=Advice(band="look_closely", doubts=("not_as_asked",))))
