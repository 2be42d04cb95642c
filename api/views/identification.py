"""What a mechanism of identification asks for, and of whom: JSON and pages are made from what it declares."""

from datetime import datetime

from domain.base import Value
from domain.procedure.people import Participant
from domain.procedure.state import Procedure
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
    reference: str | None
    """Of the identification that was begun; None: it is to begin."""
    expires_at: datetime | None
    left: int | None
    """Attempts that remain after a failure."""


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
        reference=under_way.reference if under_way else None,
        expires_at=under_way.expires_at if under_way else None,
        left=under_way.left if under_way else None,
    )
