"""What lone minutes tell of who signed them, from the records attached and from the signatures themselves."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from evidence.account import (
    Absences,
    Account,
    Act,
    Answer,
    DocumentAccount,
    Fact,
    PersonAccount,
    Requirement,
    SignatureAccount,
)
from evidence.account_places import PLACES
from evidence.account_reading import masked
from evidence.account_signatures import stamps_of
from evidence.certificates import holder
from evidence.checks.lone_name import named_body_problems
from evidence.lone import LONE, LoneDocument, LoneRecord, acts_of
from evidence.parts import DocumentKind
from evidence.plain import plain
from evidence.taking_part import ASSURANCES, text
from evidence.trust import Trust

__all__ = ["lone_requirements", "read_lone_account"]

PROTECTED = "protected"
ASKED = ("60.1", "60.2", "60.4", "60.5", "60.7.a", "60.7.b")


def read_lone_account(document: LoneDocument, trust: Trust) -> Account:
    """Nothing is told of the act itself: that is in the journal, and in the words of the minutes for whoever reads."""
    pdf, words = document.signed, document.words
    stamped, archived = stamps_of(pdf) if pdf else ((), None)
    title, kind = plain(words.reference if words else ""), DocumentKind.MINUTES.value
    name = plain(words.body if words else "")
    known = any(one.code == "MINUTES_NAME_THE_BODY" for one in named_body_problems(document, trust))
    return Account(
        act=Act(
            number=title,
            body="",
            body_name=name,
            body_known=known,
            administration="",
            administration_name=plain(words.administration if words else ""),
            titles={},
            outcomes={},
            opened_at="",
            closed_at="",
        ),
        people=tuple(_person(one) for one in document.records),
        signatures=tuple(_signatures(document, trust, title)),
        readings=(),
        notes=(),
        incidents=(),
        documents=(DocumentAccount(title or LONE, kind, "original", document.sha256, LONE, stamped, archived),),
        absences=Absences((), 0, 0),
        recording="",
        recorded=False,
        from_journal=False,
    )


def _person(record: LoneRecord) -> PersonAccount:
    value = record.value
    number = text(value, "signer_id_number")
    shown = "" if number == PROTECTED else masked(number)
    checks = tuple(_checks(value, record.read.participant)) or (_authentication(record),)
    name = plain(text(value, "signer_name"))
    place = text(value, "place")
    places = (Fact(f"place_{place}", ""),) if place in PLACES else ()
    return PersonAccount(record.read.participant, name, {}, shown, checks, places, official=False)


def _checks(value: Mapping[str, Any], participant: str) -> Iterator[Fact]:
    """How they were identified before, as the record says."""
    entries = value.get("identity_checks")
    for one in entries if isinstance(entries, list) else ():
        if not isinstance(one, dict) or text(one, "assurance") not in ASSURANCES:
            continue
        by = text(one, "by")
        told = {"mechanism": text(one, "method"), "assurance": text(one, "assurance"), "another": "1"}
        yield Fact(
            "identity_confirmed", _instant(text(one, "at")), "", {**told, "self": "1" if by == participant else ""}
        )


def _authentication(record: LoneRecord) -> Fact:
    told = {"mechanism": record.read.mechanism, "assurance": text(record.value, "assurance"), "self": "1"}
    return Fact("identity_confirmed", record.read.authenticated_at.isoformat(), "", told)


def _instant(at: str) -> str:
    """Empty when it is none."""
    try:
        return at if datetime.fromisoformat(at).tzinfo else ""
    except ValueError:
        return ""


def _signatures(document: LoneDocument, trust: Trust, title: str) -> Iterator[SignatureAccount]:
    """In the order of the document: those with a record, as they say, by their certificate otherwise."""
    acts = acts_of(document, trust)
    paired = dict(zip([one.field for one in acts], document.records, strict=False))
    for one in document.signed.signatures if document.signed else ():
        if one.cms is None:
            continue
        at = one.token.time.isoformat() if one.token else ""
        record = paired.get(one.field) if len(acts) == len(document.records) else None
        yield SignatureAccount(
            document=document.sha256,
            title=title,
            person=text(record.value, "signer_name") if record else holder(one.cms.certificate),
            means="authenticated_act" if record else "certificate",
            steps=tuple(_steps(record, at)),
            holder=plain(holder(one.cms.certificate)),
            proven_at=at,
            where=f"{LONE}#{one.field}",
        )


def _steps(record: LoneRecord | None, at: str) -> Iterator[Fact]:
    """Which pages were read stands in a record without its time."""
    if record is not None:
        authenticated = record.read.authenticated_at.isoformat()
        pages = record.value.get("pages_read")
        for page in pages if isinstance(pages, list) else ():
            yield Fact("page_read", "", "", {"page": str(page)})
        yield Fact("authenticated", authenticated, "", {"mechanism": record.read.mechanism})
        yield Fact("signed", record.read.signed_at.isoformat())
    elif at:
        yield Fact("signed", at)


def lone_requirements() -> tuple[Requirement, ...]:
    """What the law asks is asked of the journal and of everything that it tells of; none of it is here."""
    return tuple(Requirement(article, Answer.NOT_PROVABLE, "lone") for article in ASKED)
