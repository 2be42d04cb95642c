"""From what a regional system or an office asks for to the first event of a procedure: checked and completed."""

import asyncio
from datetime import date, datetime, timedelta
from typing import Annotated, Any

from pydantic import AfterValidator, Field

from api.http.openapi import RequestBody, example
from api.ports import Ports
from api.services.seating import free_seats_have_takers, may_be_seated
from domain.access.accounts import Account
from domain.base import Moment
from domain.errors import Refusal
from domain.events.summons import PrefilledItem, ProcedureRequested
from domain.ids import AccountId, AdministrationId, OfficeId, ParticipantId, ProcedureId
from domain.journal.chain import Stamp
from domain.journal.register import RegisterRow
from domain.languages import DEFAULT_LANGUAGE, LanguageCode
from domain.procedure.agenda import Declaration, Prefilled
from domain.procedure.people import Participant
from domain.refusals.agenda import ITEM_NOT_ALLOWED
from domain.refusals.booking import (
    BODY_UNKNOWN,
    DATE_IN_THE_PAST,
    DATE_TOO_FAR,
    OFFICE_UNKNOWN,
    PEOPLE_MISSING,
    ROLE_UNKNOWN,
)
from domain.rules.admission import canonical_declaration
from domain.rules.agenda import canonical_prefilled
from domain.rules.booking import is_early, is_outside_working_time, may_be_booked
from domain.text import ONE_LINE
from domain.types.procedure_type import ProcedureType, Role
from domain.types.territory import Administration
from domain.types.vocabulary import BodyKind, Side

REGISTER_TIMEOUT = 3.0
"""Seconds to wait for the first event; then the answer is 202: asked for, and not written yet."""

FURTHEST = timedelta(days=5 * 365)
"""A date beyond this is a mistake of typing, and the engine need not keep it."""


def _real(day: str) -> str:
    return date.fromisoformat(day).isoformat()


Line = Annotated[str, Field(min_length=1, max_length=200, pattern=ONE_LINE)]
Day = Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$", json_schema_extra={"format": "date"}), AfterValidator(_real)]


class RequestedPerson(RequestBody):
    role: str = Field(max_length=40)
    name: Line | None = None
    """May be left out for the authority's side: the account's, or the title of the role."""
    document_number: str | None = Field(default=None, max_length=30, pattern=ONE_LINE)
    email: str | None = Field(default=None, max_length=254, pattern=r"^[^@\s]+@[^@\s]+$")
    mobile: str | None = Field(default=None, pattern=r"^\+?[0-9 ]{6,20}$")
    language: LanguageCode = DEFAULT_LANGUAGE
    birth_date: Day | None = None
    """Needed of everybody who is to appear from outside a court, where the type is for adults (LEC art. 137 bis.3)."""
    office: OfficeId | None = None
    """From which office the person will appear."""
    account: AccountId | None = None
    """On the authority's side: whose seat it is. Left out: the first official of the body who acts in it takes it."""


class PrefilledValues(RequestBody):
    """What the asker knows of an item of the agenda: nobody's word until a person fills the item in."""

    item: str = Field(max_length=20)
    """Its code in the type; of several items with one code, the first that is not named yet."""
    values: dict[str, Any] = Field(max_length=60)


class RequestProcedure(RequestBody):
    """What is asked for. The Administration is that of the key or of the account."""

    model_config = example(
        type="conciliation",
        body="peace-court-lira",
        office="ojm-lira",
        case_number="31/2026",
        external_id="SGP-2026-000310",
        scheduled_at="2026-11-23T10:30:00+01:00",
        declared={"object": "Pago de la reparación de una valla.", "matter": "civil", "amount": "1200.00",
                  "parties": "capable", "domicile": "here"},
        participants=[
            {"role": "applicant", "name": "Anxo Ruiz Seoane", "document_number": "00000000T", "office": "ojm-vilar",
             "birth_date": "1961-04-09", "email": "anxo.ruiz@correo.example", "mobile": "+34 600 000 001"},
            {"role": "respondent", "name": "Marta Lago Prieto", "document_number": "00000001R", "office": "ojm-lira",
             "birth_date": "1974-11-30", "email": "marta.lago@correo.example", "mobile": "+34 600 000 002"},
        ],
    )  # fmt: skip
    type: str = Field(max_length=60)
    body: str = Field(max_length=60)
    office: OfficeId
    case_number: Line
    nig: str | None = Field(default=None, max_length=40, pattern=ONE_LINE)
    external_id: str | None = Field(default=None, min_length=1, max_length=80, pattern=ONE_LINE)
    language: LanguageCode = DEFAULT_LANGUAGE
    scheduled_at: Moment
    shortened_terms: str | None = Field(default=None, min_length=10, max_length=500)
    """Why the act is held before the terms of the law have passed: for those who may direct it, with their account."""
    outside_working_time: str | None = Field(default=None, min_length=10, max_length=500)
    """Why it is held on a day or at an hour that is no working one (LEC art. 131): for the same people."""
    declared: dict[str, Any] | None = Field(default=None, max_length=60)
    """On what the act is held and between whom: the fields of the item that the type names in `declares`."""
    participants: tuple[RequestedPerson, ...] = Field(min_length=1, max_length=30)
    prefilled: tuple[PrefilledValues, ...] = Field(default=(), max_length=40)


