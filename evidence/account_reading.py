"""The account of an act, read from the journal that the bundle opens."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from evidence.account import Account, DocumentAccount, Fact, PersonAccount, SignatureAccount
from evidence.canonical import parse_canonical
from evidence.layout import TYPE
from evidence.opened import PDF, OpenedBundle
from evidence.pdf import PdfUnreadable
from evidence.plain import plain
from evidence.signing_story import AUTHENTICATED, DECLINED, HANDWRITTEN, PAGE_READ, SIGNED
from evidence.taking_part import Participant, Presence, read_participants, text

__all__ = ["names_of", "read_account"]

UNDER_ALIAS: Final = ("restricted", "protected")
"""Privacy of a type under which nobody's name leaves the room (LO 19/1994, art. 2)."""

INCIDENTS: Final = frozenset(
    {
        "connection_lost",
        "participant_left",
        "participant_dismissed",
        "seat_taken_over",
        "identity_lapsed",
        "identity_rejected",
        "identification_failed",
        "pin_failed",
        "procedure_interrupted",
        "procedure_resumed",
        "procedure_adjourned",
        "session_reopened",
        "signature_refused",
        "missing_signature_recorded",
        "participant_corrected",
        "minutes_corrected",
        "item_corrected",
        "document_refused",
        "recording_failed",
    }
)
NOTES: Final = frozenset(
    {
        "warnings_acknowledged",
        "consent_given",
        "consent_withdrawn",
        "recording_started",
        "recording_stopped",
        "recording_kept",
    }
)
BY_HAND: Final = {HANDWRITTEN: "handwritten", DECLINED: "without_handwriting"}
WORDS: Final = ("reason", "note")
"""What an official wrote freely: somebody's name may be in it."""


def read_account(bundle: OpenedBundle) -> Account | None:
    """The account of one bundle; `None` when the journal does not say who took part."""
    people = read_participants(bundle)
    if people is None:
        return None
    value = parse_canonical(bundle.read(TYPE), TYPE)
    procedure = _mapping(value, "procedure")
    names = names_of(bundle, people)
    types = {event.type for event in bundle.events}
    hidden = text(procedure, "privacy") in UNDER_ALIAS
    incidents = _facts(bundle, names, INCIDENTS, hidden=hidden)
    return Account(
        people=tuple(_person(one, names, procedure, value) for one in people.values()),
        signatures=tuple(_signatures(bundle, names, _mapping(value, "mechanisms"))),
        notes=tuple(_facts(bundle, names, NOTES, hidden=hidden)),
        incidents=tuple(sorted([*incidents, *_while_away(bundle, people, names)], key=_at)),
        documents=tuple(_documents(bundle)),
        recording=text(procedure, "recording"),
        recorded="recording_kept" in types,
    )


def _at(fact: Fact) -> str:
    return fact.at


def names_of(bundle: OpenedBundle, people: Mapping[str, Participant]) -> dict[str, str]:
    """What each participant, and each account, is called in a report."""
    procedure = _mapping(parse_canonical(bundle.read(TYPE), TYPE), "procedure")
    hidden = text(procedure, "privacy") in UNDER_ALIAS
    found = {}
    for person in people.values():
        called = person.names[-1][1]
        found[person.id] = person.id if not called or (hidden and not person.account) else plain(called)
        if person.account:
            found[person.account] = found[person.id]
    return found


def _person(person: Participant, names: Mapping[str, str], procedure: Mapping[str, Any], value: Any) -> PersonAccount:
    entries = procedure.get("roles")
    roles = [one for one in entries if isinstance(one, dict)] if isinstance(entries, list) else []
    role = next((_mapping(one, "titles") for one in roles if one.get("code") == person.role), {})
    mechanisms = _mapping(value, "mechanisms")
    checks = []
    for one in person.confirmations:
        told = {"assurance": one.assurance, "by": names.get(one.by, one.by)}
        parameters = {**_called(one.mechanism or "", mechanisms), **told}
        checks.append(Fact("identity_confirmed" if one.mechanism else "identity_waived", one.at, "", parameters))
    shown = names[person.id] != person.id
    number = _masked(person.numbers[-1][1]) if person.numbers and shown else ""
    titles = {language: text(role, language) for language in role}
    return PersonAccount(person.id, names[person.id], titles, number, tuple(checks), person.account is not None)


def _called(mechanism: str, mechanisms: Mapping[str, Any]) -> dict[str, str]:
    """A mechanism by its code, and by the titles that the type gives it."""
    titles = _mapping(_mapping(mechanisms, mechanism), "titles")
    return {"mechanism": mechanism, **{f"mechanism_{language}": text(titles, language) for language in titles}}


