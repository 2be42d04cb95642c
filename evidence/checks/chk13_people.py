"""CHK-13: who acted. What only oneself may do was done by oneself: identified, warned, in the room, as on record.

Law: identification and signature in remote acts are of the person who takes part (Real Decreto-ley 6/2023, arts. 60
and 61); who takes part is warned not to record (art. 67).
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from evidence.canonical import parse_canonical
from evidence.checks import Findings, NumberedCheck
from evidence.checks.by_office import office_problems, withheld_problems
from evidence.checks.consented import consent_problems
from evidence.checks.identifications import identification_problems
from evidence.checks.in_session import session_problems
from evidence.checks.in_their_role import role_problems
from evidence.checks.one_time_codes import code_problems
from evidence.checks.record_told import bare, record_problems
from evidence.checks.seats import seat_problems
from evidence.checks.secure_places import place_problems
from evidence.findings import Finding
from evidence.journal import Event
from evidence.layout import EVENTS, FileClass
from evidence.opened import PDF, OpenedBundle
from evidence.pdf import PdfUnreadable
from evidence.signature_record import read_record
from evidence.signing_story import (
    AUTHENTICATED,
    DECLINED,
    HANDWRITTEN,
    PAGE_READ,
    SIGNED,
    Means,
    SigningStory,
    read_story,
)
from evidence.taking_part import ASSURANCES, Confirmation, Participant, read_participants, text
from evidence.trust import Trust

__all__ = ["check"]

CHECK = NumberedCheck("CHK-13")

UNDERSTOOD: Final = "document_understood"
ONLY_ONESELF: Final = frozenset(
    {
        PAGE_READ,
        UNDERSTOOD,
        HANDWRITTEN,
        DECLINED,
        AUTHENTICATED,
        SIGNED,
        "signature_refused",
        "warnings_acknowledged",
        "consent_given",
        "consent_withdrawn",
    }
)
"""Events whose actor must be the participant whom they tell of, or the account that has their seat."""

HIGHEST: Final[Mapping[str, str]] = {
    "id_document_frame": "substantial",
    "pin_to_mobile": "substantial",
    "clave": "high",
    "own_certificate": "substantial",
    "face_against_document": "substantial",
    "id_document_read": "substantial",
}
"""The most that each known mechanism can give (Implementing Regulation (EU) 2015/1502). A type may claim less."""


def check(bundle: OpenedBundle, trust: Trust) -> Findings:
    """Each act of a person against what the journal says of that person at that moment."""
    people = read_participants(bundle)
    if people is None:
        yield CHECK.undecided(f"{EVENTS}#0", "PARTICIPANTS_UNKNOWN")
        return
    problems = [
        *_identities(bundle, people),
        *consent_problems(bundle, people, _mechanisms(bundle)),
        *identification_problems(bundle, people),
        *code_problems(bundle, people),
        *session_problems(bundle),
        *role_problems(bundle, people),
        *_acts(bundle, people),
        *seat_problems(bundle),
        *office_problems(bundle, people),
        *place_problems(bundle, people),
        *withheld_problems(bundle),
        *_signings(bundle, people),
        *_attachments(bundle),
    ]
    yield from problems
    if not problems:
        yield CHECK.passed(EVENTS, "PEOPLE_COHERENT", people=len(people))


def _identities(bundle: OpenedBundle, people: Mapping[str, Participant]) -> Iterator[Finding]:
    """Each confirmation gives no more than its mechanism can, and is of the number that was summoned."""
    declared = _declared(bundle)
    for person in people.values():
        for one in person.confirmations:
            if one.mechanism is None:
                continue
            where = f"{EVENTS}#{one.seq}"
            yield from _assurance(where, one, declared)
            summoned = person.number_at(one.seq)
            if one.number and summoned and bare(one.number) != bare(summoned):
                yield CHECK.failed(where, "IDENTITY_OF_ANOTHER_NUMBER", participant=person.id)


def _assurance(where: str, one: Confirmation, declared: Mapping[str, str]) -> Iterator[Finding]:
    mechanism = one.mechanism or ""
    if one.assurance not in ASSURANCES:
        yield CHECK.failed(where, "ASSURANCE_UNKNOWN", assurance=one.assurance)
        return
    limits = [limits[mechanism] for limits in (HIGHEST, declared) if limits.get(mechanism) in ASSURANCES]
    if any(ASSURANCES.index(one.assurance) > ASSURANCES.index(limit) for limit in limits):
        yield CHECK.failed(where, "ASSURANCE_TOO_HIGH", mechanism=mechanism, assurance=one.assurance)
    elif mechanism not in HIGHEST:
        yield CHECK.undecided(where, "MECHANISM_UNKNOWN", mechanism=mechanism, assurance=one.assurance)


def _declared(bundle: OpenedBundle) -> dict[str, str]:
    """What the type says that each of its mechanisms gives; cases that began with version 0.2 say nothing."""
    entries = _mechanisms(bundle).items()
    return {code: text(entry, "assurance") for code, entry in entries if isinstance(entry, dict)}


def _mechanisms(bundle: OpenedBundle) -> Mapping[str, Any]:
    value = bundle.resolved_type
    mechanisms = value.get("mechanisms") if isinstance(value, dict) else None
    return mechanisms if isinstance(mechanisms, dict) else {}


def _acts(bundle: OpenedBundle, people: Mapping[str, Participant]) -> Iterator[Finding]:
    for event in bundle.events:
        data = bundle.opened(event)
        if event.type not in ONLY_ONESELF or data is None or data.get("means") == Means.SEAL:
            continue
        where = f"{EVENTS}#{event.seq}"
        person = people.get(text(data, "participant"))
        if person is None:
            yield CHECK.failed(where, "PARTICIPANT_UNKNOWN", participant=text(data, "participant"))
        elif not person.is_oneself(event.actor):
            yield CHECK.failed(where, "DONE_BY_ANOTHER", participant=person.id, actor=event.actor)


def _signings(bundle: OpenedBundle, people: Mapping[str, Participant]) -> Iterator[Finding]:
    """Of each signature without a certificate: who the person was, where, and what they had been told."""
    story, records = read_story(bundle), _records(bundle)
    authentications: dict[tuple[str, str], Event] = {}
    for event in bundle.events:
        data = bundle.opened(event)
        if data is None:
            continue
        if event.type == AUTHENTICATED:
            authentications[text(data, "participant"), text(data, "document_sha256")] = event
        person = people.get(text(data, "participant"))
        if event.type != SIGNED or person is None or data.get("means", Means.AUTHENTICATED_ACT) != "authenticated_act":
            continue
        shown = text(data, "original_sha256")
        authenticated = authentications.pop((person.id, shown), None)
        yield from _signer(f"{EVENTS}#{event.seq}", person, authenticated or event, event)
        yield from _reading(story, person, shown, event)
        yield from _understanding(bundle, person, shown, event)
        record = records.get((person.id, shown))
        if authenticated is not None and record is not None:  # else said by CHK-08
            reference = text(bundle.opened(authenticated) or {}, "reference")
            yield from record_problems(*record, person, authenticated.seq, reference)


def _records(bundle: OpenedBundle) -> dict[tuple[str, str], tuple[str, Mapping[str, Any]]]:
    """The signature records, with their paths, by participant and document."""
    found = {}
    for path in bundle.paths(FileClass.SIGNATURE_RECORD):
        read = read_record(bundle.members[path], path)
        value = parse_canonical(bundle.members[path], path)
        found[read.participant, read.document_sha256] = (path, value)
    return found


def _signer(where: str, person: Participant, authenticated: Event, signed: Event) -> Iterator[Finding]:
    if not person.identified_at(authenticated.seq):
        yield CHECK.failed(where, "SIGNER_NOT_IDENTIFIED", participant=person.id)
    # Staff are not warned: it is they who warn.
    if not person.account and not any(seq < authenticated.seq for seq in person.warned):
        yield CHECK.failed(where, "SIGNER_NOT_WARNED", participant=person.id)
    # Up to the authentication, which is the act: the line may be lost while the server makes the signature.
    if not person.presence_at(authenticated.seq).in_the_room:
        presence = person.presence_at(authenticated.seq)
        yield CHECK.failed(where, "SIGNER_NOT_IN_THE_ROOM", participant=person.id, presence=presence.value)


def _reading(story: SigningStory, person: Participant, shown: str, signed: Event) -> Iterator[Finding]:
    """Pages that were on the screen of somebody who was in the room, at least once each."""
    present: set[int] = set()
    absent: dict[int, int] = {}
    for read in story.reads_of(person.id, shown):
        if read.seq < signed.seq and person.presence_at(read.seq).in_the_room:
            present.add(read.page)
        elif read.seq < signed.seq:
            absent[read.page] = read.seq
    for page in sorted(set(absent) - present):
        where = f"{EVENTS}#{absent[page]}"
        yield CHECK.undecided(where, "READ_WHILE_NOT_IN_THE_ROOM", participant=person.id, page=page)


def _understanding(bundle: OpenedBundle, person: Participant, shown: str, signed: Event) -> Iterator[Finding]:
    """They said that they understood what they sign."""
    said = [event for event in bundle.events[: signed.seq] if event.type == UNDERSTOOD]
    opened = [bundle.opened(event) for event in said]
    if any(data and (text(data, "participant"), text(data, "sha256")) == (person.id, shown) for data in opened):
        return
    where = f"{EVENTS}#{signed.seq}"
    if None in opened:
        yield CHECK.undecided(where, "UNDERSTANDING_WITHHELD", participant=person.id)
    else:
        yield CHECK.failed(where, "SIGNED_WITHOUT_UNDERSTANDING", participant=person.id)


def _attachments(bundle: OpenedBundle) -> Iterator[Finding]:
    """Two files of one name: whoever opens the document sees one of them, and which one is the reader's choice."""
    for document in bundle.documents:
        if document.media_type != PDF or not document.kind.ours or document.path not in bundle.members:
            continue
        try:
            attachments = bundle.pdf(document.path).attachments
        except PdfUnreadable:  # said by CHK-05
            continue
        for name, contents in attachments.items():
            if len(contents) > 1:
                yield CHECK.failed(document.path, "ATTACHMENT_NAMED_TWICE", name=name)
