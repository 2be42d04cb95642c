"""CHK-07: the index describes exactly the documents and identity files that are in the bundle."""

from collections.abc import Iterator

from evidence.canonical import sha256_hex
from evidence.checks import Findings, NumberedCheck
from evidence.findings import Finding
from evidence.layout import INDEX, FileClass
from evidence.opened import OpenedBundle
from evidence.trust import Trust

__all__ = ["check"]

CHECK = NumberedCheck("CHK-07")


def check(bundle: OpenedBundle, trust: Trust) -> Findings:
    """Entries against files, both ways, with hash and size. The index is covered by the seal through the
    manifest."""
    problems = list(_problems(bundle))
    yield from problems
    if not problems:
        yield CHECK.passed(INDEX, "INDEX_COMPLETE", documents=len(bundle.documents))


def _problems(bundle: OpenedBundle) -> Iterator[Finding]:
    indexed = [document.path for document in bundle.documents] + [file.path for file in bundle.identity]
    present = bundle.paths(FileClass.DOCUMENT) + bundle.paths(FileClass.IDENTITY)
    if len(set(indexed)) != len(indexed):
        yield CHECK.failed(INDEX, "INDEX_NAMES_TWICE")
    for path in sorted(set(indexed) - set(present)):
        yield CHECK.failed(path, "INDEXED_FILE_MISSING")
    for path in sorted(set(present) - set(indexed)):
        yield CHECK.failed(path, "FILE_NOT_INDEXED")
    for document in bundle.documents:
        content = bundle.members.get(document.path)
        if content is not None and (sha256_hex(content), len(content)) != (document.sha256, document.size):
            yield CHECK.failed(document.path, "INDEX_DIFFERS")
    for file in bundle.identity:
        content = bundle.members.get(file.path)
        if content is not None and not file.encrypted and sha256_hex(content) != file.clear_sha256:
            yield CHECK.failed(file.path, "INDEX_DIFFERS")
