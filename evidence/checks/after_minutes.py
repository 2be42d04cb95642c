"""Of CHK-15: what was told once the minutes were written, and which official's own signature stands on them.

The minutes print the head of the journal up to their draft, and an official signs them with a key of their own. What
comes after rests on nobody but whoever keeps the journal and holds the keys of seal and acts.
"""

from collections.abc import Iterator, Mapping, Set
from typing import Any, Final

from evidence.checks import NumberedCheck
from evidence.findings import Finding
from evidence.journal import Event
from evidence.layout import EVENTS
from evidence.opened import OpenedBundle
from evidence.signing_story import SIGNED, Means
from evidence.taking_part import read_participants, text

__all__ = ["signed_by_an_official", "told_after"]

CHECK = NumberedCheck("CHK-15")

BEFORE_THE_DRAFT: Final = frozenset(
    {
        "consent_given",
        "document_deposited",
        "item_corrected",
        "item_done",
        "participant_corrected",
        "session_closed",
    }
)
"""What an act consists of: it happens before the minutes are drafted, or they are drafted anew after it."""


def told_after(bundle: OpenedBundle, fixed: int) -> Iterator[Finding]:
    """Parts of the act that stand after the first `fixed` events, and signatures there that no official's follows."""
    vouched = _vouched(bundle)
    for event in bundle.events[fixed:]:
        data = bundle.opened(event) or {}
        loose = event.type == SIGNED and not _stands(event, data, vouched)
        if loose or event.type in BEFORE_THE_DRAFT:
            yield CHECK.undecided(f"{EVENTS}#{event.seq}", "TOLD_AFTER_THE_MINUTES", type=event.type, events=fixed)


def signed_by_an_official(bundle: OpenedBundle, originals: Set[str]) -> bool:
    """Somebody with a seat of the house signed one of these papers with a certificate of their own."""
    people = read_participants(bundle) or {}
    officials = {person.id for person in people.values() if person.account}
    told = (bundle.opened(event) or {} for event in bundle.events if event.type == SIGNED)
    return any(
        one.get("means") == Means.OWN_CERTIFICATE
        and text(one, "participant") in officials
        and text(one, "original_sha256") in originals
        for one in told
    )


def _vouched(bundle: OpenedBundle) -> dict[str, int]:
    """By paper: the last event at which somebody signed it with a certificate of their own, over all that was there."""
    found: dict[str, int] = {}
    for event in bundle.events:
        data = bundle.opened(event) or {}
        if event.type == SIGNED and data.get("means") == Means.OWN_CERTIFICATE:
            found[text(data, "original_sha256")] = event.seq
    return found


def _stands(event: Event, data: Mapping[str, Any], vouched: Mapping[str, int]) -> bool:
    paper = text(data, "original_sha256")
    if data.get("means") == Means.SEAL:
        return paper in vouched
    return event.seq <= vouched.get(paper, -1)
