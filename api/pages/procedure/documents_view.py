"""Documents of a procedure in words: who has been shown what, how far the reading goes, who has signed."""

from dataclasses import dataclass

from api.pages.procedure.people_view import waits_for_pin
from api.pages.rendering import PageContext
from domain.errors import PersonMustAct, Refusal
from domain.procedure.documents import CaseDocument
from domain.procedure.people import Participant
from domain.procedure.state import Procedure
from domain.rules.registry_searches import waiting_searches
from domain.rules.signing import to_sign
from domain.types.vocabulary import SignatureMethod
from templates.people import shown_name
from templates.texts import refusal_text, text

REMARKS_SHOWN = 3


@dataclass(frozen=True)
class Line:
    """Where one person stands with one document."""

    participant: str
    name: str
    words: str
    tone: str
    to_present: bool
    missing: bool = False
    """Asked to sign as a citizen does, and neither a signature nor its reason is there."""


@dataclass(frozen=True)
class DocumentView:
    id: str
    title: str
    pages: int
    sha256: str
    short: str
    character: str
    deposited: bool
    receipt: bool
    brought: int
    """How many files it was made of; each can be downloaded as it was brought."""
    signed_before: bool
    """An electronic signature stood in one of them."""
    scans: tuple[str, ...]
    """What the malware scanner said of them, each answer once."""
    lines: tuple[Line, ...]
    signable_here: bool
    """The official who looks may sign it now with their certificate."""
    complete: bool
    asked: bool = False
    """Some citizen is asked to sign it."""
    has_copy: bool = True
    """There is one to read; otherwise it can only be downloaded as it was brought."""
    superseded: bool = False
    """What it was written from was corrected: a later one says it anew."""
    remark_count: int = 0
    """Notes and drawings over the pages that the copy does not show; the receipt tells all that are kept in words."""
    remarks: tuple[str, ...] = ()
    """What the first few of them say."""
    large: int = 0
    """Dots an inch of the coarsest large page; 0 where none has fewer than others."""
    entry: tuple[str, str, str] | None = None
    """Where it stands with the register in which it is entered, in words; how urgent that looks; what to do."""


def document_view(
    procedure: Procedure, document: CaseDocument, seat: Participant | None, context: PageContext
) -> DocumentView:
    losses = [file.losses for file in document.brought if file.losses is not None]
    lines = tuple(_line(procedure, document, person, context) for person in _concerned(procedure, document))
    return DocumentView(
        id=document.id,
        title=document.title,
        pages=document.original.pages or 1,
        sha256=document.original.sha256,
        short=context.words.short_hash(document.original.sha256),
        character=text(f"vocabulary.document_character.{document.character.value}", context.language),
        deposited=document.depositor is not None,
        receipt=document.receipt is not None,
        brought=len(document.brought),
        signed_before=document.brought_signatures > 0,
        scans=tuple(
            text(f"vocabulary.malware_scan.{scan.value}", context.language)
            for scan in dict.fromkeys(file.scan for file in document.brought)
            if scan is not None
        ),
        remark_count=sum(lost.remark_count for lost in losses),
        remarks=tuple(one.words for lost in losses for one in lost.remarks if one.words)[:REMARKS_SHOWN],
        large=min((one.dpi for lost in losses for one in lost.large_pages), default=0),
        lines=lines,
        signable_here=seat is not None
        and not procedure.was_rewritten(document)
        and may_sign(procedure, document, seat, SignatureMethod.OWN_CERTIFICATE),
        complete=all(line.tone == "good" for line in lines),
        asked=any(person.id in procedure.asked_to_sign(document) for person in procedure.citizens),
        has_copy=document.has_copy,
        superseded=procedure.was_rewritten(document),
        entry=_entry(procedure, document, context),
    )


def _entry(procedure: Procedure, document: CaseDocument, context: PageContext) -> tuple[str, str, str] | None:
    say = context.language
    entry = next((one for one in procedure.register_entries if one.document == document.id), None)
    if entry is None:
        return _search(procedure, document, context)
    if entry.number is not None:
        return text("pages.entries.made", say, number=entry.number), "good", ""
    if code := entry.refused or entry.trouble:
        why = refusal_text(PersonMustAct(code), say)
        return why.title, "bad", why.next
    since = context.words.clock(entry.requested_at)[:5]
    return text("pages.entries.waiting", say, since=since), "waiting", ""