def _masked(number: str) -> str:
    """Four signs of the number, as it is published (Ley Orgánica 3/2018, additional provision 7)."""
    bare = "".join(filter(str.isalnum, number))
    digits = "".join(filter(str.isdigit, bare))
    return f"***{digits[3:7]}**" if len(digits) >= 7 else f"****{bare[-4:]}"


def _signatures(
    bundle: OpenedBundle, names: Mapping[str, str], mechanisms: Mapping[str, Any]
) -> Iterator[SignatureAccount]:
    titles = _titles(bundle)
    steps: dict[tuple[str, str], list[Fact]] = {}
    codes: dict[tuple[str, str], str] = {}
    for event in bundle.events:
        data = bundle.opened(event) or {}
        who = text(data, "participant")
        sha256 = text(data, "document_sha256") or text(data, "original_sha256") or text(data, "sha256")
        if event.type == "document_presented":
            to = data.get("to")
            for name in to if isinstance(to, list) else ():
                steps.setdefault((str(name), sha256), []).append(Fact("shown", event.at))
        elif event.type == "pin_sent":
            codes[who, text(data, "purpose")] = event.at
        elif event.type == PAGE_READ:
            page = {"page": str(data.get("page"))}
            steps.setdefault((who, sha256), []).append(Fact("page_read", event.at, "", page))
        elif event.type == "document_understood":
            steps.setdefault((who, sha256), []).append(Fact("understood", event.at))
        elif event.type in BY_HAND:
            steps.setdefault((who, sha256), []).append(Fact(BY_HAND[event.type], event.at))
        elif event.type == AUTHENTICATED:
            sent = codes.get((who, text(data, "document")))
            told = steps.setdefault((who, sha256), [])
            told += [Fact("code_sent", sent)] if sent else []
            told.append(Fact("authenticated", event.at, "", _called(text(data, "mechanism"), mechanisms)))
        elif event.type == SIGNED:
            means = text(data, "means") or "authenticated_act"
            told = [*steps.pop((who, sha256), []), Fact("signed", event.at)]
            title = titles.get(text(data, "document")) or titles.get(sha256, "")
            yield SignatureAccount(sha256, title, names.get(who, who), means, tuple(told))


def _titles(bundle: OpenedBundle) -> dict[str, str]:
    """Titles of documents by their name in the journal and by their digest."""
    found = {document.sha256: document.title for document in bundle.documents}
    for event in bundle.events:
        document = _mapping(bundle.opened(event) or {}, "document")
        if document and text(document, "title"):
            found[text(document, "id")] = text(document, "title")
    return found


def _facts(bundle: OpenedBundle, names: Mapping[str, str], kinds: frozenset[str], *, hidden: bool) -> Iterator[Fact]:
    for event in bundle.events:
        if event.type not in kinds:
            continue
        data = bundle.opened(event) or {}
        who = text(data, "participant")
        code = event.type
        if code == "consent_given" and data.get("given") is not True:
            code = "consent_refused"
        keys = ("cause", "scope", "mechanism", *(() if hidden else WORDS))
        told = {key: plain(text(data, key)) for key in keys if text(data, key)}
        yield Fact(code, event.at, names.get(who, who), told)


def _while_away(bundle: OpenedBundle, people: Mapping[str, Participant], names: Mapping[str, str]) -> Iterator[Fact]:
    """Points of the agenda that are about somebody who was not in the room when they were done."""
    for event in bundle.events:
        if event.type != "item_done":
            continue
        values = (bundle.opened(event) or {}).get("values")
        for person in people.values():
            away = person.presence_at(event.seq) in (Presence.LOST, Presence.LEFT, Presence.DISMISSED)
            if away and isinstance(values, dict) and person.id in values.values():
                item = text(bundle.opened(event) or {}, "item")
                yield Fact("done_while_away", event.at, names[person.id], {"item": item})


def _documents(bundle: OpenedBundle) -> Iterator[DocumentAccount]:
    for document in bundle.documents:
        stamped: list[str] = []
        if document.media_type == PDF and document.kind.ours and document.path in bundle.members:
            try:
                signatures = bundle.pdf(document.path).signatures
                stamped = [one.token.time.isoformat() for one in signatures if one.token is not None]
            except PdfUnreadable:  # said by CHK-05
                pass
        yield DocumentAccount(
            plain(document.title),
            document.kind.value,
            plain(document.character),
            document.sha256,
            document.path,
            tuple(stamped),
        )


def _mapping(value: Any, key: str) -> Mapping[str, Any]:
    found = value.get(key) if isinstance(value, dict) else None
    return found if isinstance(found, dict) else {}
