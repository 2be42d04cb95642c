"""The page of one procedure for officials, the drafts of its open item, and the reading of its documents."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import JSONResponse

from api.access.permissions import Permission
from api.access.session import CitizenSession, StaffSession, seat_of
from api.access.visibility import needs_reason
from api.commands.form_values import item_values
from api.deps import Case, SettingsDep, case
from api.http.problems import NotFound
from api.pages.accounts_shown import ways_of
from api.pages.procedure.prefill import known_values
from api.pages.procedure.view import AFTER_SEALING, procedure_view
from api.pages.rendering import PageContext, back_to, page, page_context
from api.ports import now
from api.services.passkeys import RelyingParty
from domain.access.accounts import others_typing
from domain.ids import ItemId
from domain.procedure.minutes import WrittenDocument
from domain.procedure.state import Procedure
from domain.rules.agenda import typed_over
from domain.types.vocabulary import ItemState, StaffRole, Stage

router = APIRouter(include_in_schema=False)

TIMELINE = 60
"""How many of the last events the page tells; the evidence page tells all."""


@router.get("/procedures/{procedure}")
async def read_procedure_page(
    request: Request,
    case: Annotated[Case, case(Permission.READ_PROCEDURE)],
    settings: SettingsDep,
    view: Annotated[str, Query(pattern="^(video|document|both)$")] = "video",
    doc: Annotated[str, Query(max_length=20)] = "",
    page_number: Annotated[int, Query(alias="p", ge=1, le=999)] = 1,
    item: Annotated[str, Query(max_length=20)] = "",
) -> Response:
    if isinstance(case.who, CitizenSession):
        raise NotFound()
    assert isinstance(case.who, StaffSession)
    if case.who.account.roles == (StaffRole.OFFICE,):
        return back_to(f"/desk/{case.id}")  # law: LO 1/2025, an office helps and does not read the act
    if needs_reason(case.who):
        return back_to(f"/procedures/{case.id}/evidence")
    await case.record_access("page")
    progress = await case.progress()
    state = progress.procedure
    context = (await page_context(request)).held_at(state.office)
    shown = procedure_view(
        state,
        progress.seq,
        seat_of(case.who.account, state),
        context,
        await case.ports.journal.read(case.id, first=max(0, progress.seq + 1 - TIMELINE)),
        await _form_of(case, state, item, context),
        await _draft(case, state),
        await _unsaved(case, state),
    )
    signs = any(one.signable_here for one in (*shown.documents, *_minutes_of(shown)))
    named = request.headers.get("host") == RelyingParty.of(settings).netloc  # under a number no passkey serves
    document = next((d for d in (*shown.documents, *_minutes_of(shown)) if d.id == doc and d.has_copy), None)
    if document is None and state.stage in AFTER_SEALING:
        document, view = next(iter(_minutes_of(shown)), None), "document"
    return page(
        request, "procedure.html", context, seq=progress.seq, shown=shown, view=view if document else "video",
        document=document,
        page_number=min(page_number, document.pages) if document else 1,
        may_hold=shown.hosting,
        erased=await case.ports.erasures.of_recording(case.id) if shown.recording.watchable else None,
        ways=await ways_of(case.ports, settings, case.who) if signs else {},
        passkeys=bool(signs and named and await case.ports.passkeys.of(case.who.account.id)),
    )  # fmt: skip


def _minutes_of(shown: Any) -> tuple[Any, ...]:
    return (shown.minutes.document,) if shown.minutes and shown.minutes.document else ()


async def _form_of(
    case: Case, procedure: Procedure, asked: str, context: PageContext
) -> tuple[str, dict[str, Any]] | None:
    """The open item with what was typed last, or a finished one that somebody wants to correct."""
    if asked and (chosen := procedure.item(asked)).state is ItemState.DONE:
        return chosen.id, chosen.values
    running = procedure.open_item()
    if running is None:
        return None
    # What was typed over a text that has been saved anew since is not taken up again.
    drafts = [d for d in await case.ports.drafts.read(case.id, running.id) if d.revision >= running.revision]
    own = next((draft for draft in drafts if draft.author == case.who.ref), drafts[0] if drafts else None)
    if own is None and not running.revision:
        return running.id, known_values(procedure, running, context)
    return running.id, own.values if own else running.values


async def _unsaved(case: Case, procedure: Procedure) -> dict[str, Any]:
    """What whoever looks was typing into the open item when somebody else saved it; to be read, not to be sent."""
    running = procedure.open_item()
    if running is None or running.saved_by in (None, case.who.ref):
        return {}
    drafts = await case.ports.drafts.read(case.id, running.id)
    own = next((draft for draft in drafts if draft.author == case.who.ref), None)
    return own.values if own and own.revision < running.revision and own.values != running.values else {}


async def _draft(case: Case, procedure: Procedure) -> WrittenDocument | None:
    if procedure.minutes is None or procedure.stage is not Stage.APPROVAL:
        return None
    content = await case.ports.vault.get(case.id, procedure.minutes.draft)
    return WrittenDocument.model_validate_json(content)


@router.post("/procedures/{procedure}/items/{item}/typing")
async def keep_what_is_typed(
    request: Request, item: ItemId, case: Annotated[Case, case(Permission.TYPE_DRAFT)]
) -> Response:
    """Autosave: never a command, never in the history. Answers the hour, and who else types there."""
    at, state = now(), (await case.progress()).procedure
    context = (await page_context(request)).held_at(state.office)
    point, form = state.item(item), await request.form()
    typed = str(form.get("revision", ""))
    revision = typed_over(point, int(typed) if typed.isdecimal() and len(typed) < 7 else None)
    values = item_values(state.type.item(point.code), form)
    await case.ports.drafts.save(case.id, item, case.who.ref, values, at, revision)
    others = others_typing(await case.ports.drafts.read(case.id, item), case.who.ref, at)
    names = [await _name(case, account) for account in others]
    return JSONResponse({"saved_at": context.words.clock(at), "others": [name for name in names if name]})


async def _name(case: Case, account: Any) -> str:
    known = await case.ports.accounts.get(account)
    return known.name if known else ""
