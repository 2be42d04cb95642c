"""What the law asks of identification and signature in remote acts, one by one: proven, contradicted, or not provable.

Law: Real Decreto-ley 6/2023, arts. 60 and 61. When somebody challenges identification or signature the Administration
checks these requirements (art. 61.2 to 61.4); a breach does not by itself make the act void (art. 61.1).
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from evidence.account import Answer, Requirement
from evidence.account_reading import names_of
from evidence.findings import Finding, Result
from evidence.opened import OpenedBundle
from evidence.requirements_beyond import beyond_the_file, conclusions
from evidence.taking_part import Participant, Presence, read_participants, text

__all__ = ["judge_requirements"]

READ: Final = frozenset(
    {
        "PAGES_NOT_VIEWED",
        "PAGES_DIFFER",
        "PAGES_READ_DIFFER",
        "SHOWN_DOCUMENT_MISSING",
        "SIGNED_IS_NOT_THE_SHOWN",
        "CONTENT_CHANGED_BEFORE_SIGNATURE",
        "CONTENT_CHANGED_WITH_SIGNATURE",
    }
)
AUTHENTICATED: Final = frozenset(
    {
        "SIGNED_WITHOUT_AUTHENTICATION",
        "SIGNER_NOT_IDENTIFIED",
        "SIGNER_NOT_IN_THE_ROOM",
        "DONE_BY_ANOTHER",
        "RECORD_OF_ANOTHER_PERSON",
        "AUTHENTICATION_DIFFERS",
        "MECHANISM_DIFFERS",
        "RECORD_MISSING",
        "RECORD_IS_NOT_THE_SIGNED_ONE",
        "ASSURANCE_TOO_HIGH",
        "ASSURANCE_NOT_REACHED",
        "SIGNED_BEFORE_ITS_AUTHENTICATION",
        "SIGNED_BEFORE_AUTHENTICATED",
        "RECORD_TIME_DIFFERS",
        "CERTIFICATE_OF_ANOTHER",
        "SIGNER_UNKNOWN",
    }
)
IDENTIFYING: Final = frozenset({"CHK-13", "CHK-15"})
SIGNING: Final = frozenset({"CHK-05", "CHK-06", "CHK-08", "CHK-13", "CHK-14", "CHK-15"})
"""Checks that leave nothing to be said of identities, or of signatures, while one of their points fails or is open."""

WHOLE: Final = frozenset({"CHK-01", "CHK-02", "CHK-03", "CHK-04", "CHK-07", "CHK-10", "CHK-11", "CHK-12", "CHK-15"})
"""Checks without which nothing that the journal says can be relied on."""


def judge_requirements(bundle: OpenedBundle, findings: Iterable[Finding]) -> tuple[Requirement, ...]:
    """Every requirement of arts. 60 and 61 that can be asked of a bundle."""
    found = list(findings)
    failed = {one.code for one in found if one.result is Result.FAIL}
    doubted = {one.check for one in found if one.result in (Result.FAIL, Result.INDETERMINATE)}
    people = read_participants(bundle)
    base = _foundation(found)
    signings = [bundle.opened(one) or {} for one in bundle.events if one.type == "document_signed"]
    asked = any(one.get("means") == "authenticated_act" for one in signings)
    told = list(_people(bundle, people, names_of(bundle, people))) if people is not None else list(_unknown())
    if "IDENTITY_OF_ANOTHER_NUMBER" in failed:
        told = [one for one in told if one.article != "60.4"]
        told.append(Requirement("60.4", Answer.CONTRADICTED, "not_read"))
    answers = [
        *(_unless(one, doubted=bool(doubted & IDENTIFYING)) for one in told),
        *beyond_the_file(bundle, people, names_of(bundle, people) if people is not None else {}, asked=bool(signings)),
        *(
            _unless(
                _signed(article, why, asked=asked, contradicted=bool(failed & codes)), doubted=bool(doubted & SIGNING)
            )
            for article, why, codes in (("60.7.a", "read", READ), ("60.7.b", "authenticated", AUTHENTICATED))
        ),
    ]
    founded = [_founded(one, base) for one in sorted(answers, key=_article)]
    return (*founded, *conclusions(founded))


def _unless(requirement: Requirement, doubted: bool) -> Requirement:
    """What would be proven, if nothing about it were open."""
    if doubted and requirement.answer is Answer.PROVEN:
        return Requirement(requirement.article, Answer.NOT_PROVABLE, "open_points")
    return requirement


def _article(requirement: Requirement) -> str:
    return requirement.article


def _foundation(findings: list[Finding]) -> str:
    """Why nothing can be said to be proven; empty when the seal and what it covers stand."""
    if any(one.check in WHOLE and one.result is Result.FAIL for one in findings):
        return "bundle_failed"
    if not any(one.code == "SEALED" and one.result is Result.PASS for one in findings):
        return "not_sealed"
    return ""


def _founded(requirement: Requirement, base: str) -> Requirement:
    if base and requirement.answer is Answer.PROVEN:
        return Requirement(requirement.article, Answer.NOT_PROVABLE, base)
    return requirement


def _unknown() -> Iterator[Requirement]:
    for article in ("60.1", "60.2", "60.4"):
        yield Requirement(article, Answer.NOT_PROVABLE, "people_unknown")


def _people(bundle: OpenedBundle, people: Mapping[str, Participant], names: Mapping[str, str]) -> Iterator[Requirement]:
    """Of those who were in the room and have no account of the house: who was identified, how, and against what."""
    inside = [one for one in people.values() if not one.account and _was_inside(one)]
    officials = [names[one.id] for one in people.values() if one.account and _was_inside(one)]
    bare = [names[one.id] for one in inside if not any(check.mechanism for check in one.confirmations)]
    if not inside:
        yield Requirement("60.1", Answer.NOT_ASKED, "nobody_inside")
        return
    yield _each("60.1", bare, "identified", "not_identified")
    late = [names[one.id] for one in inside if one.confirmations and _late(bundle, one)]
    if late:
        yield Requirement("60.1", Answer.NOT_PROVABLE, "identified_late", ", ".join(late))
    begun = {
        text(bundle.opened(event) or {}, "reference") for event in bundle.events if event.type == "identification_begun"
    }
    loose = [names[one.id] for one in inside if not any(check.reference in begun for check in one.confirmations)]
    yield _each("60.2", loose, "for_this_act", "not_for_this_act")
    unmatched = [names[one.id] for one in inside if not _compared(one)]
    yield _each("60.4", unmatched, "compared", "not_compared")
    if officials:
        yield Requirement("60.1", Answer.NOT_PROVABLE, "officials", ", ".join(officials))


def _late(bundle: OpenedBundle, person: Participant) -> bool:
    """A point of the agenda was done between their coming into the room and their first confirmation."""
    since = next((seq for seq, presence in person.presences if presence.in_the_room), 0)
    first = person.confirmations[0].seq
    return any(event.type == "item_done" and since < event.seq < first for event in bundle.events)


def _was_inside(person: Participant) -> bool:
    return any(presence in (Presence.ADMITTED, Presence.CONNECTED) for _, presence in person.presences)


def _compared(person: Participant) -> bool:
    """An official saw the number that the summons has, or the person gave one that nobody else could give."""
    return any(
        check.number and check.by != person.id and check.number == person.number_at(check.seq)
        for check in person.confirmations
    )


def _each(article: str, missing: list[str], proven: str, open_: str) -> Requirement:
    if missing:
        return Requirement(article, Answer.NOT_PROVABLE, open_, ", ".join(missing))
    return Requirement(article, Answer.PROVEN, proven)


def _signed(article: str, why: str, *, asked: bool, contradicted: bool) -> Requirement:
    if contradicted:
        return Requirement(article, Answer.CONTRADICTED, f"not_{why}")
    if not asked:
        return Requirement(article, Answer.NOT_ASKED, "no_acts")
    return Requirement(article, Answer.PROVEN, why)
