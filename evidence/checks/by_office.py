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
from evidence.taking_part import MOVES, PRIVATE, Participant, text

__all__ = ["office_problems", "withheld_problems"]

CHECK = NumberedCheck("CHK-13")

CONFIRMED: Final = "identity_confirmed"
APPROVED: Final = "minutes_approved"
OF_WHOEVER_DIRECTS: Final = frozenset(
    {
        *("room_opened", "participant_admitted", "item_opened", "item_done", "document_presented"),
        *("procedure_resumed", "session_closed", APPROVED),
        *("floor_given", "participant_muted", "participant_unmuted", "everyone_muted", "everyone_unmuted"),
        "recording_asked_again",
    }
)
"""What no program does by itself either."""
OF_OFFICIALS: Final = OF_WHOEVER_DIRECTS | {
    *(CONFIRMED, "identity_waived", "identity_rejected", "pose_taken", "autonomy_attested", PLACE_CHECKED),
    *("official_seated", "participant_corrected", "participant_dismissed", "private_room_opened"),
    *("item_added", "item_filled", "item_skipped", "item_suspended", "item_corrected"),
    *("procedure_interrupted", "procedure_adjourned", "session_reopened"),
    *("document_written", "document_withheld", "missing_signature_recorded"),
    *("minutes_drafted", "minutes_corrected", "signing_finished", "minutes_sealed"),
    *("criminal_record_requested", "request_submitted"),
}
"""Of these some are done by the platform itself."""
OF_PROGRAMS: Final = frozenset(
    {
        *("recording_started", "recording_stopped", "recording_failed", "recording_kept", "identification_advised"),
        *("register_entry_requested", "register_entry_made", "register_entry_refused"),
        *("registry_search_requested", "registry_search_answered", "registry_search_refused"),
        *("criminal_record_answered", "criminal_record_written", "lexnet_receipt_kept", "answer_received"),
    }
)
"""What no party is told to have done: what programs and authorities outside answer, and what was recorded."""
SEEN_BY_OTHERS: Final = frozenset({"id_document_frame", "id_document_read", "face_against_document"})
"""Mechanisms in which somebody of the house looks at the person: nobody confirms themselves by them."""
SYSTEM: Final = "system"

DECISIVE: Final = frozenset(
    {
        *MOVES,
        *PRIVATE,
        *("identity_lapsed", "identification_stopped", "consent_withdrawn", "signature_refused", "session_closed"),
        *("official_seated", "participant_corrected", PLACE_CHECKED),
    }
)
"""Events whose data say who was not there, was no longer identified, took something back, or is called otherwise."""


def office_problems(bundle: OpenedBundle, people: Mapping[str, Participant]) -> Iterator[Finding]:
    """Whoever directs, identifies or approves is no party; of their own identity people prove what they can."""
    parties = {person.id for person in people.values() if not person.account}
    for event in bundle.events:
        if event.type not in OF_OFFICIALS | OF_PROGRAMS:
            continue
        data = bundle.opened(event)
        if event.type == CONFIRMED and data is None:
            continue
        own = event.type == CONFIRMED and event.actor == text(data or {}, "participant")
        refused = text(data or {}, "method") in SEEN_BY_OTHERS if own else event.actor in parties
        if refused or (event.type in OF_WHOEVER_DIRECTS and event.actor == SYSTEM):
            yield CHECK.failed(f"{EVENTS}#{event.seq}", "DONE_BY_NO_OFFICIAL", type=event.type, actor=event.actor)


def withheld_problems(bundle: OpenedBundle) -> Iterator[Finding]:
    for event in bundle.events:
        if event.type in DECISIVE and bundle.opened(event) is None:
            yield CHECK.undecided(f"{EVENTS}#{event.seq}", "STORY_WITHHELD", type=event.type)
