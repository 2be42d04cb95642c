"""A request for a procedure that exists already: the same one again gets its answer, another one is refused."""

from datetime import datetime

from api.ports import Ports
from api.services.requesting import RequestedPerson, RequestProcedure, declaration, prefilled_items
from domain.errors import Refusal
from domain.events import event_of
from domain.events.summons import ProcedureRequested
from domain.ids import ProcedureId
from domain.procedure.people import Participant
from domain.refusals.booking import NUMBER_USED_OTHERWISE
from domain.types.vocabulary import Side

_SAME = ("body", "office", "case_number", "nig", "external_id", "language", "scheduled_at")
_PERSON = ("role", "document_number", "email", "mobile", "language", "birth_date", "office", "account")


async def refuse_other_content(ports: Ports, id: ProcedureId, body: RequestProcedure) -> None:
    """Raises `Refusal('number_used_otherwise')` where `id` was asked for with other words than `body`."""
    (first,) = await ports.journal.read(id, up_to=0)
    event, stamp = event_of(first)
    assert isinstance(event, ProcedureRequested)
    alike = _is_prefilled_alike(event, body, stamp.at) and _is_declared_alike(event, body)
    if not _is_same(event, body) or not alike:
        raise Refusal(NUMBER_USED_OTHERWISE, number=body.external_id or "")


def _is_same(event: ProcedureRequested, body: RequestProcedure) -> bool:
    kind = event.resolved_type.procedure
    # What the request left to us was added behind those whom it named: the authority's side, and no term shortened.
    named, added = event.participants[: len(body.participants)], event.participants[len(body.participants) :]
    return (
        kind.id == body.type
        and all(getattr(event, name) == getattr(body, name) for name in _SAME)
        and (event.shortened_terms is None or body.shortened_terms in (None, event.shortened_terms))
        and len(named) == len(body.participants)
        and all(_is_same_person(person, asked) for person, asked in zip(named, body.participants, strict=True))
        and all(kind.role(person.role).side is Side.AUTHORITY for person in added)
    )


def _is_prefilled_alike(event: ProcedureRequested, body: RequestProcedure, at: datetime) -> bool:
    try:
        asked = prefilled_items(event.but(prefilled=()), body.prefilled, "", at)
    except Refusal:
        return False
    told = {one.item: one.prefilled.values for one in event.prefilled}
    return told == {one.item: one.prefilled.values for one in asked}


def _is_declared_alike(event: ProcedureRequested, body: RequestProcedure) -> bool:
    try:
        asked = declaration(event, body.declared, "")
    except Refusal:
        return False
    return (event.declared and event.declared.values) == (asked and asked.values)


def _is_same_person(person: Participant, asked: RequestedPerson) -> bool:
    same = all(getattr(person, name) == getattr(asked, name) for name in _PERSON)
    return same and asked.name in (None, person.name)
