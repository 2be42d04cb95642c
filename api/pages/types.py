"""The administrator's pages of types: what is published here, looking at a new one, proposing it, deciding about it."""

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Form, Request, Response
from pydantic import BeforeValidator
from starlette.datastructures import UploadFile

from api.access.limits import limited
from api.access.permissions import Permission
from api.access.session import Staff, StaffSession, requires
from api.deps import PortsDep
from api.http.problems import NotFound
from api.pages.rendering import PageContext, back_to, page, page_context
from api.ports import Ports
from api.services import publishing
from api.services.rehearsing import rehearse, sample_minutes
from domain.access.accounts import Account
from domain.access.publishing import Act, Decision, DefinitionKind, Publication, State
from domain.errors import Refusal
from domain.ids import AccountId
from domain.refusals.requests import FIELD_INVALID, FIELD_REQUIRED
from procedure_types.uploading import Examined, parts_of

router = APIRouter(include_in_schema=False, prefix="/administration/types")

TYPES = [requires(Permission.PUBLISH_TYPES)]
LONGEST_LINE = 200
PASTED = "—"


def _text(typed: object) -> object:
    """What a browser sends of a field of several lines has the line ends of the network (HTML 4.10.22.4)."""
    return typed.replace("\r\n", "\n") if isinstance(typed, str) else typed


Pasted = Annotated[str, Form(), BeforeValidator(_text)]
Line = Annotated[str, Form(max_length=LONGEST_LINE)]
Places = Annotated[list[str], Form(default_factory=list, max_length=500)]


@router.get("", dependencies=TYPES)
async def read_types(request: Request, session: Staff, ports: PortsDep) -> Response:
    context, day = await page_context(request), publishing.today(ports, session)
    offered = await ports.catalogue.now()
    kinds = {(kind.id, kind.version): kind.titles.in_language(context.language) for kind in offered.every_published()}
    known = await publishing.publications_of(ports, session.account.administration)
    return page(
        request, "types.html", context, kinds=offered.at(context.administration, day),
        known=[(one, one.state(day).value, title_of(one, kinds)) for one in known], pasted="",
    )  # fmt: skip


@router.post("/uploads", dependencies=TYPES)
async def look_at_types(request: Request, session: Staff, ports: PortsDep, pasted: Pasted = "") -> Response:
    """Everything that is wrong, or what it changes; nothing is kept."""
    texts = [pasted.strip("\n")] if pasted.strip() else []
    # Where nobody has chosen a file, browsers send one without a name, and programs may send a text.
    chosen = [file for file in (await request.form()).getlist("files") if isinstance(file, UploadFile)]
    contents = [await file.read() for file in chosen if file.filename]
    texts += [read.decode("utf-8", errors="replace").replace("\r\n", "\n").strip("\n") for read in contents]
    return await _looked(request, ports, session, "\n---\n".join(texts))


@router.post("/rehearsal", dependencies=[*TYPES, limited("rehearsal", 20)])
async def rehearse_type(request: Request, session: Staff, ports: PortsDep, pasted: Pasted = "") -> Response:
    """Scripted people hold it in memory: nobody is summoned and nothing is kept."""
    return await _looked(request, ports, session, pasted, rehearsed=True)


@router.post("/sample.pdf", dependencies=[*TYPES, limited("rehearsal", 20)])
async def read_sample_minutes(session: Staff, ports: PortsDep, request: Request, pasted: Pasted = "") -> Response:
    """The minutes of the rehearsal, marked as one on every page."""
    examined = await publishing.look_at(ports, session, parts_of(PASTED, pasted))
    publishing.refuse_wrong(examined)
    context = await page_context(request)
    pdf = await sample_minutes(ports, context.administration, examined, context.language)
    return Response(pdf, media_type="application/pdf")


@router.post("", dependencies=TYPES)
async def propose_type(
    session: Staff,
    ports: PortsDep,
    key: Line,
    bodies: Places,
    offices: Places,
    pasted: Pasted = "",
    approved_by: Line = "",
    approved_on: Line = "",
    document: Line = "",
    starts_on: Line = "",
    why: Annotated[str, Form(max_length=500)] = "",
) -> Response:
    said = {"approved_by": approved_by, "document": document, "why": why}
    for field, typed in said.items():
        if not typed.strip():
            raise Refusal(FIELD_REQUIRED, field=field, item="")
    decided_on = _day("approved_on", approved_on)
    decision = Decision(
        approved_by=approved_by.strip(),
        approved_on=decided_on,
        document=document.strip(),
        bodies=tuple(bodies),
        offices=tuple(offices),
    )
    starts = _day("starts_on", starts_on)
    texts = parts_of(PASTED, pasted)
    proposed = await publishing.propose(ports, session, texts, decision, starts, why.strip(), key)
    return back_to(f"/administration/types/{proposed.id}")


