"""CHK-04: every document is spoken of by the journal, and everything the journal speaks of is accounted
for."""

from collections.abc import Iterator
from typing import Final

from evidence.canonical import sha256_hex
from evidence.checks import Findings, NumberedCheck
from evidence.findings import Finding
from evidence.layout import EVENTS, INDEX, FileClass
from evidence.opened import OpenedBundle
from evidence.trust import Trust

__all__ = ["check"]

CHECK = NumberedCheck("CHK-04")

ABOUT: Final = {
    "document_presented": "sha256",
    "document_understood": "sha256",
    "document_page_read": "document_sha256",
    "signature_handwritten": "document_sha256",
    "signature_authenticated": "document_sha256",
    "register_entry_requested": "sha256",
}
"""By event: where its data say which document it is about."""


def check(bundle: OpenedBundle, trust: Trust) -> Findings:
    """Documents, identity evidence and signature records against the `subjects` of the events, both ways."""
    problems = [*_unspoken(bundle), *_unaccounted(bundle), *_otherwise(bundle)]
    yield from problems
    if problems:
        return
    yield CHECK.passed(INDEX, "DOCUMENTS_MATCH_JOURNAL", documents=len(bundle.documents))
    for reason in sorted(set(bundle.references.values())):
        count = list(bundle.references.values()).count(reason)
        yield CHECK.passed(INDEX, f"NOT_INCLUDED_{reason.upper()}", documents=count)


def _unspoken(bundle: OpenedBundle) -> Iterator[Finding]:
    spoken = {subject for event in bundle.events for subject in event.subjects}
    present = {document.path: document.sha256 for document in bundle.documents}
    present |= {file.path: file.clear_sha256 for file in bundle.identity}
    present |= {path: sha256_hex(bundle.members[path]) for path in bundle.paths(FileClass.HANDWRITING)}
    for path, sha256 in sorted(present.items()):
        if sha256 not in spoken:
            yield CHECK.failed(path, "NOT_IN_JOURNAL")


def _unaccounted(bundle: OpenedBundle) -> Iterator[Finding]:
    known = {document.sha256 for document in bundle.documents}
    known |= {file.clear_sha256 for file in bundle.identity}
    known |= {sha256_hex(bundle.members[path]) for path in bundle.paths(FileClass.SIGNATURE_RECORD)}
    known |= {sha256_hex(bundle.members[path]) for path in bundle.paths(FileClass.HANDWRITING)}
    known |= {sha256_hex(bundle.members[path]) for path in bundle.paths(FileClass.RECORDING)}
    known |= {bundle.manifest.procedure.type_sha256, *bundle.references}
    for event in bundle.events:
        for subject in event.subjects:
            if subject not in known:
                yield CHECK.failed(f"{EVENTS}#{event.seq}", "SUBJECT_NOT_IN_BUNDLE", sha256=subject)


def _otherwise(bundle: OpenedBundle) -> Iterator[Finding]:
    """What an event says that it is about is among its subjects, which can be read when its data are withheld."""
    for event in bundle.events:
        data = bundle.opened(event)
        told = data.get(ABOUT[event.type]) if data is not None and event.type in ABOUT else None
        if isinstance(told, str) and told not in event.subjects:
            yield CHECK.failed(f"{EVENTS}#{event.seq}", "SUBJECT_DIFFERS", sha256=told)
