"""Lies about the whole: minutes of something else, a journal changed after they were signed, things left out."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from evidence.parts import CoreParts, DocumentKind, Reference, ReferenceReason
from tests.evidence.forge import insider
from tests.evidence.forged.forgery import AT, EVENTS, FORGERIES, Forgery, first_event, script, told, without
from tests.evidence.held import FRAME, Script, Told, hold
from tests.evidence.sample import Sample

__all__: list[str] = []

# Minutes and extent
script(
    "minutes of another procedure",
    "documents/",
    "MINUTES_OF_ANOTHER_PROCEDURE",
    words={"reference": "Acto de conciliación 32930/2026"},
)
script(
    "minutes of a number that begins alike",
    "documents/",
    "MINUTES_OF_ANOTHER_PROCEDURE",
    lie=first_event(case_number="33010/202"),
)
script(
    "minutes with the name of another body",
    "documents/",
    "MINUTES_NAME_ANOTHER_BODY",
    body_name="Tribunal de Instancia de Ponte Nova",
)
script(
    "an act told of as another body's",
    "manifest.p7s",
    "NOT_THE_SEAL_OF_THE_BODY",
    lie=first_event(body="court-ponte-nova"),
)
script("minutes of another code", "documents/", "MINUTES_OF_ANOTHER_CODE", words={"csv": "ES11-OTHER"})
script(
    "minutes with other words than were drafted",
    "documents/",
    "MINUTES_ARE_NOT_THE_DRAFTED",
    words={"title": "Otra acta"},
)
script(
    "minutes of another outcome",
    "documents/",
    "MINUTES_OF_ANOTHER_OUTCOME",
    lie=told("session_closed", outcome="no_agreement"),
)
script("minutes that say another outcome", "documents/", "MINUTES_OF_ANOTHER_OUTCOME", outcome="Sin avenencia.")
script("minutes that print the hash of another paper", "documents/", "MINUTES_PRINT_ANOTHER_HASH", printed="ab" * 32)
script("minutes without words", "documents/", "MINUTES_ARE_NOT_THE_DRAFTED", words={"blocks": []})
script(
    "the number of the procedure is not told",
    f"{EVENTS}#0",
    "NUMBER_UNKNOWN",
    open_=True,
    lie=first_event(case_number=None),
)


def _after_signing(sample: Sample, change: Callable[[Told], Told | None]) -> bytes:
    """The journal is changed once the clerk has signed minutes that fix the true one."""
    telling = Script(sample.pki)
    parts = hold(telling)
    telling.told = [found for one in telling.told if (found := change(one)) is not None]
    events, openings = telling.lines()
    spoken = {subject for event in events for subject in event["subjects"]}
    references = [one for one in parts.references if one.sha256 in spoken]
    documents = [one for one in parts.documents if one.sha256 in spoken]
    stills = parts.identity_files if FRAME in spoken else ()
    changed = replace(parts, events=events, openings=openings, references=references, documents=documents)
    return insider(sample, replace(changed, identity_files=stills))


def after_signing(name: str, change: Callable[[Told], Told | None]) -> None:
    def make(sample: Sample) -> bytes:
        return _after_signing(sample, change)

    FORGERIES.append(Forgery(name, make, "documents/", "MINUTES_OF_ANOTHER_JOURNAL"))


script("minutes written before the end", "documents/", "MINUTES_BEFORE_THE_END", early=1)
after_signing("another amount in the journal", told("item_done", values={"amount": "9999.00"}))
after_signing("another outcome in the journal", told("session_closed", outcome="no_agreement"))
after_signing("an exhibit less in the journal", told("document_deposited", gone=True))
after_signing("a consent that was refused is given", told("consent_given", given=True))
after_signing("a point left out of the journal", told("item_done", gone=True))
after_signing("another device in the journal", told("participant_checked_in", "par_2", device="dev_9"))
after_signing("everybody signed a minute later", lambda event: replace(event, at=event.at + timedelta(seconds=60)))

script("no minutes were drafted", AT, "JOURNAL_SKIPS_A_STAGE", lie=told("minutes_drafted", gone=True))
script("the session was never closed", AT, "JOURNAL_SKIPS_A_STAGE", lie=told("session_closed", gone=True))
script("the room was never opened", AT, "JOURNAL_SKIPS_A_STAGE", lie=told("room_opened", gone=True))
script(
    "an act before a room is told as one in writing",
    AT,
    "JOURNAL_SKIPS_A_STAGE",
    lie=lambda event: replace(event, type="preparation_begun") if event.type == "room_opened" else event,
)
script(
    "nobody approved the minutes",
    "documents/",
    "MINUTES_NOT_APPROVED",
    lie=told("minutes_approved", type="x", gone=True),
)
script("the request is left out", f"{EVENTS}#0", "JOURNAL_BEGINS_ELSEWHERE", lie=told("procedure_requested", gone=True))
script("the last event is left out", AT, "JOURNAL_NOT_ENDED", open_=True, lie=told("minutes_sealed", gone=True))


def one_event(parts: CoreParts) -> CoreParts:
    return replace(
        parts,
        events=parts.events[:1],
        openings=parts.openings[:1],
        documents=(),
        references=(),
        identity_files=(),
        signature_records=(),
    )


def cut_before_the_end(parts: CoreParts) -> CoreParts:
    """No minutes, and no word of how it ended."""
    end = next(event["seq"] for event in parts.events if event["type"] == "session_closed")
    kept = [one for one in parts.documents if one.title != "Acta"]
    spoken = {subject for event in parts.events[:end] for subject in event["subjects"]}
    references = [one for one in parts.references if one.sha256 in spoken]
    return replace(
        parts, events=parts.events[:end], openings=parts.openings[:end], documents=kept, references=references
    )


def minutes_gone(reason: ReferenceReason) -> Callable[[CoreParts], CoreParts]:
    def change(parts: CoreParts) -> CoreParts:
        gone = next(one for one in parts.documents if one.kind is DocumentKind.MINUTES)
        documents = [one for one in parts.documents if one is not gone]
        return replace(parts, documents=documents, references=[*parts.references, Reference(gone.sha256, reason)])

    return change


def still_gone(reason: ReferenceReason) -> Callable[[CoreParts], CoreParts]:
    def change(parts: CoreParts) -> CoreParts:
        return replace(parts, identity_files=(), references=[*parts.references, Reference(FRAME, reason)])

    return change


script("one event and nothing else", "index/documents.json", "MINUTES_NOT_HERE", open_=True, after=one_event)
script("cut before the end", "index/documents.json", "MINUTES_NOT_HERE", open_=True, after=cut_before_the_end)
script("cut before the end, and its end", AT, "JOURNAL_NOT_ENDED", open_=True, after=cut_before_the_end)
for why in ReferenceReason:
    script(
        f"minutes that are said to be {why}",
        "index/documents.json",
        "MINUTES_NOT_HERE",
        open_=True,
        after=minutes_gone(why),
    )
    script(f"a still that is said to be {why}", AT, "ABSENCE_NOT_EXPLAINED", open_=True, after=still_gone(why))
script(
    "the data of the draft are withheld",
    "documents/",
    "DRAFT_UNKNOWN",
    open_=True,
    after=lambda parts: without(parts, *[event["seq"] for event in parts.events if event["type"] == "minutes_drafted"]),
)
