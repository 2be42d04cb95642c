"""CHK-01: the two lists are canonical and complete; no file is extra, missing or other than listed."""

import hashlib
from collections.abc import Iterator
from itertools import pairwise
from pathlib import PurePosixPath

from evidence.canonical import sha256_hex
from evidence.checks import Findings, NumberedCheck
from evidence.findings import Finding
from evidence.layout import MANIFEST, OUTER, OUTER_FILES, REQUIRED_CORE, FileClass, class_of
from evidence.manifest import Listing, read_outer
from evidence.opened import OpenedBundle
from evidence.trust import Trust

__all__ = ["check"]

CHECK = NumberedCheck("CHK-01")
NAMED_BY_HASH = (
    FileClass.DOCUMENT,
    FileClass.HANDWRITING,
    FileClass.CERTIFICATE,
    FileClass.CRL,
    FileClass.OCSP,
)


def check(bundle: OpenedBundle, trust: Trust) -> Findings:
    """The files against `manifest.json` and `outer.json`, both ways."""
    problems = list(_problems(bundle))
    yield from problems
    if not problems:
        yield CHECK.passed(MANIFEST, "FILES_COMPLETE", files=len(bundle.members))


def _problems(bundle: OpenedBundle) -> Iterator[Finding]:
    for path in bundle.damaged:
        yield CHECK.failed(path, "MEMBER_DAMAGED")
    outer = read_outer(bundle.read(OUTER))
    yield from _list_problems(OUTER, outer)
    for listing in outer:
        if listing.path == MANIFEST or listing.path in OUTER_FILES:
            yield from _file_problems(bundle, OUTER, listing)
        else:
            yield CHECK.failed(OUTER, "LISTED_PATH_NOT_IN_LAYOUT", path=listing.path)
    core = bundle.manifest.files
    yield from _list_problems(MANIFEST, core)
    for listing in core:
        if class_of(listing.path) is None:
            yield CHECK.failed(MANIFEST, "LISTED_PATH_NOT_IN_LAYOUT", path=listing.path)
        else:
            yield from _file_problems(bundle, MANIFEST, listing)
    listed = {listing.path for listing in (*outer, *core)} | {OUTER}
    for path in sorted(set(bundle.members) - listed):
        yield CHECK.failed(path, "FILE_NOT_LISTED")
    for path in sorted({MANIFEST, *REQUIRED_CORE} - listed):
        yield CHECK.failed(path, "MEMBER_MISSING")


def _list_problems(name: str, entries: tuple[Listing, ...]) -> Iterator[Finding]:
    paths = [entry.path for entry in entries]
    if any(one >= other for one, other in pairwise(paths)):
        yield CHECK.failed(name, "LIST_NOT_SORTED")


def _file_problems(bundle: OpenedBundle, listed_in: str, listing: Listing) -> Iterator[Finding]:
    if listing.path not in bundle.members:
        yield CHECK.failed(listing.path, "LISTED_FILE_MISSING", list=listed_in)
        return
    content = bundle.members[listing.path]
    sha256 = sha256_hex(content)
    agreements = (
        sha256 == listing.sha256,
        hashlib.sha512(content).hexdigest() == listing.sha512,
    )
    if not any(agreements):
        yield CHECK.failed(listing.path, "FILE_DIFFERS", list=listed_in)
    elif not all(agreements) or len(content) != listing.size:
        # One digest still fits these bytes, so the bytes are those that were listed: it is the list that was
        # altered.
        yield CHECK.failed(listed_in, "LIST_CONTRADICTS_ITSELF", path=listing.path)
    if class_of(listing.path) in NAMED_BY_HASH and PurePosixPath(listing.path).stem != sha256:
        yield CHECK.failed(listing.path, "NAME_IS_NOT_HASH")
