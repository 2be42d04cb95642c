"""CHK-09: what was recorded is one chain that the journal fixes, and what was not recorded is declared."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from evidence.canonical import sha256_hex
from evidence.checks import Findings, NumberedCheck
from evidence.checks.recording_allowed import recording_problems
from evidence.findings import Finding
from evidence.journal import ZERO_HASH, Event
from evidence.layout import EVENTS, RECORDING
from evidence.opened import OpenedBundle
from evidence.recording import Line, Part, RecordingManifest, read_recording
from evidence.trust import Trust

__all__ = ["check"]

CHECK = NumberedCheck("CHK-09")
TOLERANCE = timedelta(seconds=2)
"""A hole, or an overlap, that needs no word: people come, cameras start, clocks are rounded."""

KEPT, STARTED, STOPPED = "recording_kept", "recording_started", "recording_stopped"


def check(bundle: OpenedBundle, trust: Trust) -> Findings:
    """The manifest of the recording against the journal and against itself."""
    allowed = list(recording_problems(bundle))
    yield from allowed
    kept = [event for event in bundle.events if event.type == KEPT]
    if RECORDING not in bundle.members:
        for event in kept:
            yield CHECK.failed(f"{EVENTS}#{event.seq}", "RECORDING_MISSING")
        return
    content = bundle.members[RECORDING]
    if not any(sha256_hex(content) in event.subjects for event in kept):
        yield CHECK.failed(RECORDING, "RECORDING_NOT_IN_JOURNAL")
    manifest = read_recording(content, RECORDING)
    problems = [*_chain(bundle, manifest), *_parts(bundle, manifest), *_coverage(manifest)]
    yield from problems
    if problems or allowed:
        return
    gaps = [line for line in manifest.lines if line.reason]
    lost = sum(line.seconds for line in gaps if line.reason == "recorder")
    yield CHECK.passed(
        RECORDING,
        "RECORDING_CHAIN_HOLDS",
        parts=len(manifest.parts),
        segments=len(manifest.lines) - len(gaps),
        gaps=len(gaps),
    )
    if lost:
        yield CHECK.passed(RECORDING, "RECORDING_LOST", seconds=round(lost))


def _chain(bundle: OpenedBundle, manifest: RecordingManifest) -> Iterator[Finding]:
    if manifest.procedure != bundle.manifest.procedure.id:
        yield CHECK.failed(RECORDING, "RECORDING_OF_ANOTHER_PROCEDURE", procedure=manifest.procedure)
    previous = ZERO_HASH
    for n, line in enumerate(manifest.lines):
        if line.n != n or line.previous != previous:
            yield CHECK.failed(f"{RECORDING}#{n}", "RECORDING_CHAIN_BROKEN")
        previous = line.hash
    if manifest.head != previous:
        yield CHECK.failed(RECORDING, "RECORDING_CHAIN_BROKEN")
    stopped = _told(bundle, STOPPED)
    if stopped and (stopped[-1][1].get("head"), stopped[-1][1].get("lines")) != (previous, len(manifest.lines)):
        yield CHECK.failed(f"{EVENTS}#{stopped[-1][0].seq}", "RECORDING_IS_NOT_THE_ONE_THAT_ENDED")


def _parts(bundle: OpenedBundle, manifest: RecordingManifest) -> Iterator[Finding]:
    """Each part is one that the journal tells of, with its times; and no part is left out."""
    began = {data.get("part"): data.get("began_at") for _, data in _told(bundle, STARTED)}
    ended = {data.get("part"): data.get("ended_at") for _, data in _told(bundle, STOPPED)}
    told = {part.part: part for part in manifest.parts}
    if set(told) != set(began):
        yield CHECK.failed(RECORDING, "RECORDING_PARTS_DIFFER")
        return
    for part in manifest.parts:
        begins = _same(began[part.part], part.began_at)
        if not begins or (part.part in ended and not _same(ended[part.part], part.ended_at)):
            yield CHECK.failed(RECORDING, "RECORDING_PART_DIFFERS", part=part.part)
    for line in manifest.lines:
        owner = told.get(line.part)
        if owner is None or not _within(line, owner):
            yield CHECK.failed(f"{RECORDING}#{line.n}", "RECORDING_OUTSIDE_ITS_PART")


def _within(line: Line, part: Part) -> bool:
    ends = part.failed or line.ended_at <= part.ended_at + TOLERANCE
    return ends and line.began_at >= part.began_at - TOLERANCE


def _coverage(manifest: RecordingManifest) -> Iterator[Finding]:
    """From when somebody is first heard of until the part ends, each moment is in a segment or in a gap."""
    for part in manifest.parts:
        lines = [line for line in manifest.lines if line.part == part.part]
        for participant in sorted({line.participant for line in lines}):
            yield from _holes(part, [line for line in lines if line.participant == participant])


def _holes(part: Part, lines: list[Line]) -> Iterator[Finding]:
    until = lines[0].began_at
    for line in lines:
        if line.began_at - until > TOLERANCE:
            yield CHECK.failed(f"{RECORDING}#{line.n}", "RECORDING_GAP_NOT_DECLARED", participant=line.participant)
        if until - line.began_at > TOLERANCE:
            yield CHECK.failed(f"{RECORDING}#{line.n}", "RECORDING_OVERLAPS", participant=line.participant)
        until = line.ended_at
    if part.ended_at - until > TOLERANCE and not part.failed:
        yield CHECK.failed(
            f"{RECORDING}#{lines[-1].n}", "RECORDING_GAP_NOT_DECLARED", participant=lines[-1].participant
        )


def _told(bundle: OpenedBundle, kind: str) -> list[tuple[Event, Mapping[str, Any]]]:
    """The events of a kind with their clear data, where that is in the bundle."""
    events = [event for event in bundle.events if event.type == kind]
    return [(event, opened) for event in events if (opened := bundle.opened(event)) is not None]


def _same(told: Any, at: datetime) -> bool:
    try:
        return abs(datetime.fromisoformat(str(told)) - at) <= timedelta(milliseconds=1)
    except (TypeError, ValueError):
        return False