def _search(procedure: Procedure, document: CaseDocument, context: PageContext) -> tuple[str, str, str] | None:
    """What its register answered of the entry that it asks about."""
    say = context.language
    search = next((one for one in procedure.registry_searches if one.document == document.id), None)
    if search is None:
        return None
    if code := search.refused or search.trouble:
        why = refusal_text(PersonMustAct(code), say)
        return why.title, "bad", why.next
    if search.found is None:
        since = context.words.clock(search.requested_at)[:5]
        if search not in waiting_searches(procedure):
            return None
        return text("pages.searches.waiting", say, since=since), "waiting", ""
    if search.found == 1:
        return text("pages.searches.one", say, number=search.number or ""), "good", text("pages.searches.one_next", say)
    if search.found == 0:
        return text("pages.searches.none", say), "waiting", text("pages.searches.none_next", say)
    said = text("pages.searches.several", say, found=str(search.found))
    return said, "waiting", text("pages.searches.several_next", say)


def may_sign(procedure: Procedure, document: CaseDocument, person: Participant, method: SignatureMethod) -> bool:
    try:
        to_sign(procedure, document, person, method)
    except Refusal:
        return False
    return True


def method_for(procedure: Procedure, document: CaseDocument, person: Participant) -> SignatureMethod | None:
    """How the plan wants this person to sign this document; None when it does not."""
    for plan in procedure.type.procedure.signatures:
        if plan.document == document.code and person.role in plan.signers:
            return plan.method
    return None


def awaits(procedure: Procedure, document: CaseDocument, person: Participant) -> bool:
    """The plan wants this person's signature and neither a signature nor a refusal is there."""
    wanted = person.id in procedure.asked_to_sign(document)
    return wanted and not document.signed_by(person.id) and person.id not in document.refusals


def standing(
    procedure: Procedure, document: CaseDocument, person: Participant, context: PageContext
) -> tuple[str, str]:
    """Where `person` stands with `document`, in words, and how urgent that looks."""
    pages = document.original.pages or 1
    reading = document.reading_by(person.id)
    read = len(reading.pages) if reading else 0
    if document.signed_by(person.id):
        return text("pages.documents.signed", context.language), "good"
    if person.id in document.refusals:
        return text("pages.documents.refused", context.language, reason=document.refusals[person.id]), "bad"
    if method_for(procedure, document, person) is SignatureMethod.OWN_CERTIFICATE:
        return text("pages.documents.to_sign_with_certificate", context.language), "waiting"
    if person.id not in document.presented_to:
        return text("pages.documents.not_presented", context.language), "quiet"
    if read < pages:
        return text("pages.documents.reading", context.language, page=read, pages=pages), "waiting"
    if reading is None or reading.accepted_at is None:
        return text("pages.documents.read", context.language), "waiting"
    if not awaits(procedure, document, person):
        return text("pages.documents.understood", context.language), "good"
    key = "has_pin" if waits_for_pin(person, document.id) else "to_sign"
    return text(f"pages.documents.{key}", context.language), "waiting"


def _concerned(procedure: Procedure, document: CaseDocument) -> list[Participant]:
    if document.readers:
        return []
    if procedure.was_rewritten(document):
        return [p for p in procedure.participants if document.signed_by(p.id) or p.id in document.refusals]
    signers = set(procedure.signers_of(document))
    return [
        person
        for person in procedure.participants
        if person.id in signers or person.id in document.presented_to or person in procedure.citizens
        if procedure.appeared(person) or person not in procedure.citizens
    ]


def _line(procedure: Procedure, document: CaseDocument, person: Participant, context: PageContext) -> Line:
    words, tone = standing(procedure, document, person, context)
    return Line(
        participant=person.id,
        name=shown_name(procedure, person, context.language),
        words=words,
        tone=tone,
        missing=awaits(procedure, document, person) and person in procedure.citizens,
        to_present=document.has_copy and person.id not in document.presented_to and person in procedure.citizens,
    )
