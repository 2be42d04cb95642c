"""From where somebody may take part, where the law leaves them no choice: asked of the request, and on arrival."""

from collections.abc import Mapping
from typing import Any

from domain.commands import CheckIn
from domain.errors import Refusal
from domain.events.summons import ProcedureRequested
from domain.procedure.people import Participant
from domain.procedure.state import Procedure
from domain.refusals.booking import PLACE_NOT_ALLOWED
from domain.refusals.people import PLACE_NOT_SECURE, PLACE_UNCHECKED
from domain.rules.admission import declared_now
from domain.types.procedure_type import ProcedureType
from domain.types.territory import COURT, Administration
from domain.types.validity import Place, PlaceRule


def booked_from_where_they_may(
    request: ProcedureRequested, administration: Administration, language: str | None = None
) -> None:
    """Raises `Refusal('place_not_allowed')`, told in `language`; None: in that of the record."""
    declared = request.declared.values if request.declared else {}
    kinds = {office.id: Place.COURT if office.kind == COURT else Place.OFFICE for office in administration.offices}
    for person in request.participants:
        place = kinds.get(person.office, Place.OWN_DEVICE) if person.office else Place.OWN_DEVICE
        _allowed(request.resolved_type.procedure, person, place, declared, language or request.language)


def arrives_where_they_may(procedure: Procedure, command: CheckIn) -> None:
    """Raises `Refusal('place_not_allowed')`."""
    person, declared = procedure.participant(command.participant), declared_now(procedure)
    _allowed(procedure.type.procedure, person, Place(command.place), declared, procedure.language)


def in_secure_place(procedure: Procedure, person: Participant) -> None:
    """Raises what `place_fault` tells."""
    if fault := place_fault(procedure, person):
        raise fault


def place_fault(procedure: Procedure, person: Participant) -> Refusal | None:
    """Whoever must take part from a secure place is let in once their office has looked, and what it saw is right.

    Law: RDL 6/2023 art. 62.3. In court its own staff are there. `Refusal('place_unchecked')` or
    `Refusal('place_not_secure')`; None where nothing is missing.
    """
    rule = _checked_by(procedure, person)
    if rule is None:
        return None
    if person.secure_place is None:
        return Refusal(PLACE_UNCHECKED, participant=person.id, law=rule.legal_basis)
    return None if person.secure_place.holds else Refusal(PLACE_NOT_SECURE, participant=person.id)


def acts_freely(person: Participant) -> None:
    """Nobody signs whom their own office saw pressed, whatever the type. Raises `Refusal('place_not_secure')`."""
    if person.secure_place and not person.secure_place.acts_freely:
        raise Refusal(PLACE_NOT_SECURE, participant=person.id)


def _checked_by(procedure: Procedure, person: Participant) -> PlaceRule | None:
    if person.place != Place.OFFICE:
        return None
    declared = declared_now(procedure)
    rules = procedure.type.procedure.validity.places
    return next((rule for rule in rules if rule.checked and rule.holds(person.role, declared)), None)


def _allowed(
    kind: ProcedureType, person: Participant, place: Place, declared: Mapping[str, Any], language: str
) -> None:
    for rule in kind.validity.places:
        if rule.holds(person.role, declared) and place not in rule.places:
            said = kind.role(person.role).titles.in_language(language)
            instead = rule.instead.in_language(language)
            raise Refusal(
                PLACE_NOT_ALLOWED,
                participant=person.id, role=person.role, said=said, law=rule.legal_basis, instead=instead,
            )  # fmt: skip
