"""Of CHK-15: what a register or another authority answered was asked of it first, and answered once."""

from collections.abc import Iterator
from typing import Final

from evidence.checks import NumberedCheck
from evidence.findings import Finding
from evidence.layout import EVENTS
from evidence.opened import OpenedBundle
from evidence.taking_part import text

__all__ = ["answer_problems"]

CHECK = NumberedCheck("CHK-15")

ASKED: Final = {
    "register_entry_made": "register_entry_requested",
    "register_entry_refused": "register_entry_requested",
    "registry_search_answered": "registry_search_requested",
    "registry_search_refused": "registry_search_requested",
    "criminal_record_answered": "criminal_record_requested",
    "criminal_record_written": "criminal_record_requested",
    "answer_received": "request_submitted",
    "lexnet_receipt_kept": "request_submitted",
}
"""By answer: the question without which there is none."""
ONCE: Final = frozenset({"register_entry_made", "registry_search_answered"})
"""Answers that end the question of their `id`."""


def answer_problems(bundle: OpenedBundle) -> Iterator[Finding]:
    """Answers to what nobody asked, and second ones. Of what is withheld, as criminal records are, only that it was."""
    asked: set[tuple[str, str]] = set()
    withheld: set[str] = set()
    ended: set[tuple[str, str]] = set()
    for event in bundle.events:
        data = bundle.opened(event)
        if event.type in ASKED.values():
            asked |= {(event.type, ""), (event.type, text(data or {}, "id"))}
            withheld |= {event.type} if data is None else set()
        question = ASKED.get(event.type)
        if question is None:
            continue
        where, id = f"{EVENTS}#{event.seq}", text(data or {}, "id")
        if (question, id) not in asked and question not in withheld:
            yield CHECK.failed(where, "ANSWER_TO_NOTHING", type=event.type)
        elif event.type in ONCE and data is not None and (event.type, id) in ended:
            yield CHECK.failed(where, "ANSWERED_TWICE", type=event.type)
        ended.add((event.type, id))
