"""What regional systems are told of a journal: which lines, and under which name."""

import json
from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

from domain.base import Value
from domain.journal.chain import JournalEntry

TOLD: Mapping[str, str] = MappingProxyType(
    {
        "procedure_requested": "procedure.requested",
        "summons_issued": "procedure.summoned",
        "session_reopened": "procedure.reopened",
        "procedure_adjourned": "procedure.adjourned",
        "procedure_cancelled": "procedure.cancelled",
        "no_show_recorded": "procedure.not_held",
        "room_opened": "session.opened",
        "procedure_interrupted": "session.interrupted",
        "procedure_resumed": "session.resumed",
        "session_closed": "session.ended",
        "request_submitted": "request.sent",
        "lexnet_receipt_kept": "request.filed",
        "answer_received": "request.answered",
        "minutes_approved": "minutes.approved",
        "signing_finished": "minutes.signed",
        "minutes_sealed": "minutes.sealed",
        "record_anchored": "record.anchored",
        "bundle_stored": "bundle.finished",
        "procedure_closed": "procedure.closed",
    }
)
"""Event of the journal -> event that is told. What is not here is nobody's outside. No name says what an act is about:
the same go out for a protected procedure."""


class ToldLine(Value):
    """A line of a journal as regional systems are told of it."""

    seq: int
    event: str
    at: datetime


def told_of(entry: JournalEntry) -> ToldLine | None:
    """None for a line that is not told."""
    if (event := TOLD.get(entry.type)) is None:
        return None
    return ToldLine(seq=entry.seq, event=event, at=datetime.fromisoformat(json.loads(entry.line)["at"]))
