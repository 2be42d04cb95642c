"""What the platform knows already when an item is opened: the clerk reads it, corrects it, and types the rest."""

from typing import Any

from api.pages.citizen.view import WARNINGS_VERSION
from api.pages.rendering import PageContext
from domain.procedure.agenda import AgendaItem
from domain.procedure.people import Participant, Presence
from domain.procedure.state import Procedure
from domain.types.item_type import ItemField
from domain.types.territory import COURT
from domain.types.vocabulary import IdentityMethod

SPEAKING = ("speaker", "declarant")


def known_values(procedure: Procedure, item: AgendaItem, context: PageContext) -> dict[str, Any]:
    """Values for the fields that the state of the procedure, whoever asked for it, or the type itself answers.

    Nothing is saved by showing them.
    """
    known: dict[str, Any] = {}
    for field in procedure.type.item(item.code).fields:
        value = _known(procedure, item, field, context)
        if value not in (None, "", []):
            known[field.name] = value
    return known | (item.prefilled.values if item.prefilled else {})


def _known(procedure: Procedure, item: AgendaItem, field: ItemField, context: PageContext) -> Any:
    if field.name == "presiding":
        return procedure.hosts[0].id if len(procedure.hosts) == 1 else None
    if field.name in SPEAKING:
        speaking = [person for person in procedure.participants if person.role == item.role]
        return speaking[0].id if len(speaking) == 1 else None
    if field.name == "text_version":
        return WARNINGS_VERSION
    if field.name == "persons":
        return [_present(procedure, person, field, context) for person in _arrived(procedure)]
    if field.name == "acknowledged":
        return [{"person": person.id} for person in _arrived(procedure) if person.warnings_acknowledged]
    if field.name == "consents":
        return [_answer(person) for person in _arrived(procedure) if person.consents]
    return field.default


def _answer(person: Participant) -> dict[str, Any]:
    last = person.consents[-1]
    if not last.given:
        return {"person": person.id, "decision": "refused"}
    return {"person": person.id, "decision": "withdrawn" if last.withdrawn_at else "given", "scope": last.scope}


def _arrived(procedure: Procedure) -> list[Participant]:
    away = (Presence.EXPECTED, Presence.WAITING, Presence.DISMISSED)
    return [person for person in procedure.citizens if person.presence not in away]


def _present(procedure: Procedure, person: Participant, field: ItemField, context: PageContext) -> dict[str, Any]:
    method = _method(procedure, person)
    row = {"person": person.id, "method": method, "place": _place(person, context)}
    if method == "waived":
        row["exception_reason"] = person.identity.waiver_reason or ""
    columns = {column.name: column for column in field.columns}
    fits = {name: value for name, value in row.items() if value and name in columns}
    options = columns["method"].options if "method" in columns else {}
    return {name: value for name, value in fits.items() if name != "method" or value in options}


def _method(procedure: Procedure, person: Participant) -> str:
    known = person.identity
    if not procedure.is_identified(person):
        return ""
    if known.waived_by:
        return "waived"
    methods = {check.method for check in known.checks}
    if {IdentityMethod.ID_DOCUMENT_FRAME, IdentityMethod.PIN_TO_MOBILE} <= methods:
        return "both"
    return next(iter(methods), "")


def _place(person: Participant, context: PageContext) -> str:
    if person.place not in ("office", COURT):
        return ""
    return next((office.name for office in context.administration.offices if office.id == person.office), "")
