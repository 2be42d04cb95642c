"""What went wrong or changed course during the act, with its times, read from the journal and never retyped.

Gaps in a connection shorter than the type's limit do not break continuity: they are counted, not told one by one.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.procedure.state import Procedure
from templates.trail import Trace, Trail, merged

_VERIFIED = ("identity_confirmed", "identity_waived")


@dataclass(frozen=True)
class Incident:
    """One thing that happened. `kind` names the sentence; what does not apply is None."""

    kind: str
    at: datetime
    events: tuple[int, ...]
    participant: str | None = None
    lawyer: str | None = None
    item: str | None = None
    document: str | None = None
    until: datetime | None = None
    reverified_at: datetime | None = None
    cause: str | None = None
    note: str = ""
    new_date: str | None = None

    @property
    def lasted(self) -> timedelta | None:
        return self.until - self.at if self.until else None


def incidents(procedure: Procedure, trail: Trail) -> tuple[Incident, ...]:
    """Everything that the minutes have to say happened, in order of time."""
    found = [gap for gap in gaps(trail) if _counts(procedure, gap)]
    found += _takeovers(trail) + _private_talks(trail) + _interruptions(trail) + _told(trail)
    return tuple(sorted(found, key=lambda incident: (incident.at, incident.events)))


def short_gaps(procedure: Procedure, trail: Trail) -> tuple[Incident, ...]:
    """Lines that were cut for too short a time to break continuity.

    Whoever left by themselves and was back at once loaded the page anew or went to another window: no line was cut.
    """
    return tuple(gap for gap in gaps(trail) if gap.kind == "connection_lost" and not _counts(procedure, gap))


def gaps(trail: Trail) -> tuple[Incident, ...]:
    """Each time that somebody was gone from the room, until back and, if the identity had lapsed, verified again."""
    closed = trail.seqs("session_closed")
    return tuple(
        _gap(trail, gone)
        for gone in trail.of("connection_lost", "participant_left")
        if not (closed and gone.seq > closed[0]) and not _gone_already(trail, gone)
    )


def _gone_already(trail: Trail, gone: Trace) -> bool:
    """A line that was lost and then given up is one gap."""
    moves = trail.of(
        "connection_lost", "participant_left", "participant_joined", participant=gone.content["participant"]
    )
    earlier = [trace for trace in moves if trace.seq < gone.seq]
    return bool(earlier) and earlier[-1].type != "participant_joined"


def _gap(trail: Trail, gone: Trace) -> Incident:
    participant = gone.content["participant"]
    later = [trace for trace in trail.of(participant=participant) if trace.seq > gone.seq]
    back = _first(later, "participant_joined")
    again = _first([trace for trace in later if back and trace.seq > back.seq], "connection_lost", "participant_left")
    window = [trace for trace in later if again is None or trace.seq < again.seq]
    # What lapsed with a stop of the whole act is told there.
    lapsed = _first([trace for trace in window if trace.content.get("cause") == "connection_lost"], "identity_lapsed")
    # The last one counts: a policy may ask for several mechanisms.
    checks = [trace for trace in window if lapsed and trace.seq > lapsed.seq and trace.type in _VERIFIED]
    verified = checks[-1] if checks else None
    return Incident(
        gone.type,
        gone.at,
        merged((gone.seq,), *((trace.seq,) for trace in (back, lapsed, verified) if trace)),
        participant=participant,
        until=back.at if back else None,
        reverified_at=verified.at if verified else None,
    )


def _counts(procedure: Procedure, gap: Incident) -> bool:
    limit = procedure.type.procedure.identity.lapse_after
    return gap.lasted is None or gap.lasted >= limit or gap.reverified_at is not None


def _takeovers(trail: Trail) -> list[Incident]:
    """Each time that somebody sat down elsewhere with the summons of a person who was in the room or identified."""
    found = []
    for taken in trail.of("seat_taken_over"):
        participant = taken.content["participant"]
        later = [trace for trace in trail.of(participant=participant) if trace.seq > taken.seq]
        again = _first(later, "seat_taken_over")
        checks = [t for t in later if t.type in _VERIFIED and (again is None or t.seq < again.seq)]
        found.append(
            Incident(
                taken.type,
                taken.at,
                merged((taken.seq,), *((trace.seq,) for trace in checks[-1:])),
                participant=participant,
                reverified_at=checks[-1].at if checks else None,
                note=taken.content["place"],
            )
        )
    return found


def _private_talks(trail: Trail) -> list[Incident]:
    """Law: RDL 6/2023 art. 62.3.c, LO 5/2024 art. 16; that lawyer and client conferred is told, and nothing else."""
    found = []
    for opened in trail.of("private_room_opened"):
        closed = trail.of("private_room_closed", room=opened.content["room"])
        found.append(
            Incident(
                opened.type,
                opened.at,
                merged((opened.seq,), *((trace.seq,) for trace in closed[:1])),
                participant=opened.content["client"],
                lawyer=opened.content["lawyer"],
                until=closed[0].at if closed else None,
            )
        )
    return found


def _interruptions(trail: Trail) -> list[Incident]:
    found = []
    for stop in trail.of("procedure_interrupted"):
        later = [trace for trace in trail.traces if trace.seq > stop.seq]
        resumed = _first(later, "procedure_resumed", "procedure_interrupted", "procedure_adjourned")
        back = resumed if resumed and resumed.type == "procedure_resumed" else None
        found.append(
            Incident(
                "interrupted",
                stop.at,
                merged((stop.seq,), (back.seq,) if back else ()),
                item=stop.content["item"],
                until=back.at if back else None,
                cause=stop.content["cause"],
                note=stop.content["note"],
            )
        )
    return found


_TOLD = (
    "participant_corrected",
    "identity_rejected",
    "identity_waived",
    "participant_dismissed",
    "consent_withdrawn",
    "signature_refused",
    "missing_signature_recorded",
    "document_refused",
    "item_corrected",
    "procedure_adjourned",
)
"""Events that are an incident by themselves; the sentence has the name of the event."""


def _told(trail: Trail) -> list[Incident]:
    despite = [
        Incident("closed_despite", trace.at, (trace.seq,), note=trace.content["despite"])
        for trace in trail.of("session_closed")
        if trace.content.get("despite")
    ]
    return despite + [
        Incident(
            trace.type,
            trace.at,
            (trace.seq,),
            participant=trace.content.get("participant"),
            item=trace.content.get("item"),
            document=trace.content.get("document"),
            note=trace.content.get("reason", ""),
            cause=trace.content.get("cause"),
            new_date=trace.content.get("new_date"),
        )
        for trace in trail.of(*_TOLD)
    ]


def _first(traces: list[Trace], *types: str) -> Trace | None:
    return next((trace for trace in traces if trace.type in types), None)
