"""Whose a seat of the authority may be, where the law leaves what was declared to a judge, or to a court clerk.

Asked of the request, of whoever sits down, and of whoever acts: what the act is about can turn out to be otherwise.
"""

from collections.abc import Mapping
from typing import Any

from domain.commands import Command
from domain.errors import Refusal
from domain.events.summons import ProcedureRequested
from domain.procedure.people import Participant
from domain.procedure.state import Procedure
from domain.refusals.validity import SEAT_RESERVED
from domain.rules.admission import declared_now
from domain.types.procedure_type import ProcedureType
from domain.types.validity import SeatRule
from domain.types.vocabulary import StaffRole


def rule_against(
    kind: ProcedureType, role: str, staff_roles: tuple[StaffRole, ...], declared: Mapping[str, Any]
) -> SeatRule | None:
    """The first rule of the type that keeps that seat from whoever has these roles. `declared`: as noted last."""
    broken = (
        rule
        for rule in kind.validity.seats
        if rule.holds(role, declared) and not set(rule.account_roles).intersection(staff_roles)
    )
    return next(broken, None)


def seat_may_be_theirs(
    kind: ProcedureType, role: str, staff_roles: tuple[StaffRole, ...], declared: Mapping[str, Any], language: str
) -> None:
    """Raises `Refusal('seat_reserved')`, told in `language`."""
    if rule := rule_against(kind, role, staff_roles, declared):
        titles = (kind.role(role).titles_as.get(one, kind.role(role).titles) for one in rule.account_roles)
        said = ", ".join(dict.fromkeys(title.in_language(language) for title in titles))
        raise Refusal(SEAT_RESERVED, role=role, said=said, law=rule.legal_basis)


def seats_of_request(request: ProcedureRequested, language: str | None = None) -> None:
    """Everybody whose seat the request names. Raises `Refusal('seat_reserved')`."""
    declared = request.declared.values if request.declared else {}
    for person in request.participants:
        if person.account is not None:
            kind, say = request.resolved_type.procedure, language or request.language
            seat_may_be_theirs(kind, person.role, person.staff_roles, declared, say)


def sits_rightly(procedure: Procedure, role: str, staff_roles: tuple[StaffRole, ...]) -> None:
    """Whether, as things are now, that seat may be theirs. Raises `Refusal('seat_reserved')`."""
    seat_may_be_theirs(procedure.type.procedure, role, staff_roles, declared_now(procedure), procedure.language)


def acts_rightly(procedure: Procedure, command: Command) -> None:
    """Whether whoever asks may have the seat in which they ask. Raises `Refusal('seat_reserved')`."""
    if seat := command.author.participant:
        sits_rightly(procedure, procedure.participant(seat).role, command.author.staff_roles)


def is_vacant(procedure: Procedure, person: Participant) -> bool:
    """The seat is nobody's yet, or of somebody whose it may no longer be for what the act turned out to be about."""
    if person.account is None:
        return True
    kind, roles = procedure.type.procedure, person.staff_roles
    return bool(roles) and rule_against(kind, person.role, roles, declared_now(procedure)) is not None
