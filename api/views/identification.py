"""What a mechanism of identification asks for, and of whom: JSON and pages are made from what it declares."""

from datetime import datetime

from domain.base import Value
from domain.procedure.people import Participant
from domain.procedure.state import Procedure
from domain.rules.identity import may_identify_elsewhere
from templates.mechanisms import mechanism_title


class AskedField(Value):
    name: str
    title: str
    hint: str
    minimum: int
    maximum: int
    digits: bool
    secret: bool


class IdentificationView(Value):
    mechanism: str
    title: str
    words: str
    """What the person is told."""
    begin: str
    """On the button that begins it."""
    complete: str
    """On the button that completes it."""
    assurance: str
    begun_by_person: bool
    completed_by: str
    """`host` or `person`."""
    fields: tuple[AskedField, ...]
    """What `complete_identification` wants as `answers`."""
    elsewhere: bool
    """It is done at the page of a provider: `/identity/go` leads there."""
    instead: tuple[str, ...]
    """Codes of mechanisms that the person may choose in its place."""
    reference: str | None
    """Of the identification that was begun; None: it is to begin."""
    expires_at: datetime | None
    left: int | None
    """Attempts that remain after a failure."""


def asked_now(procedure: Procedure, person: Participant, language: str) -> IdentificationView | None:
    """The mechanism that is due, or the one that was begun in its place; None where the identity is known."""
    policy = procedure.type.procedure.identity
    due, begun = person.identity.next_method(policy), person.identity.begun
    if due is None:
        return None
    chosen = begun.mechanism if begun is not None and begun.mechanism in policy.choices(due) else due
    return identification_view(procedure, person, chosen, language)


def offered_elsewhere(procedure: Procedure, person: Participant, language: str) -> tuple[IdentificationView, ...]:
    """What somebody who waits may do meanwhile at the page of a provider."""
    policy = procedure.type.procedure.identity
    if person.identity.satisfies(policy):
        return ()
    codes = dict.fromkeys(code for due in person.identity.due(policy) for code in policy.choices(due))
    known = procedure.type.mechanisms
    return tuple(
        identification_view(procedure, person, code, language)
        for code in codes
        if code in known and may_identify_elsewhere(procedure, person, known[code])
    )


def _choices(procedure: Procedure, code: str) -> tuple[str, ...]:
    """Those of the place that `code` fills."""
    policy = procedure.type.procedure.identity
    return next((policy.choices(method) for method in policy.methods if code in policy.choices(method)), ())


def identification_view(procedure: Procedure, person: Participant, code: str, language: str) -> IdentificationView:
    """What the mechanism `code` declares, and where its identification of `person` stands."""
    declared = procedure.type.mechanism(code)
    begun = person.identity.begun
    under_way = begun if begun is not None and begun.mechanism == code else None
    return IdentificationView(
        mechanism=code,
        title=mechanism_title(procedure, code, language),
        words=(declared.begun if under_way else declared.before).in_language(language),
        begin=declared.begin.in_language(language),
        complete=declared.complete.in_language(language),
        assurance=declared.assurance.value,
        begun_by_person=declared.begun_by_person,
        completed_by=declared.completed_by.value,
        fields=tuple(
            AskedField(
                title=field.titles.in_language(language),
                hint=field.hints.in_language(language) if field.hints else "",
                **field.model_dump(include={"name", "minimum", "maximum", "digits", "secret"}),
            )
            for field in declared.fields
        ),
        elsewhere=declared.elsewhere is not None,
        instead=tuple(other for other in _choices(procedure, code) if other != code),
        reference=under_way.reference if under_way else None,
        expires_at=under_way.expires_at if under_way else None,
        left=under_way.left if under_way else None,
    )
