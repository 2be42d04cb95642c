"""The tools of a forger: open a bundle, change it, and make the rest fit as well as one can."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from evidence.bundle import assemble, build_core
from evidence.canonical import canonical
from evidence.container import pack, unpack
from evidence.journal import event_hash
from evidence.layout import EVENTS, MANIFEST, OUTER, OUTER_FILES, class_of
from evidence.manifest import list_file, write_outer
from evidence.parts import CoreParts, OuterParts
from tests.evidence.sample import Sample
from tests.evidence.story import Story

Members = dict[str, bytes]


@dataclass(frozen=True)
class Defect:
    """One way in which a bundle is wrong, named for it, and what the verifier must name."""

    name: str
    make: Callable[[Sample], bytes]
    where: str
    """Object that a failing finding must name; `{minutes}` and the like stand for paths of the sample."""
    code: str


DEFECTS: list[Defect] = []


def defect(where: str, code: str) -> Callable[[Callable[[Sample], bytes]], Callable[[Sample], bytes]]:
    """Enter a function into the table of defects: it makes the broken bundle from the true one."""

    def enter(make: Callable[[Sample], bytes]) -> Callable[[Sample], bytes]:
        DEFECTS.append(Defect(make.__name__, make, where, code))
        return make

    return enter


def members_of(bundle: bytes) -> Members:
    return {name: bytes(content) for name, content in unpack(bundle).members.items()}


def relist(members: Members, *, core: bool = True) -> bytes:
    """Pack again with lists that fit: what anyone can do who can write files."""
    if core:
        members[MANIFEST] = _manifest(members)
    outer = {path: content for path, content in members.items() if path in OUTER_FILES}
    return pack({**members, OUTER: write_outer(members[MANIFEST], outer)})


def _manifest(members: Members) -> bytes:
    manifest = json.loads(members[MANIFEST])
    known = {entry["path"]: entry for entry in manifest["files"]}
    paths = sorted(path for path in members if path not in (MANIFEST, OUTER, *OUTER_FILES))
    manifest["files"] = [_entry(path, members[path], known) for path in paths]
    return canonical(manifest)


def _entry(path: str, content: bytes, known: Mapping[str, Any]) -> dict[str, Any]:
    default = {"class": str(class_of(path)), "media_type": "application/octet-stream", "encrypted": False}
    return {**known.get(path, default), **list_file(path, content)}


def with_member(sample: Sample, path: str, content: bytes, *, core: bool = True) -> bytes:
    """The true bundle with one member replaced (or added) and the lists made to fit."""
    return relist({**members_of(sample.bundle), path: content}, core=core)


def edit_json(sample: Sample, path: str, change: Callable[[Any], None]) -> bytes:
    """The canonical bytes of a JSON member of the true bundle after a change."""
    value = json.loads(members_of(sample.bundle)[path])
    change(value)
    return canonical(value)


def with_events(sample: Sample, change: Callable[[list[dict[str, Any]]], list[dict[str, Any]]]) -> bytes:
    """The true bundle with other events, the manifest's summary of them made to fit."""
    members = members_of(sample.bundle)
    events = change([json.loads(line) for line in members[EVENTS].splitlines()])
    members[EVENTS] = b"".join(canonical(event) + b"\n" for event in events)
    manifest = json.loads(members[MANIFEST])
    ends = {"first": events[0]["type"], "last": events[-1]["type"]}
    manifest["journal"] = {"events": len(events), "head": event_hash(events[-1]), **ends}
    members[MANIFEST] = canonical(manifest)
    return relist(members)


def insider(sample: Sample, parts: CoreParts, **outer: Any) -> bytes:
    """A bundle over other parts, sealed, stamped and anchored by the true authorities: only the parts betray it."""
    core = build_core(parts)
    return assemble(core, replace(sample.close(core), **outer))


def insider_member(sample: Sample, path: str, content: bytes) -> bytes:
    """As `insider`, for a change that the builder itself would refuse."""
    members = {**sample.core.files, MANIFEST: sample.core.manifest, path: content}
    manifest = _manifest(members)
    files = {name: found for name, found in members.items() if name != MANIFEST}
    core = replace(sample.core, files=files, manifest=manifest)
    return assemble(core, sample.close(core))


Telling = tuple[str, list[str], dict[str, Any]]


def retell(parts: CoreParts, change: Callable[[list[Telling]], list[Telling]]) -> CoreParts:
    """The parts with another story: type, subjects and data of each event."""
    clear = {opening.seq: dict(opening.data) for opening in parts.openings}
    told = [(event["type"], list(event["subjects"]), clear[event["seq"]]) for event in parts.events]
    story = Story(parts.procedure.id)
    for kind, subjects, data in change(told):
        story.tell(kind, *subjects, **data)
    return replace(parts, events=story.events, openings=story.openings, heads=())


def with_outer(sample: Sample, **outer: Any) -> bytes:
    """The true core with other things made over it."""
    changed: OuterParts = replace(sample.outer, **outer)
    return assemble(sample.core, changed)


def flip(data: bytes, position: int) -> bytes:
    """`data` with one bit inverted, counted from its beginning."""
    flipped = bytearray(data)
    flipped[position // 8] ^= 1 << position % 8
    return bytes(flipped)
