"""Broken containers: what a ZIP tool, a cut line or an attacker on the reader makes of the file."""

import io
import zipfile

from evidence.layout import EVENTS, README
from tests.evidence.forge import defect, flip, members_of
from tests.evidence.sample import Sample


def _zip(members: list[tuple[str, bytes]], method: int = zipfile.ZIP_STORED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in members:
            archive.writestr(zipfile.ZipInfo(name), content, method)
    return out.getvalue()


@defect("", "NOT_A_CONTAINER")
def file_of_another_kind(sample: Sample) -> bytes:
    return b"GIF89a, not a bundle"


@defect("", "NOT_A_CONTAINER")
def empty_file(sample: Sample) -> bytes:
    return b""


@defect("", "CONTAINER_NOT_CANONICAL")
def file_cut_short_in_its_directory(sample: Sample) -> bytes:
    return sample.bundle[:-10]


@defect(EVENTS, "CONTAINER_TRUNCATED")
def file_cut_short_in_a_member(sample: Sample) -> bytes:
    content = members_of(sample.bundle)[EVENTS]
    return sample.bundle[: sample.bundle.index(content) + len(content) // 2]


@defect("", "CONTAINER_NOT_CANONICAL")
def bytes_after_the_end(sample: Sample) -> bytes:
    return sample.bundle + b"\0"


@defect("", "NOT_A_CONTAINER")
def bytes_before_the_beginning(sample: Sample) -> bytes:
    return b"#!/bin/sh\n" + sample.bundle


@defect(README, "CONTAINER_NOT_CANONICAL")
def packed_again_by_a_zip_tool(sample: Sample) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in members_of(sample.bundle).items():
            archive.writestr(zipfile.ZipInfo(name, (2026, 3, 2, 9, 0, 0)), content)
    return out.getvalue()


@defect(README, "MEMBER_COMPRESSED")
def compressed_member(sample: Sample) -> bytes:
    return _zip(sorted(members_of(sample.bundle).items()), zipfile.ZIP_DEFLATED)


@defect(README, "MEMBER_COMPRESSED")
def zip_bomb(sample: Sample) -> bytes:
    return _zip([(README, b"\0" * 10_000_000)], zipfile.ZIP_DEFLATED)


@defect(README, "MEMBER_TWICE")
def two_members_of_one_name(sample: Sample) -> bytes:
    first = sample.bundle.index(b"PK\x03\x04", 4)
    return sample.bundle[:first] + sample.bundle


@defect("../outside.txt", "PATH_UNSAFE")
def member_that_leaves_the_folder(sample: Sample) -> bytes:
    return _zip([("../outside.txt", b"zip slip")])


@defect("/etc/outside.txt", "PATH_UNSAFE")
def member_with_an_absolute_path(sample: Sample) -> bytes:
    return _zip([("/etc/outside.txt", b"zip slip")])


@defect("{minutes}", "MEMBER_DAMAGED")
def bit_changed_on_the_disk(sample: Sample) -> bytes:
    path = sample.names["minutes"]
    content = members_of(sample.bundle)[path]
    position = sample.bundle.index(content) + len(content) // 2
    return flip(sample.bundle, position * 8)
