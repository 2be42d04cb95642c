"""Of CHK-13: what is for officials to do was done by no party, and no move of anybody is kept back.

Law: who takes part is identified by the Administration (Real Decreto-ley 6/2023, art. 60.1); the minutes are those of
the official who directs the act (Ley de Enjuiciamiento Civil, art. 146).
"""

from collections.abc import Iterator, Mapping
from typing import Final

from evidence.checks import NumberedCheck
from evidence.checks.secure_places import PLACE_CHECKED
from evidence.findings import Finding
from evidence.layout import EVENTS
from evidence.opened import OpenedBundle
from evidence.taking_part import MOVES, Participant, text

__all__ = ["office_problems", "withheld_problems"]

CHECK = NumberedCheck("CHK-13")

CONFIRMED: Final = "identity_confirmed"
APPROVED: Final = "minutes_approved"
OF_WHOEVER_DIRECTS: Final = frozenset(
    {
        *("room_opened", "participant_admitted", "item_opened", "item_done", "document_presented"),
        *("procedure_resumed", "session_closed", APPROVED),
    }
)
"""What no program does by itself either."""
OF_OFFICIALS: Final = OF_WHOEVER_DIRECTS | {CONFIRMED, "identity_waived", "autonomy_attested", PLACE_CHECKED}
SEEN_BY_OTHERS: Final = frozenset({"id_document_frame", "id_document_read", "face_against_document"})
"""Mechanisms in which somebody of the house looks at the person: nobody confirms themselves by them."""
SYSTEM: Final = "system"

DECISIVE: Final = frozenset(
    {
        *MOVES,
        *("identity_lapsed", "identification_stopped", "consent_withdrawn", "signature_refused", "session_closed"),
        *("official_seated", "participant_corrected", PLACE_CHECKED),
    }
)
"""Events whose data say who was not there, was no longer identified, took something back, or is called otherwise."""


def office_problems(bundle: OpenedBundle, people: Mapping[str, Participant]) -> Iterator[Finding]:
    """Whoever directs, identifies or approves is no party; of their own identity people prove what they can."""
    parties = {person.id for person in people.values() if not person.account}
    for event in bundle.events:
        data = bundle.opened(event)
        if event.type not in OF_OFFICIALS or data is None:
            continue
        own = event.type == CONFIRMED and event.actor == text(data, "participant")
        refused = text(data, "method") in SEEN_BY_OTHERS if own else event.actor in parties
        if refused or (event.type in OF_WHOEVER_DIRECTS and event.actor == SYSTEM):
            yield CHECK.failed(f"{EVENTS}#{event.seq}", "DONE_BY_NO_OFFICIAL", type=event.type, actor=event.actor)


def withheld_problems(bundle: OpenedBundle) -> Iterator[Finding]:
    for event in bundle.events:
        if event.type in DECISIVE and bundle.opened(event) is None:
            yield CHECK.undecided(f"{EVENTS}#{event.seq}", "STORY_WITHHELD", type=event.type)
