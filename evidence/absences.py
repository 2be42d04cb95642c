"""What the journal speaks of and is not in the bundle: a judge is told so, and not left to miss it."""

from collections.abc import Mapping

from evidence.account import Absences, Fact
from evidence.opened import OpenedBundle
from evidence.parts import ReferenceReason

__all__ = ["read_absences"]


def read_absences(bundle: OpenedBundle) -> Absences:
    """Documents that are withheld or erased, each when it was first spoken of; of the rest how many there are."""
    spoken: dict[str, str] = {}
    for event in bundle.events:
        for subject in event.subjects:
            spoken.setdefault(subject, event.at)
    references: Mapping[str, ReferenceReason] = bundle.references
    kept = [(sha256, reason) for sha256, reason in references.items() if reason is not ReferenceReason.SUPERSEDED]
    documents = [
        Fact(f"absent_{reason.value}", spoken.get(sha256, ""), "", {"sha256": sha256[:16]}) for sha256, reason in kept
    ]
    return Absences(
        documents=tuple(sorted(documents, key=lambda one: one.at)),
        superseded=len(references) - len(kept),
        events=sum(1 for event in bundle.events if event.seq not in bundle.openings),
    )
