"""Staff ask for an act of any type, for a later day: what it is about is declared, and everybody is summoned."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request, Response

from api.access.limits import count_act_asked_for
from api.access.permissions import Permission
from api.access.session import Staff, StaffSession, requires
from api.commands.form_values import item_values
from api.deps import GatewayDep, PortsDep
from api.http.problems import NotFound
from api.pages.again import FormField, paints_again
from api.pages.board.asked_form import PERSONAL, REASONS, Place, at_its_field, places, requested
from api.pages.procedure.items_view import empty_fields
from api.pages.rendering import PageContext, back_to, page, page_context
from api.ports import Ports, now
from api.services.numbering import id_of
from api.services.requesting import build_request, wait_until_registered
from domain.access.accounts import Account
from domain.errors import Refusal
from domain.refusals.requests import FIELD_REQUIRED
from domain.rules.booking import directs
from domain.types.procedure_type import ProcedureType, ResolvedType
from domain.types.territory import EnabledType
from domain.types.vocabulary import Side, StaffRole
from templates.texts import text

router = APIRouter(include_in_schema=False)

Choices = tuple[tuple[str, str], ...]
"""(value, words) of what can be chosen."""


@dataclass(frozen=True)
class RolePlaces:
    """A role of the type in the form: where those who are summoned in it are written down."""

    title: str
    citizens: bool
    wanted: tuple[Place, ...]
    """Without somebody in each of these the act is not asked for."""
    more: tuple[Place, ...]

    def called(self, place: Place) -> str:
        """Numbered where there may be several."""
        return f"{self.title} {place.number}" if len(self.wanted) + len(self.more) > 1 else self.title


@router.get("/ask", dependencies=[requires(Permission.REQUEST_PROCEDURE)])
async def read_types_to_ask_for(request: Request, session: Staff, ports: PortsDep) -> Response:
    context = await page_context(request)
    kinds = tuple(
        (kind.id, kind.titles.in_language(context.language))
        for entry, kind in await _offered(ports, context)
        if _bodies(entry, kind, session.account, context)
    )
    return page(request, "ask.html", context, kinds=sorted(kinds, key=lambda kind: kind[1]))


@router.get("/ask/{kind}", dependencies=[requires(Permission.REQUEST_PROCEDURE)])
async def read_form(kind: str, request: Request, session: Staff, ports: PortsDep) -> Response:
    return await _form(request, session, ports, kind, await page_context(request))


async def _form(
    request: Request, session: StaffSession, ports: Ports, kind: str, context: PageContext, status: int = 200,
    **told: Any,
) -> Response:  # fmt: skip
    """`told`: what the box at the head of the form says, where it was refused."""
    entry, resolved = await _asked(ports, context, kind)
    admission = resolved.procedure.validity.admission
    item = resolved.item(admission.item) if admission else None
    offices = tuple(
        (office.id, office.called(context.language))
        for office in context.administration.offices
        if not entry.offices or office.id in entry.offices
    )
    own = session.account.offices[0] if session.account.offices else ""
    return page(
        request, "ask_for.html", context, status,
        kind=kind, title=resolved.procedure.titles.in_language(context.language),
        item=item.titles.in_language(context.language) if item else "",
        fields_asked=empty_fields(item, context, item_values(item, context.typed)) if item else (),
        bodies=_bodies(entry, resolved.procedure, session.account, context), offices=offices, own=own,
        roles=places_of_roles(resolved, context), directs=directs(session.account, resolved.procedure),
        path=f"/ask/{kind}", **{"refusal": None, **told},
    )  # fmt: skip


@router.post("/ask/{kind}", dependencies=[requires(Permission.REQUEST_PROCEDURE)])
async def ask_for_act(kind: str, request: Request, session: Staff, ports: PortsDep, gateway: GatewayDep) -> Response:
    """The same form sent again is the same procedure."""
    context = await page_context(request)
    form = await request.form()
    said = {name: value.strip() for name, value in form.items() if isinstance(value, str)}
    if not said.get("key"):
        raise Refusal(FIELD_REQUIRED, field="key", kind="")
    id = await id_of(ports, context.administration.id, f"key:{session.ref}:{said['key']}")
    if await ports.register.get(id) is None:
        _, resolved = await _asked(ports, context, kind)

        async def again(context: PageContext, status: int, told: Mapping[str, Any]) -> Response:
            return await _form(request, session, ports, kind, context, status, **told)

        paints_again(request, said, form_fields(resolved, context), again)
        asked, filled = requested(said, resolved, context.administration, number=id[-6:].upper())
        try:
            event = await build_request(
                ports, context.administration.id, id, asked, now(), session.account, language=context.language
            )
        except Refusal as refusal:
            raise at_its_field(refusal, filled) from refusal
        await count_act_asked_for(ports, session)
        await gateway.start(event, session.ref)
        if await wait_until_registered(ports, id) is None:
            return Response(status_code=202, headers={"Retry-After": "1"})  # the page sends the same form again
    account = session.account
    if account.has(StaffRole.CLERK, StaffRole.OFFICIAL):
        return back_to(f"/procedures/{id}")
    here = any(said.get(name) in account.offices for name in said if name.endswith("-office"))
    return back_to(f"/walk-in/{id}") if here else back_to("/desk", answer="asked")


async def _offered(ports: Ports, context: PageContext) -> tuple[tuple[EnabledType, ProcedureType], ...]:
    here = context.administration
    return (await ports.catalogue.now()).at(here, here.day(now()))


async def _asked(ports: Ports, context: PageContext, id: str) -> tuple[EnabledType, ResolvedType]:
    """Raises `NotFound` for a type that is not offered there now."""
    for entry, kind in await _offered(ports, context):
        if kind.id == id:
            return entry, (await ports.catalogue.now()).resolved(kind)
    raise NotFound()


def _bodies(entry: EnabledType, kind: ProcedureType, account: Account, context: PageContext) -> Choices:
    """Those before which this member of staff may ask for it."""
    ours = context.administration
    served = [office.bodies for office in ours.offices if office.id in account.offices]
    holds = account.has(StaffRole.CLERK, StaffRole.OFFICIAL)
    return tuple(
        (body.id, body.names.in_language(context.language))
        for body in ours.bodies
        if (not kind.held_by or body.kind is None or body.kind in kind.held_by)
        and (not entry.bodies or body.id in entry.bodies)
        and ((holds and account.body in (None, body.id)) or any(not some or body.id in some for some in served))
    )


def form_fields(kind: ResolvedType, context: PageContext) -> dict[str, FormField]:
    """By what refusals call them. Rows are counted as they stand."""

    def called(path: str) -> str:
        return text(f"pages.{path}", context.language)

    words = {
        "body": "walk_in.body",
        "office": "ask.office",
        "new_date": "walk_in.at",
        "case_number": "walk_in.case_number",
    }
    words |= {reason: f"ask.{reason}" for reason in REASONS}
    known = {name: FormField(name, name, called(path)) for name, path in words.items()}
    admission = kind.procedure.validity.admission
    for field in empty_fields(kind.item(admission.item), context) if admission else ():
        known[field.plain] = FormField(field.name, f"declared-{field.name}", field.label)
    for role in places_of_roles(kind, context):
        for place in (*role.wanted, *role.more):
            for name in PERSONAL:
                label = called("ask.from_where" if name == "office" else f"walk_in.{name}")
                whose = f"{role.called(place)}, {label if label[1:2].isupper() else label[:1].lower() + label[1:]}"
                known[place.field(name)] = FormField(place.field(name), place.field(name), whose)
    return known


def places_of_roles(kind: ResolvedType, context: PageContext) -> tuple[RolePlaces, ...]:
    every: dict[str, list[Place]] = {}
    for place in places(kind):
        every.setdefault(place.role.code, []).append(place)
    return tuple(
        RolePlaces(
            title=first.role.titles.in_language(context.language),
            citizens=first.role.side is Side.CITIZEN,
            wanted=tuple(place for place in (first, *others) if place.wanted),
            more=tuple(place for place in (first, *others) if not place.wanted),
        )
        for first, *others in every.values()
    )
