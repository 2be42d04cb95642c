"""Somebody comes to the desk without a summons: the office asks for the act and hands over its code, on paper."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from pydantic import ValidationError

from api.access.limits import count_act_asked_for
from api.access.permissions import Permission
from api.access.session import Staff, StaffSession, requires
from api.access.visibility import may_read
from api.commands.form_values import local_moment
from api.deps import Case, GatewayDep, PortsDep, case
from api.http.problems import NotFound
from api.pages.again import FormField, paints_again
from api.pages.rendering import PageContext, back_to, page, page_context
from api.ports import Ports, now
from api.services.numbering import id_of
from api.services.requesting import (
    RequestedPerson,
    RequestProcedure,
    build_request,
    wait_until_registered,
)
from domain.access.accounts import Account
from domain.errors import Refusal
from domain.events import event_of
from domain.ids import OfficeId, ParticipantId
from domain.refusals.requests import FIELD_INVALID, FIELD_REQUIRED
from domain.rules.booking import TERMS
from domain.rules.common import BEFORE_THE_ROOM
from domain.types.privacy import Detail
from domain.types.procedure_type import ProcedureType, Role
from domain.types.vocabulary import Side, Stage
from templates.texts import text

router = APIRouter(include_in_schema=False)

SOON = timedelta(minutes=10)

PERSONAL = ("name", "document_number", "birth_date", "mobile", "email")


@router.get("/walk-in", dependencies=[requires(Permission.REQUEST_PROCEDURE)])
async def read_walk_in(
    request: Request, session: Staff, ports: PortsDep, kind: Annotated[str, Query(max_length=60)] = ""
) -> Response:
    """`kind`: what somebody at a computer of the office said that they want to start."""
    office = _office(session.account)
    return await _form(request, ports, office, (await page_context(request)).held_at(office), kind=kind)


async def _form(
    request: Request, ports: Ports, office: OfficeId, context: PageContext, status: int = 200, **told: Any
) -> Response:
    """`told`: what the box at the head of the form says, where it was refused."""
    offers = await offered(ports, context, office)
    kinds = tuple((kind.id, kind.titles.in_language(context.language)) for kind in offers)
    served = next(known.bodies for known in context.administration.offices if known.id == office)
    bodies = tuple(
        (body.id, body.names.in_language(context.language))
        for body in context.administration.bodies
        if (not served or body.id in served)
        and (body.kind is None or any(not kind.held_by or body.kind in kind.held_by for kind in offers))
    )
    soon = (now() + SOON).astimezone(context.words.zone).strftime("%Y-%m-%dT%H:%M")
    shown = {"kinds": kinds, "bodies": bodies, "soon": soon, "path": "/walk-in", "refusal": None, "kind": "", **told}
    return page(request, "walk_in.html", context, status, **shown)


@router.post("/walk-in", dependencies=[requires(Permission.REQUEST_PROCEDURE)])
async def ask_for_walk_in(request: Request, session: Staff, ports: PortsDep, gateway: GatewayDep) -> Response:
    """The same form sent again is the same procedure."""
    office = _office(session.account)
    context = (await page_context(request)).held_at(office)
    form = await request.form()
    said = {name: value.strip() for name, value in form.items() if isinstance(value, str)}
    if not said.get("key"):
        raise Refusal(FIELD_REQUIRED, field="key", kind="")

    async def again(context: PageContext, status: int, told: Mapping[str, Any]) -> Response:
        return await _form(request, ports, office, context.held_at(office), status, **told)

    paints_again(request, said, _fields(context), again)
    id = await id_of(ports, context.administration.id, f"key:{session.ref}:{said['key']}")
    if await ports.register.get(id) is None:
        offers = await offered(ports, context, office)
        kind = next((kind for kind in offers if kind.id == said.get("kind")), None)
        if kind is None:
            raise Refusal(FIELD_REQUIRED, field="kind", kind="")
        asked = _asked(said, kind, office, context.administration.time_zone(office), number=id[-6:].upper())
        event = await build_request(ports, context.administration.id, id, asked, now(), session.account)
        await count_act_asked_for(ports, session)
        await gateway.start(event, session.ref)
        if await wait_until_registered(ports, id) is None:
            return Response(status_code=202, headers={"Retry-After": "1"})  # the page sends the same form again
    return back_to(f"/walk-in/{id}")


@router.get("/walk-in/{procedure}")
async def read_slip(
    request: Request, case: Annotated[Case, case(Permission.CHECK_IN)],
    person: Annotated[ParticipantId | None, Query()] = None,
) -> Response:  # fmt: skip
    """The code of whoever comes to the office of the member of staff who asked for the act, until the room opens.

    One slip for each person: nobody is handed another's code. `person` is left out for the first.

    Nobody else, and nobody who holds acts: with the code one sits in the citizen's seat.
    """
    (first,) = await case.ports.journal.read(case.id, up_to=0)
    state = (await case.progress()).procedure
    if not isinstance(case.who, StaffSession) or event_of(first)[1].actor != case.who.ref:
        raise NotFound()
    mine = {known.id: known for known in state.citizens if known.office in case.who.account.offices}
    if not mine or (person and person not in mine):
        raise NotFound()
    if state.stage not in (Stage.REQUESTED, *BEFORE_THE_ROOM):
        return back_to(f"/desk/{case.id}")
    await case.record_access("summons_code")
    context = (await page_context(request)).held_at(state.office)
    one, ours = mine[person or next(iter(mine))], context.administration
    told = may_read(case.who, Detail.BODY, state.type.procedure.privacy)
    bodies = {body.id: body.names.in_language(context.language) for body in ours.bodies if told}
    offices = {known.id: f"{known.called(context.language)} ({known.municipality})" for known in ours.offices}
    return page(
        request, "walk_in_slip.html", context, id=case.id, name=one.name, at=state.scheduled_at,
        title=(state.type.procedure.neutral_titles or state.type.procedure.titles).in_language(context.language),
        code=await case.ports.summons.issue(case.id, one.id), body=bodies.get(state.body, ""),
        office=offices.get(one.office or state.office, ""),
        others=tuple((known.id, known.name) for known in mine.values() if known is not one),
    )  # fmt: skip


def _fields(context: PageContext) -> dict[str, FormField]:
    """By what refusals call them."""
    words = {"kind": "kind", "body": "body", "new_date": "at", "case_number": "case_number"}
    words |= {name: name for name in PERSONAL}
    called = {name: text(f"pages.walk_in.{path}", context.language) for name, path in words.items()}
    return {name: FormField(name, name, label) for name, label in called.items()}


async def offered(ports: Ports, context: PageContext, office: OfficeId) -> tuple[ProcedureType, ...]:
    """What one person may ask for at once: for one citizen, no term of the law before it, and nothing to declare."""
    here = context.administration
    entries = (await ports.catalogue.now()).at(here, here.day(now()))
    kinds = (kind for entry, kind in entries if not entry.offices or office in entry.offices)
    return tuple(kind for kind in kinds if len(_comers(kind)) == 1 and _may_be_at_once(kind))


def _may_be_at_once(kind: ProcedureType) -> bool:
    return not TERMS.intersection(kind.eligibility) and kind.validity.admission is None


def _comers(kind: ProcedureType) -> list[Role]:
    return [role for role in kind.roles if role.side is not Side.AUTHORITY and role.minimum]


def _office(account: Account) -> OfficeId:
    """Raises `NotFound` for staff of no office: nobody comes to them."""
    if not account.offices:
        raise NotFound()
    return account.offices[0]


def _asked(said: dict[str, str], kind: ProcedureType, office: OfficeId, zone: str, number: str) -> RequestProcedure:
    """`number`: the reference, where the form has none. Raises `Refusal('field_required')` or `'field_invalid'`."""
    at = local_moment(said.get("new_date", ""), zone)
    told: dict[str, Any] = {name: said[name] for name in PERSONAL if said.get(name)}
    if "name" not in told:
        raise Refusal(FIELD_REQUIRED, field="name", kind="")
    try:
        person = RequestedPerson(role=_comers(kind)[0].code, office=office, **told)
        return RequestProcedure(
            type=kind.id,
            body=said.get("body", ""),
            office=office,
            case_number=said.get("case_number") or number,
            scheduled_at=at,
            participants=(person,),
        )
    except ValidationError as error:
        raise Refusal(FIELD_INVALID, field=str(error.errors()[0]["loc"][-1]), kind="") from error
