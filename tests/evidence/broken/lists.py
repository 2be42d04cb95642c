"""Broken lists: files added, removed or exchanged, and lists written otherwise."""

import json
from collections.abc import Callable

from evidence.canonical import canonical
from evidence.container import pack
from evidence.layout import EVENTS, HEADS, INDEX, MANIFEST, OPENINGS, OUTER, README, SEAL, TYPE
from tests.evidence.forge import DEFECTS, Defect, defect, edit_json, flip, members_of, relist, with_member
from tests.evidence.sample import Sample


@defect("identity/added.bin", "FILE_NOT_LISTED")
def file_added(sample: Sample) -> bytes:
    return pack({**members_of(sample.bundle), "identity/added.bin": b"added"})


@defect("extra/added.bin", "FILE_NOT_LISTED")
def file_added_outside_the_layout(sample: Sample) -> bytes:
    return pack({**members_of(sample.bundle), "extra/added.bin": b"added"})


@defect(MANIFEST, "LISTED_PATH_NOT_IN_LAYOUT")
def file_added_outside_the_layout_and_listed(sample: Sample) -> bytes:
    return with_member(sample, "extra/added.bin", b"added")


@defect("{minutes}", "LISTED_FILE_MISSING")
def minutes_removed(sample: Sample) -> bytes:
    members = members_of(sample.bundle)
    del members[sample.names["minutes"]]
    return pack(members)


@defect(SEAL, "LISTED_FILE_MISSING")
def seal_removed(sample: Sample) -> bytes:
    members = members_of(sample.bundle)
    del members[SEAL]
    return pack(members)


@defect(README, "MEMBER_MISSING")
def instructions_removed_and_unlisted(sample: Sample) -> bytes:
    members = members_of(sample.bundle)
    del members[README]
    return relist(members)


@defect(README, "FILE_DIFFERS")
def instructions_changed(sample: Sample) -> bytes:
    return pack({**members_of(sample.bundle), README: b"Trust me."})


@defect(MANIFEST, "MANIFEST_IS_NOT_THE_SEALED_ONE")
def instructions_changed_and_relisted(sample: Sample) -> bytes:
    return with_member(sample, README, b"Trust me.")


@defect(MANIFEST, "JSON_NOT_CANONICAL")
def manifest_written_with_spaces(sample: Sample) -> bytes:
    spaced = json.dumps(json.loads(members_of(sample.bundle)[MANIFEST]), indent=1).encode()
    return with_member(sample, MANIFEST, spaced, core=False)


@defect(MANIFEST, "JSON_DUPLICATE_KEY")
def manifest_with_a_key_twice(sample: Sample) -> bytes:
    manifest = members_of(sample.bundle)[MANIFEST]
    twice = manifest.replace(b'{"algorithms"', b'{"version":1,"algorithms"', 1)
    return with_member(sample, MANIFEST, twice, core=False)


@defect(MANIFEST, "JSON_TOO_DEEP")
def manifest_nested_without_end(sample: Sample) -> bytes:
    return with_member(sample, MANIFEST, b"[" * 100_000, core=False)


@defect(MANIFEST, "FIELD_NOT_SUPPORTED")
def manifest_of_another_version(sample: Sample) -> bytes:
    other = edit_json(sample, MANIFEST, lambda manifest: manifest.update(version=2))
    return with_member(sample, MANIFEST, other, core=False)


@defect(OUTER, "LIST_CONTRADICTS_ITSELF")
def outer_list_with_another_hash(sample: Sample) -> bytes:
    outer = json.loads(members_of(sample.bundle)[OUTER])
    outer["files"][0]["sha256"] = "0" * 64
    return pack({**members_of(sample.bundle), OUTER: canonical(outer)})


@defect(OUTER, "MEMBER_MISSING")
def outer_list_removed(sample: Sample) -> bytes:
    members = members_of(sample.bundle)
    del members[OUTER]
    return pack(members)


@defect(OUTER, "LIST_NOT_SORTED")
def outer_list_that_names_a_file_twice(sample: Sample) -> bytes:
    outer = json.loads(members_of(sample.bundle)[OUTER])
    outer["files"].append(outer["files"][-1])
    return pack({**members_of(sample.bundle), OUTER: canonical(outer)})


def _changed_and_relisted(start: str, number: int) -> Callable[[Sample], bytes]:
    """One bit of the core is another, and both lists are written anew for it: the seal is over the list that was."""

    def make(sample: Sample) -> bytes:
        members = members_of(sample.bundle)
        path = [name for name in sorted(members) if name.startswith(start)][number]
        return with_member(sample, path, flip(members[path], 8 * len(members[path]) // 2))

    return make


for _start, _number in (
    *((one, 0) for one in (TYPE, EVENTS, OPENINGS, HEADS, INDEX, "identity/", "pki/certs/")),
    *((one, two) for one in ("documents/", "signatures/", "pki/crls/") for two in (0, 1)),
):
    _name = f"{_start.strip('/').replace('/', '_')}_{_number}_changed_and_relisted"
    DEFECTS.append(Defect(_name, _changed_and_relisted(_start, _number), MANIFEST, "MANIFEST_IS_NOT_THE_SEALED_ONE"))
