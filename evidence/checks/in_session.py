"""Of CHK-13: what an act consists of was done while it was held: room open, session neither closed nor interrupted.

An act is held in unity (Ley de Enjuiciamiento Civil, art. 137 and 188): a point that is told of another moment is one
that nobody present knows of.
"""

from collections.abc import Iterator
from typing import Final

from evidence.checks import NumberedCheck
from evidence.findings import Finding
from evidence.layout import EVENTS
from evidence.opened import OpenedBundle

__all__ = ["session_problems"]

CHECK = NumberedCheck("CHK-13")

IN_WRITING: Final = frozenset({"cooperation"})
"""Families in which nobody appears: they have no room."""
ITEMS: Final = frozenset({"item_opened", "item_done", "item_skipped", "item_corrected"})
OPENS: Final = frozenset({"room_opened"})
CLOSES: Final = frozenset({"session_closed", "session_reopened", "procedure_adjourned"})
STOPS, GOES_ON = "procedure_interrupted", "procedure_resumed"


def session_problems(bundle: OpenedBundle) -> Iterator[Finding]:
    """Points of the agenda outside the session; who reopens it opens the room again."""
    if bundle.manifest.procedure.family in IN_WRITING:
        return
    held = stopped = False
    for event in bundle.events:
        if event.type in OPENS | CLOSES:
            held, stopped = event.type in OPENS, False
        elif event.type in (STOPS, GOES_ON):
            stopped = event.type == STOPS
        elif event.type in ITEMS and (stopped or not held):
            yield CHECK.failed(f"{EVENTS}#{event.seq}", "DONE_OUT_OF_SESSION", type=event.type)
