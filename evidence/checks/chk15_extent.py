"""CHK-15: the journal is whole, the minutes are those of this procedure and fix this journal, and what is left out is
explained."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from evidence.checks import Findings, NumberedCheck
from evidence.checks.after_minutes import signed_by_an_official, told_after
from evidence.checks.answered import answer_problems
from evidence.checks.minutes_told import told_otherwise
from evidence.checks.named_body import name_problems
from evidence.findings import Finding
from evidence.journal import Event
from evidence.layout import EVENTS, INDEX
from evidence.minutes import MinutesWords, minutes_words
from evidence.opened import IndexedDocument, OpenedBundle
from evidence.parts import DocumentKind, ReferenceReason
from evidence.signing_story import SIGNED
from evidence.taking_part import text
from evidence.trust import Trust

__all__ = ["check"]

CHECK = NumberedCheck("CHK-15")

FIRST: Final = "procedure_requested"
STAGES: Final = ("room_opened", "session_closed", "minutes_drafted", "minutes_approved", "minutes_sealed")
"""The steps of an act that was held; each is there once at least, after the one before."""

IN_WRITING: Final = {"cooperation": "preparation_begun"}
"""By family: what stands for the opened room in procedures that have none, because nobody appears in them."""

EXPLAINED_BY: Final = {ReferenceReason.WITHHELD: "document_withheld", ReferenceReason.ERASED: "document_erased"}
"""The event, among whose subjects it is, that says why something is not here."""


def check(bundle: OpenedBundle, trust: Trust) -> Findings:
    """Stages of the journal; minutes against journal; references against events."""
    stages = list(_stage_problems(bundle))
    minutes = list(_minutes_problems(bundle))
    references = list(_reference_problems(bundle))
    after = (
        []
        if minutes
        else list(told_after(bundle, max(words.head[0] for _, words in _minutes(bundle) if words and words.head)))
    )
    yield from (*stages, *minutes, *after, *references, *answer_problems(bundle))
    if not stages:
        yield CHECK.passed(EVENTS, "JOURNAL_WHOLE")
    if not minutes:
        document, words = next(_minutes(bundle))
        assert words is not None and words.head is not None
        yield CHECK.passed(document.path, "MINUTES_FIX_JOURNAL", events=words.head[0])
    for document, words in _minutes(bundle):
        if words is not None:
            yield from name_problems(bundle, document.path, words, trust)


def _stage_problems(bundle: OpenedBundle) -> Iterator[Finding]:
    events = bundle.events
    if not events:
        return  # said by CHK-03
    if events[0].type != FIRST:
        yield CHECK.failed(f"{EVENTS}#0", "JOURNAL_BEGINS_ELSEWHERE", type=events[0].type)
    latest = {event.type: event.seq for event in events}
    first: dict[str, int] = {}
    for event in events:
        first.setdefault(event.type, event.seq)
    begun = IN_WRITING.get(bundle.manifest.procedure.family, STAGES[0])
    for before, after in pairwise((begun, *STAGES[1:])):
        if after in first and not first.get(before, len(events)) < latest[after]:
            yield CHECK.failed(f"{EVENTS}#{latest[after]}", "JOURNAL_SKIPS_A_STAGE", stage=before, type=after)
    if events[-1].type != STAGES[-1]:
        yield CHECK.undecided(f"{EVENTS}#{len(events) - 1}", "JOURNAL_NOT_ENDED", type=events[-1].type)


def _minutes(bundle: OpenedBundle) -> Iterator[tuple[IndexedDocument, MinutesWords | None]]:
    for document in bundle.documents:
        if document.kind is DocumentKind.MINUTES and document.path in bundle.members:
            yield document, minutes_words(bundle, document.path)


def _minutes_problems(bundle: OpenedBundle) -> Iterator[Finding]:
    """The words that travel in the signed minutes, against the journal that the signature thereby fixes."""
    found = list(_minutes(bundle))
    if not found:
        yield CHECK.undecided(INDEX, "MINUTES_NOT_HERE")
    for document, words in found:
        approved = _approved(bundle, document)
        if approved is None:
            yield CHECK.failed(document.path, "MINUTES_NOT_APPROVED")
            continue
        if not signed_by_an_official(bundle, set(approved.subjects)):
            yield CHECK.undecided(document.path, "MINUTES_SIGNED_BY_NO_OFFICIAL")
        if words is None:
            yield CHECK.undecided(document.path, "MINUTES_WITHOUT_WORDS")
        else:
            yield from _words_problems(bundle, document.path, words, approved)


def _approved(bundle: OpenedBundle, document: IndexedDocument) -> Event | None:
    """The event that approved the text which these minutes are the signed form of."""
    originals = {
        text(bundle.opened(event) or {}, "original_sha256")
        for event in bundle.events
        if event.type == SIGNED and document.sha256 in event.subjects
    }
    approvals = [one for one in bundle.events if one.type == "minutes_approved" and originals & set(one.subjects)]
    return approvals[-1] if approvals else None


def _words_problems(bundle: OpenedBundle, where: str, words: MinutesWords, approved: Event) -> Iterator[Finding]:
    first = bundle.opened(bundle.events[0]) or {}
    number = text(first, "case_number")
    if not number:
        yield CHECK.undecided(f"{EVENTS}#0", "NUMBER_UNKNOWN")
    elif number not in words.reference.split():
        yield CHECK.failed(where, "MINUTES_OF_ANOTHER_PROCEDURE", number=number, found=words.reference)
    drafts = [event for event in bundle.events[: approved.seq] if event.type == "minutes_drafted"]
    draft = bundle.opened(drafts[-1]) if drafts else None
    if draft is None:
        yield CHECK.undecided(where, "DRAFT_UNKNOWN")
        return
    if words.csv != text(draft, "csv"):
        yield CHECK.failed(where, "MINUTES_OF_ANOTHER_CODE", csv=text(draft, "csv"), found=words.csv or "-")
    corrected = any(event.type == "minutes_corrected" for event in bundle.events[drafts[-1].seq : approved.seq])
    file = draft.get("draft")
    drafted = text(file, "sha256") if isinstance(file, dict) else ""
    if drafted and not corrected and drafted != words.sha256:
        yield CHECK.failed(where, "MINUTES_ARE_NOT_THE_DRAFTED", sha256=drafted)
    yield from _head_problems(bundle, where, words, drafts[-1].seq)
    yield from told_otherwise(bundle, where, words)


def _head_problems(bundle: OpenedBundle, where: str, words: MinutesWords, drafted: int) -> Iterator[Finding]:
    if words.head is None:
        yield CHECK.undecided(where, "MINUTES_FIX_NO_JOURNAL")
        return
    count, head = words.head
    if not 0 < count <= drafted or bundle.events[count - 1].hash != head:
        yield CHECK.failed(where, "MINUTES_OF_ANOTHER_JOURNAL", events=count, head=head)
    closed = [event.seq for event in bundle.events[:drafted] if event.type == "session_closed"]
    if closed and not closed[-1] < count:
        yield CHECK.failed(where, "MINUTES_BEFORE_THE_END", events=count, seq=closed[-1])


def _reference_problems(bundle: OpenedBundle) -> Iterator[Finding]:
    """What is not here, against the events that say why."""
    spoken: dict[str, list[Event]] = {}
    for event in bundle.events:
        for subject in event.subjects:
            spoken.setdefault(subject, []).append(event)
    overtaken = _overtaken(bundle)
    for sha256, reason in sorted(bundle.references.items()):
        if reason is ReferenceReason.SUPERSEDED:
            explained = sha256 in overtaken
        else:
            explained = any(event.type == EXPLAINED_BY[reason] for event in spoken.get(sha256, ()))
        if not explained:
            where = f"{EVENTS}#{spoken[sha256][0].seq}" if sha256 in spoken else INDEX
            yield CHECK.undecided(where, "ABSENCE_NOT_EXPLAINED", sha256=sha256, reason=reason.value)


def _overtaken(bundle: OpenedBundle) -> set[str]:
    """Revisions after which another was made of the same document: signed once more, or written anew."""
    signed: dict[str, list[str]] = {}
    written: dict[str, list[str]] = {}
    for event in bundle.events:
        data = bundle.opened(event) or {}
        if event.type == SIGNED:
            signed.setdefault(text(data, "original_sha256"), []).append(text(data, "signed_sha256"))
        elif event.type in ("document_written", "minutes_approved") and event.subjects:
            document = data.get("document")
            name = text(document, "id") if isinstance(document, dict) else ""
            written.setdefault(name, []).append(event.subjects[0])
    present = {document.sha256 for document in bundle.documents}
    found: set[str] = set()
    for revisions in signed.values():
        found |= set(revisions[:-1]) if revisions[-1] in present else set()
    for texts in written.values():
        found |= set(texts[:-1])
    return found
