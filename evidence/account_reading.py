"""The account of an act, read from the journal that the bundle opens."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any, Final

from evidence.absences import read_absences
from evidence.account import Account, DocumentAccount, Fact, PersonAccount
from evidence.account_act import by_language, read_act
from evidence.account_places import read_places
from evidence.account_signatures import called, read_signatures, stamps_of
from evidence.bodies import BodyNames
from evidence.opened import PDF, OpenedBundle
from evidence.pdf import PdfUnreadable
from evidence.plain import plain
from evidence.taking_part import Participant, Presence, mapping, read_participants, text

__all__ = ["masked", "names_of", "read_account"]

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
AS_EXPECTED: Final = ("as_summoned", "alike")
DOUBTS: Final = ("unreadable", "look_closely", "different")
"""What a program says of what it looked at, as the mechanisms of the platform call it."""
WORDS: Final = ("reason", "note")
"""What an official wrote freely: somebody's name may be in it."""


def read_account(bundle: OpenedBundle, body_names: BodyNames) -> Account | None:
    """The account of one bundle; `None` when the journal does not say who took part.

    `body_names`: what the verifier knows bodies by.
    """
    people = read_participants(bundle)
    if people is None:
        return None
    value = bundle.resolved_type
    procedure = mapping(value, "procedure")
    names = names_of(bundle, people)
    types = {event.type for event in bundle.events}
    hidden = text(procedure, "privacy") in UNDER_ALIAS
    incidents = _facts(bundle, names, INCIDENTS, hidden=hidden)
    signatures, readings = read_signatures(bundle, names, mapping(value, "mechanisms"))
    places = read_places(bundle, names, hidden=hidden)
    return Account(
        act=read_act(bundle, procedure, body_names),
        people=tuple(_person(one, names, procedure, value, places) for one in people.values()),
        signatures=signatures,
        readings=readings,
        notes=tuple(_facts(bundle, names, NOTES, hidden=hidden)),
        incidents=tuple(sorted([*incidents, *_others(bundle, people, names)], key=_at)),
        documents=tuple(_documents(bundle)),
        absences=read_absences(bundle),
        recording=text(procedure, "recording"),
        recorded="recording_kept" in types,
    )


def _others(bundle: OpenedBundle, people: Mapping[str, Participant], names: Mapping[str, str]) -> Iterator[Fact]:
    """Incidents that are told by more than the kind of an event."""
    yield from _returns(bundle, names)
    yield from _while_away(bundle, people, names)
    yield from _advised(bundle, names)


def _at(fact: Fact) -> str:
    return fact.at


def names_of(bundle: OpenedBundle, people: Mapping[str, Participant]) -> dict[str, str]:
    """What each participant, and each account, is called in a report."""
    procedure = mapping(bundle.resolved_type, "procedure")
    hidden = text(procedure, "privacy") in UNDER_ALIAS
    found = {}
    for person in people.values():
        called = person.names[-1][1]
        found[person.id] = person.id if not called or (hidden and not person.account) else plain(called)
        if person.account:
            found[person.account] = found[person.id]
    return found


def _person(
    person: Participant,
    names: Mapping[str, str],
    procedure: Mapping[str, Any],
    value: Any,
    places: Mapping[str, list[Fact]],
) -> PersonAccount:
    entries = procedure.get("roles")
    roles = [one for one in entries if isinstance(one, dict)] if isinstance(entries, list) else []
    role = next((mapping(one, "titles") for one in roles if one.get("code") == person.role), {})
    mechanisms = mapping(value, "mechanisms")
    checks = []
    for one in person.confirmations:
        told = {
            "assurance": one.assurance,
            "by": names.get(one.by, plain(one.by)),
            "self": "1" if person.is_oneself(one.by) else "",
            "compared": "1" if one.number and not person.is_oneself(one.by) else "",
        }
        parameters = {**called(one.mechanism or "", mechanisms), **told}
        checks.append(Fact("identity_confirmed" if one.mechanism else "identity_waived", one.at, "", parameters))
    shown = names[person.id] != person.id
    number = masked(person.numbers[-1][1]) if person.numbers and shown else ""
    titles = by_language(role)
    return PersonAccount(
        id=person.id,
        name=names[person.id],
        role=titles,
        number=number,
        checks=tuple(checks),
        places=tuple(places.get(person.id, ())),
        official=person.account is not None,
    )


def masked(number: str) -> str:
    """Four signs of the number, as it is published (Ley Orgánica 3/2018, additional provision 7)."""
    bare = "".join(filter(str.isalnum, number))
    digits = "".join(filter(str.isdigit, bare))
    return f"***{digits[3:7]}**" if len(digits) >= 7 else f"****{bare[-4:]}"


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


def _returns(bundle: OpenedBundle, names: Mapping[str, str]) -> Iterator[Fact]:
    """That somebody came back: a loss of which nothing more is told would be read as an absence to the end."""
    away: set[str] = set()
    for event in bundle.events:
        who = text(bundle.opened(event) or {}, "participant")
        if who and event.type in ("connection_lost", "participant_left"):
            away.add(who)
        elif event.type == "participant_joined" and who in away:
            away.remove(who)
            yield Fact("came_back", event.at, names.get(who, who))


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


def _advised(bundle: OpenedBundle, names: Mapping[str, str]) -> Iterator[Fact]:
    """What a program advised against, or could not see: somebody was identified, and whoever did it knew that."""
    mechanisms = mapping(bundle.resolved_type, "mechanisms")
    for event in bundle.events:
        data = bundle.opened(event) if event.type == "identification_advised" else None
        band = text(mapping(data or {}, "advice"), "band")
        if data is not None and band not in AS_EXPECTED:
            who = text(data, "participant")
            code = f"advised_{band if band in DOUBTS else 'otherwise'}"
            yield Fact(code, event.at, names.get(who, who), called(text(data, "mechanism"), mechanisms))


def _documents(bundle: OpenedBundle) -> Iterator[DocumentAccount]:
    for document in bundle.documents:
        stamped: tuple[str, ...] = ()
        archived: tuple[str, str] | None = None
        if document.media_type == PDF and document.kind.ours and document.path in bundle.members:
            with suppress(PdfUnreadable):  # said by CHK-05
                stamped, archived = stamps_of(bundle.pdf(document.path))
        yield DocumentAccount(
            plain(document.title),
            document.kind.value,
            plain(document.character),
            document.sha256,
            document.path,
            stamped,
            archived,
        )
