"""Of CHK-13: a one-time code signs what it was sent for, once, and before it ends.

Law: whoever signs without a certificate authenticates for exactly that document (Real Decreto-ley 6/2023, art. 60.7.b).
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from evidence.checks import CLOCKS, NumberedCheck
from evidence.findings import Finding
from evidence.journal import Event
from evidence.layout import EVENTS
from evidence.opened import OpenedBundle
from evidence.signing_story import AUTHENTICATED
from evidence.taking_part import Participant, instant, text

__all__ = ["code_problems"]

CHECK = NumberedCheck("CHK-13")

SENT, BY_CODE = "pin_sent", "pin_to_mobile"

Told = tuple[Event, Mapping[str, Any]]


def code_problems(bundle: OpenedBundle, people: Mapping[str, Participant]) -> Iterator[Finding]:
    """Each authentication by a code, against the codes that the journal tells to have been sent."""
    sent = [(one, data) for one in bundle.events if one.type == SENT and (data := bundle.opened(one)) is not None]
    used = {one.reference for person in people.values() for one in person.confirmations if one.mechanism == BY_CODE}
    for event in bundle.events:
        data = bundle.opened(event) if event.type == AUTHENTICATED else None
        reference = text(data or {}, "reference")
        if data is None or text(data, "mechanism") != BY_CODE or not reference:
            continue
        where, who = f"{EVENTS}#{event.seq}", text(data, "participant")
        if reference in used:
            yield CHECK.failed(where, "CODE_USED_TWICE", participant=who)
        used.add(reference)
        code = _code(where, who, event, data, [one for one in sent if one[0].seq < event.seq])
        if code is not None:
            yield code


def _code(where: str, who: str, event: Event, data: Mapping[str, Any], sent: list[Told]) -> Finding | None:
    """Nothing is said where no code was told to have been sent: whether one was is not what this asks."""
    purpose = text(data, "document")
    ours = [one for _, one in sent if (text(one, "participant"), text(one, "purpose")) == (who, purpose)]
    same = [one for _, one in sent if text(one, "challenge") == text(data, "reference")]
    if any(one not in ours for one in same) or (ours and not same):
        return CHECK.failed(where, "CODE_OF_ANOTHER", participant=who)
    if same and text(same[-1], "expires_at"):
        ends = instant(same[-1], "expires_at")  # one that is no instant is before everything
        if ends is None or ends + CLOCKS < datetime.fromisoformat(event.at):
            return CHECK.failed(where, "CODE_HAD_ENDED", participant=who)
    return None
