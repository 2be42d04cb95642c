"""Who can make each forgery: by the keys of the house that it takes. Certificates of strangers are anybody's."""

from enum import StrEnum

from tests.evidence.forge import Defect
from tests.evidence.forged import Forgery

__all__ = ["Attacker", "attacker_of", "holding"]


class Attacker(StrEnum):
    WITHOUT_KEYS = "without keys"
    SEAL = "with the seal key"
    SEAL_AND_ACTS = "with seal and acts keys"


WITHOUT_KEYS = {
    *("time_stamp_of_another_seal", "seal_that_is_no_signature", "seal_of_a_stranger"),
    *("opening_tampered", "last_event_dropped", "journal_cut_in_its_last_line", "history_rewritten_by_an_outsider"),
    *("events_reordered", "event_with_an_impossible_date", "event_with_a_key_more", "event_removed_from_the_middle"),
    *("event_of_another_procedure", "event_dated_back", "event_changed"),
}
SEAL = {
    *("bytes_in_the_room_that_a_signature_leaves", "digits_of_a_signature_in_another_case"),
    *("sealed before anybody signed", "sealed before the act", "in a batch before it was sealed"),
    *("in a block before it was sealed", "in a block before its batch"),
}
SEAL_AND_ACTS = {
    *("one_more_signature_that_nobody_planned", "bundle_sealed_by_acts", "minutes_signed_by_acts"),
    *("document_of_two_pages_told_as_one", "second_page_never_shown_and_not_told_of"),
    "document_of_two_pages_told_as_three",
}
"""Exceptions to what holds for their files."""

OPEN_TO_ALL = ("anchoring", "container", "encodings", "lists")
"""Files whose defects nobody needs a key for."""


def attacker_of(forged: Defect | Forgery) -> Attacker:
    by_a_stranger = forged.name.startswith("bundle_sealed_by_") and forged.name not in SEAL_AND_ACTS
    if forged.name in WITHOUT_KEYS or by_a_stranger:
        return Attacker.WITHOUT_KEYS
    if forged.name in SEAL:
        return Attacker.SEAL
    if isinstance(forged, Forgery) or forged.name in SEAL_AND_ACTS:
        return Attacker.SEAL_AND_ACTS
    return Attacker.WITHOUT_KEYS if forged.make.__module__.endswith(OPEN_TO_ALL) else Attacker.SEAL


def holding(used: set[str]) -> Attacker:
    """By the keys that signed while it was made."""
    if "acts" in used:
        return Attacker.SEAL_AND_ACTS
    return Attacker.SEAL if "seal" in used else Attacker.WITHOUT_KEYS
