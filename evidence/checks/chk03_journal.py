"""CHK-03: the journal is one unbroken chain of one procedure, and what was opened is what was committed
to."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from evidence.canonical import canonical, parse_canonical, sha256_hex
from evidence.checks import Findings, NumberedCheck, shown
from evidence.findings import Finding
from evidence.journal import breaks, data_commitment
from evidence.layout import EVENTS, HEADS, MANIFEST, OPENINGS, TYPE
from evidence.opened import OpenedBundle
from evidence.shapes import Shape
from evidence.taking_part import mapping
from evidence.trust import Trust

__all__ = ["check"]

CHECK = NumberedCheck("CHK-03")


def check(bundle: OpenedBundle, trust: Trust) -> Findings:
    """Sequence, chain, times, extent, heads, openings, and the procedure type that the journal was begun
    under."""
    problems = [
        *_chain_problems(bundle),
        *_extent_problems(bundle),
        *_head_problems(bundle),
        *_opening_problems(bundle),
        *_type_problems(bundle),
    ]
    yield from problems
    if not problems:
        withheld = len(bundle.events) - len(bundle.openings)
        first, last = (shown(datetime.fromisoformat(bundle.events[end].at)) for end in (0, -1))
        yield CHECK.passed(EVENTS, "JOURNAL_UNBROKEN", events=len(bundle.events), first=first, last=last)
        if withheld:
            yield CHECK.passed(OPENINGS, "OPENINGS_WITHHELD", events=withheld)


def _chain_problems(bundle: OpenedBundle) -> Iterator[Finding]:
    for found in breaks(bundle.events, bundle.manifest.procedure.id):
        yield CHECK.failed(f"{EVENTS}#{found.seq}", found.code)


def _extent_problems(bundle: OpenedBundle) -> Iterator[Finding]:
    events, expected = bundle.events, bundle.manifest.journal
    if not events:
        yield CHECK.failed(EVENTS, "JOURNAL_EMPTY")
        return
    found = (len(events), events[-1].hash, events[0].type, events[-1].type)
    if found != (expected.events, expected.head, expected.first, expected.last):
        yield CHECK.failed(EVENTS, "JOURNAL_EXTENT_DIFFERS", found=len(events), expected=expected.events)


def _head_problems(bundle: OpenedBundle) -> Iterator[Finding]:
    if HEADS not in bundle.members:
        return
    heads = Shape({"heads": parse_canonical(bundle.members[HEADS], HEADS)}, HEADS).array("heads")
    for number, value in enumerate(heads):
        head = Shape(value, f"{HEADS}#{number}", {"milestone", "seq", "hash"})
        seq, milestone = head.integer("seq"), head.text("milestone")
        if seq >= len(bundle.events) or bundle.events[seq].hash != head.digest("hash"):
            yield CHECK.failed(head.where, "HEAD_DIFFERS", milestone=milestone, seq=seq)


def _opening_problems(bundle: OpenedBundle) -> Iterator[Finding]:
    by_seq = {event.seq: event for event in bundle.events}
    for line, (seq, opening) in enumerate(bundle.openings.items()):
        where = f"{OPENINGS}#{line}"
        if seq not in by_seq:
            yield CHECK.failed(where, "OPENING_WITHOUT_EVENT", seq=seq)
        elif data_commitment(opening.nonce, opening.data) != by_seq[seq].data_commitment:
            yield CHECK.failed(where, "OPENING_DIFFERS", seq=seq)


def _type_problems(bundle: OpenedBundle) -> Iterator[Finding]:
    found = sha256_hex(bundle.read(TYPE))
    resolved = bundle.resolved_type
    if found != bundle.manifest.procedure.type_sha256:
        yield CHECK.failed(TYPE, "TYPE_HASH_DIFFERS", list=MANIFEST)
    first = bundle.openings.get(0)
    if first is None:
        return  # said by CHK-13
    begun = first.data.get("resolved_type")
    if not begun and "type_sha256" not in first.data:
        yield CHECK.undecided(TYPE, "TYPE_NOT_IN_JOURNAL")
    elif first.data.get("type_sha256", found) != found or (begun and canonical(begun) != bytes(bundle.read(TYPE))):
        yield CHECK.failed(TYPE, "TYPE_IS_NOT_THE_STARTED_ONE")
    yield from _summary_problems(bundle, first.data, mapping(resolved, "procedure"))


def _summary_problems(bundle: OpenedBundle, first: Mapping[str, Any], resolved: Mapping[str, Any]) -> Iterator[Finding]:
    """What the manifest says of the procedure: whose seal is asked for, and which stages, follow from it."""
    summary = bundle.manifest.procedure
    for field, value, told in (
        ("id", summary.id, first.get("id")),
        ("administration", summary.administration, first.get("administration")),
        ("type_id", summary.type_id, resolved.get("id")),
        ("type_version", summary.type_version, resolved.get("version")),
        ("family", summary.family, resolved.get("family")),
    ):
        if told is not None and value != str(told):
            yield CHECK.failed(MANIFEST, "SUMMARY_DIFFERS", field=field, found=value, expected=str(told))
