"""Of CHK-09: what was recorded might be, and nothing that was recorded is left out.

Law: where no law orders it, nobody is recorded before everybody in the room has said yes (Regulation (EU) 2016/679,
arts. 5.1.c and 7; Ley de Enjuiciamiento Civil, art. 147).
"""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from evidence.checks import NumberedCheck
from evidence.findings import Finding
from evidence.journal import Event
from evidence.layout import EVENTS
from evidence.opened import OpenedBundle
from evidence.taking_part import Participant, instant, mapping, read_participants, text

__all__ = ["recording_problems"]

CHECK = NumberedCheck("CHK-09")

STARTED, STOPPED, KEPT = "recording_started", "recording_stopped", "recording_kept"
FORBIDDEN: Final = "forbidden"
ASKING: Final = frozenset({"with_consent", "audio_only"})
"""What a type says of recording: policies under which people are asked."""
AT_ONCE: Final = timedelta(seconds=30)
"""Within which a recorder begins, and ends again where somebody said no, or came in, while it began."""


def recording_problems(bundle: OpenedBundle) -> Iterator[Finding]:
    """Each beginning against what the type says and people said; the last end against what was kept."""
    policy = text(mapping(bundle.resolved_type, "procedure"), "recording")
    people = read_participants(bundle) or {}
    told = [(event, bundle.opened(event)) for event in bundle.events if event.type in (STARTED, STOPPED, KEPT)]
    begun: set[Any] = set()
    for event, data in told:
        where = f"{EVENTS}#{event.seq}"
        if data is None:
            yield CHECK.undecided(where, "RECORDING_WITHHELD", type=event.type)
        elif event.type == STARTED:
            yield from _started(bundle, event, data, policy, people)
            if data.get("part") in begun:
                yield CHECK.failed(where, "RECORDING_BEGUN_TWICE", part=str(data.get("part")))
            begun.add(data.get("part"))
        elif event.type == STOPPED and data.get("part") not in begun:
            yield CHECK.failed(where, "RECORDING_NEVER_BEGAN", part=str(data.get("part")))
    if lost := _left_out(told):
        yield CHECK.undecided(f"{EVENTS}#{lost.seq}", "RECORDING_NOT_KEPT")


def _started(
    bundle: OpenedBundle, event: Event, data: Mapping[str, Any], policy: str, people: Mapping[str, Participant]
) -> Iterator[Finding]:
    where = f"{EVENTS}#{event.seq}"
    if policy == FORBIDDEN:
        yield CHECK.failed(where, "RECORDED_THOUGH_FORBIDDEN")
    if policy not in ASKING:
        return
    against = [person for person in people.values() if _is_recorded_against_it(person, event.seq)]
    began = _told_when_it_began(bundle, event, data) if against and _ended_at_once(bundle, event, data) else None
    for person in against:
        if began is None or _is_recorded_against_it(person, began):
            yield CHECK.failed(where, "RECORDED_WITHOUT_CONSENT", participant=person.id)


def _is_recorded_against_it(person: Participant, seq: int) -> bool:
    said = person.consented_at(seq)
    return not person.account and person.presence_at(seq).in_the_room and (said is None or not said[0])


def _told_when_it_began(bundle: OpenedBundle, event: Event, data: Mapping[str, Any]) -> int:
    """The number after everything that had been told when the recorder began: it is told once it has answered."""
    at = datetime.fromisoformat(event.at)
    began = max(instant(data, "began_at") or at, at - AT_ONCE)
    return next((one.seq for one in bundle.events if datetime.fromisoformat(one.at) > began), event.seq)


def _ended_at_once(bundle: OpenedBundle, event: Event, data: Mapping[str, Any]) -> bool:
    for one in bundle.events[event.seq :]:
        told = bundle.opened(one) if one.type == STOPPED else None
        if told is not None and told.get("part") == data.get("part"):
            ended = instant(told, "ended_at")
            return ended is not None and ended - datetime.fromisoformat(event.at) < AT_ONCE
    return False


def _left_out(told: list[tuple[Event, Mapping[str, Any] | None]]) -> Event | None:
    """The last end of a recording that has lines, when nothing was kept after it."""
    stops = [event for event, data in told if event.type == STOPPED and data and data.get("lines")]
    kept = any(event.type == KEPT for event, _ in told)
    return stops[-1] if stops and not kept else None