@router.get("/{publication}", dependencies=TYPES)
async def read_publication(request: Request, publication: str, session: Staff, ports: PortsDep) -> Response:
    known = await publishing.publication_of(ports, session, publication)
    context, day = await page_context(request), publishing.today(ports, session)
    offered = await ports.catalogue.now()
    staff = {one.id: one for one in await ports.accounts.of_administration(session.account.administration)}
    return page(
        request, "type_publication.html", context, one=known, state=known.state(day).value, day=day.isoformat(),
        acts=[(act, name_of(act.by, staff)) for act in known.acts], unreadable=known.id in offered.unreadable,
        where=where_held(known.decision, context),
        mine=known.acts[0].by == session.account.id, may=may_be_done(known, day), pasted=_pasted(known),
        changes=await publishing.changes_of(ports, known),
    )  # fmt: skip


@router.post("/{publication}/{what}", dependencies=TYPES)
async def decide_about_type(
    publication: str, what: str, session: Staff, ports: PortsDep, why: Line = "", ends_on: Line = ""
) -> Response:
    acts = {"approve": Act.APPROVED, "reject": Act.REJECTED, "withdraw": Act.WITHDRAWN}
    if what not in acts:
        raise NotFound()
    if not why.strip():
        raise Refusal(FIELD_REQUIRED, field="why", item="")
    day = _day("ends_on", ends_on) if acts[what] is Act.WITHDRAWN else None
    await publishing.decide(ports, session, publication, acts[what], why.strip(), day)
    return back_to(f"/administration/types/{publication}")


def title_of(publication: Publication, kinds: dict[tuple[str, int], str]) -> str:
    kind = DefinitionKind.PROCEDURE_TYPE
    named = [kinds.get((one.id, one.version), one.name) for one in publication.of(kind)]
    return " · ".join(named) or ", ".join(one.name for one in publication.definitions)


def name_of(id: AccountId, staff: dict[AccountId, Account]) -> str:
    return staff[id].name if id in staff else id


def may_be_done(publication: Publication, day: date) -> str:
    """`decide` while it is a proposal, `withdraw` while it is or will be in force, nothing afterwards."""
    state = publication.state(day)
    if state is State.PROPOSED:
        return "decide"
    in_use = state in (State.APPROVED, State.IN_FORCE) and publication.ends_on is None
    return "withdraw" if in_use else ""


async def _looked(
    request: Request, ports: Ports, session: StaffSession, pasted: str, *, rehearsed: bool = False
) -> Response:
    context = await page_context(request)
    examined = await publishing.look_at(ports, session, parts_of(PASTED, pasted))
    shown: dict[str, Any] = {"rehearsals": ()}
    if rehearsed and not examined.problems:
        shown["rehearsals"] = await rehearse(ports, context.administration, examined, context.language)
    return page(
        request, "types_look.html", context, pasted=pasted, problems=examined.problems,
        changes=await publishing.differences_of(ports, examined), found=found_in(examined, context),
        day=publishing.today(ports, session).isoformat(), places=places_of(context), **shown,
    )  # fmt: skip


def places_of(context: PageContext) -> dict[str, tuple[tuple[str, str], ...]]:
    """Ids and names of the bodies and offices of the Administration."""
    ours, language = context.administration, context.language
    return {
        "bodies": tuple((body.id, body.names.in_language(language)) for body in ours.bodies),
        "offices": tuple((one.id, f"{one.called(language)} ({one.municipality})") for one in ours.offices),
    }


def where_held(decision: Decision, context: PageContext) -> dict[str, list[str]]:
    """The names of the places of a decision; none: everywhere."""
    named = {key: dict(every) for key, every in places_of(context).items()}
    return {
        "bodies": [named["bodies"].get(id, id) for id in decision.bodies],
        "offices": [named["offices"].get(id, id) for id in decision.offices],
    }


def found_in(examined: Examined, context: PageContext) -> list[tuple[str, str, str]]:
    """What kind of thing, its title and its id or code."""
    found = [("item_type", one.titles.in_language(context.language), one.code) for one in examined.items]
    found += [
        ("procedure_type", one.titles.in_language(context.language), f"{one.id} v{one.version}")
        for one in examined.procedures
    ]
    return found


def _pasted(publication: Publication) -> str:
    return "\n---\n".join(one.text.strip("\n") for one in publication.definitions)


def _day(field: str, typed: str) -> date:
    try:
        return date.fromisoformat(typed)
    except ValueError:
        raise Refusal(FIELD_INVALID if typed else FIELD_REQUIRED, field=field, kind="") from None
