"""A citizen at an office who has read an agreement, and is asked to sign it by hand too."""

from dataclasses import replace
from typing import Any

from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from api.pages.citizen.view import citizen_view
from api.pages.rendering import PageContext, render
from domain.events.people import ParticipantCheckedIn
from domain.events.summons import ProcedureRequested
from domain.ids import Sha256
from domain.procedure.handwriting import HandwritingKey
from domain.procedure.state import Procedure
from tests.evidence.by_hand import KEY, PRIVATE_KEY
from tests.pages.shown import busy
from tests.templates.samples import ANXO, Act

_DER = PRIVATE_KEY.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
HANDWRITING_KEY = HandwritingKey(id=Sha256(KEY), der=_DER)


def signing_by_hand() -> Act:
    """Its type asks for it."""
    act = busy()
    while type(act.events[-1][0]).__name__ != "DocumentUnderstood":
        act.events.pop()
    request, stamp = act.events[0]
    assert isinstance(request, ProcedureRequested)
    declared = request.resolved_type.procedure
    asked = declared.but(signatures=tuple(_by_hand(line) for line in declared.signatures))
    act.events[0] = (request.but(resolved_type=request.resolved_type.but(procedure=asked)), stamp)
    act.events = [(_at_the_office(event), stamp) for event, stamp in act.events]
    return act


def _by_hand(line: Any) -> Any:
    return line.but(handwriting=line.method == "authenticated_act")


def _at_the_office(event: Any) -> Any:
    return event.but(place="office") if isinstance(event, ParticipantCheckedIn) else event


def room_of(procedure: Procedure, look: PageContext, key: HandwritingKey | None = HANDWRITING_KEY) -> str:
    """The page of whoever signs."""
    here = replace(look, role="citizen", at_office=True, handwriting=key)
    shown = citizen_view(procedure, procedure.participant(ANXO), "room", here)
    return render("citizen_room.html", here, shown=shown, text_version="1", countdown=120, qr="", path="/x")