async def build_request(
    ports: Ports,
    administration: AdministrationId,
    id: ProcedureId,
    body: RequestProcedure,
    at: datetime,
    by: Account | None = None,
    *,
    system: str = "",
    language: str | None = None,
) -> ProcedureRequested:
    """The first event. Raises `Refusal` with the code of what is not known or not allowed here.

    `by` is the member of staff who asks; None for a regional system, which `system` names. `language` is that in which
    they read what is refused; None: that of the record.
    """
    territory = ports.administrations[administration]
    offered = await ports.catalogue.now()
    kind = offered.asked_for(territory, body.type, territory.day(at))
    if body.scheduled_at <= at:
        raise Refusal(DATE_IN_THE_PAST)
    if body.scheduled_at > at + FURTHEST:
        raise Refusal(DATE_TOO_FAR)
    if body.body not in {known.id for known in territory.bodies}:
        raise Refusal(BODY_UNKNOWN, body=body.body)
    offices = {known.id for known in territory.offices}
    named = (body.office, *(person.office for person in body.participants if person.office))
    for office in named:
        if office not in offices:
            raise Refusal(OFFICE_UNKNOWN, office=office)
    offered.held_there(territory, kind.id, territory.day(at), body.body, named)
    event = ProcedureRequested(
        id=id,
        resolved_type=offered.resolved(kind),
        administration=administration,
        body_kind=(held_by := next(known.kind for known in territory.bodies if known.id == body.body)),
        participants=await _people(ports, territory, kind, body, held_by),
        **body.model_dump(exclude={"type", "participants", "prefilled", "declared"}),
    )
    teller = by.name if by else system
    event = event.but(
        declared=declaration(event, body.declared, teller),
        prefilled=prefilled_items(event, body.prefilled, teller, at),
    )
    may_be_booked(event, at, territory, by, language)
    await free_seats_have_takers(ports, territory, event, language)
    # Where no term is shortened, the journal does not say that one was.
    return event.but(
        shortened_terms=event.shortened_terms if is_early(event, at, territory) else None,
        outside_working_time=event.outside_working_time if is_outside_working_time(event, territory) else None,
    )


def declaration(event: ProcedureRequested, values: dict[str, Any] | None, by: str) -> Declaration | None:
    """What was declared, for the first event. Raises `Refusal` as for what is typed."""
    if values is None:
        return None
    return Declaration(values=canonical_declaration(event.resolved_type, values), by=by)


def prefilled_items(
    event: ProcedureRequested, known: tuple[PrefilledValues, ...], by: str, at: datetime
) -> tuple[PrefilledItem, ...]:
    """What was sent, by item of the planned agenda. Raises `Refusal` as for what is typed."""
    procedure = event.begin(Stamp(actor="system", role="system", at=at))
    left = list(procedure.agenda)
    found = []
    for one in known:
        item = next((planned for planned in left if planned.code == one.item), None)
        if item is None:
            raise Refusal(ITEM_NOT_ALLOWED, item=one.item, allowed=sorted({planned.code for planned in left}))
        left.remove(item)
        values = canonical_prefilled(procedure, item, dict(one.values))
        found.append(PrefilledItem(item=item.id, prefilled=Prefilled(values=values, by=by)))
    return tuple(found)


async def _people(
    ports: Ports, territory: Administration, kind: ProcedureType, body: RequestProcedure, held_by: BodyKind | None
) -> tuple[Participant, ...]:
    known = [role.code for role in kind.roles]
    for asked in body.participants:
        if asked.role not in known:
            raise Refusal(ROLE_UNKNOWN, role=asked.role, known=known)
    people = list(body.participants)
    for role in kind.roles:
        count = sum(person.role == role.code for person in people)
        if role.side is Side.AUTHORITY and count == 0 and role.minimum:
            people += [RequestedPerson(role=role.code)] * role.minimum
        elif not role.minimum <= count <= role.maximum:
            raise Refusal(PEOPLE_MISSING, role=role.code, minimum=role.minimum, maximum=role.maximum)
    return tuple(
        [
            await _seated(ports, territory, kind, kind.role(p.role).at(held_by), p, n, body)
            for n, p in enumerate(people, start=1)
        ]
    )


async def _seated(
    ports: Ports,
    territory: Administration,
    kind: ProcedureType,
    role: Role,
    person: RequestedPerson,
    number: int,
    body: RequestProcedure,
) -> Participant:
    account = await _account(ports, territory, kind, role, person.account, body.body) if person.account else None
    name = person.name or (account.name if account else None)
    if name is None and role.side is not Side.AUTHORITY:
        raise Refusal(PEOPLE_MISSING, role=role.code, minimum=role.minimum, maximum=role.maximum)
    told = person.model_dump(exclude={"name"})
    title = role.titles.in_language(body.language)
    roles = account.roles if account else ()
    return Participant(id=ParticipantId(f"p{number}"), name=name or title, staff_roles=roles, **told)


async def _account(
    ports: Ports, territory: Administration, kind: ProcedureType, role: Role, id: AccountId, body: str
) -> Account:
    account = await ports.accounts.get(id)
    ours = account if account is not None and account.administration == territory.id else None
    return may_be_seated(ours, id, kind, role, body)


async def wait_until_registered(ports: Ports, id: ProcedureId) -> RegisterRow | None:
    """What was asked for, once its first event is in the journal; None when that takes too long."""
    deadline = asyncio.get_running_loop().time() + REGISTER_TIMEOUT
    while (row := await ports.register.get(id)) is None:
        if asyncio.get_running_loop().time() > deadline:
            return None
        await asyncio.sleep(0.05)
    return row
