"""Whoever holds the act is to decide who somebody is: every still is taken, and the program has its doubts."""

from typing import Any

from domain.events.identity import IdentificationAdvised, IdentificationBegun, PoseTaken
from domain.procedure.people import Advice
from tests.templates.samples import Act, document_ref, life_certificate


def identifying_by_face() -> Act:
    advice = Advice(band="look_closely", doubts=("not_as_asked",))
    return _advised("face_against_document", ("document", "turn_left", "closer"), advice)


def identifying_by_reading() -> Act:
    advice = Advice(band="look_closely", doubts=("number_differs", "expired"))
    return _advised("id_document_read", ("photograph", "zone"), advice)


def _advised(mechanism: str, poses: tuple[str, ...], advice: Advice) -> Act:
    act = life_certificate()
    names = [type(event).__name__ for event, _ in act.events]
    act.events = act.events[: names.index("IdentityConfirmed")]
    person = act.procedure.citizens[0].id
    of: dict[str, Any] = {"participant": person, "mechanism": mechanism, "reference": "idn_1"}
    consented = act.procedure.type.mechanism(mechanism).consent
    act.then(IdentificationBegun(**of, poses=poses, consented=consented))
    for number, pose in enumerate(poses):
        act.then(PoseTaken(**of, pose=pose, still=document_ref(f"pose-{number}")))
    return act.then(IdentificationAdvised(**of, advice=advice))


WITH_ADVICE = (identifying_by_face, identifying_by_reading)
