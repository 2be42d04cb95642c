"""Lies about identification by the face: nobody asked, somebody else said yes, or the yes was taken back."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from tests.evidence.forged.forgery import AT, both, script, told, without
from tests.evidence.held import TYPE, Told

__all__ = ["FACE", "begun", "by_face"]

FACE = "face_against_document"
SAYING = {**TYPE, "mechanisms": {**TYPE["mechanisms"], "by_voice": {"assurance": "substantial", "consent": True}}}

by_face = told("identity_confirmed", "par_1", method=FACE)


def begun(actor: str = "par_1", **changes: Any) -> Callable[[Told], Told | None]:
    """The first citizen's word on the recording becomes the beginning of their identification."""

    def lie(event: Told) -> Told:
        if event.type != "consent_given":
            return event
        data = {"participant": "par_1", "mechanism": FACE, "reference": "idn_par_1", "consented": True, **changes}
        return Told("identification_begun", actor, event.at, (), data)

    return lie


def stopped(event: Told) -> Told:
    """In the place of the admission, so that it stands after the beginning and before the confirmation."""
    if event.type != "participant_admitted" or event.data["participant"] != "par_1":
        return event
    data = {"participant": "par_1", "mechanism": FACE, "reference": "idn_par_1"}
    return replace(event, type="identification_stopped", data=data)


NO_CONSENT = "IDENTIFIED_WITHOUT_CONSENT"
script("a face was compared and nobody began it", AT, NO_CONSENT, lie=by_face)
script("a face was compared without consent", AT, NO_CONSENT, lie=both(by_face, begun(consented=False)))
script("the clerk consented for the person", AT, NO_CONSENT, lie=both(by_face, begun(actor="acc_laj")))
script("somebody else's consent was taken", AT, NO_CONSENT, lie=both(by_face, begun(participant="par_2")))
script("the consent was to another attempt", AT, NO_CONSENT, lie=both(by_face, begun(reference="idn_other")))
script(
    "a mechanism that the type says needs consent had none",
    AT,
    NO_CONSENT,
    type=SAYING,
    lie=told("identity_confirmed", "par_1", method="by_voice"),
)
script(
    "a face was compared after the person took their consent back",
    AT,
    "IDENTIFIED_AFTER_CONSENT_WITHDRAWN",
    lie=both(by_face, begun(), stopped),
)
script(
    "whether a face was compared with consent is withheld",
    AT,
    "CONSENT_TO_MECHANISM_WITHHELD",
    open_=True,
    lie=both(by_face, begun()),
    after=lambda parts: without(parts, 5),
)
