"""To the page of a provider of identity and back, in the person's own browser.

The provider's page sends the browser back with a POST of another site: no cookie of ours comes with it. What it brings
is kept for whoever has the receipt; a page of ours leads on from there, with the cookies that it is entitled to.
"""

from typing import Annotated
from urllib.parse import urlsplit

from fastapi import APIRouter, Depends, Path, Query, Request, Response
from starlette.exceptions import HTTPException

from api.access.limits import limited
from api.access.permissions import Permission
from api.access.session import Caller, Citizen, RequirePermission, requires
from api.deps import GatewayDep, PortsDep, SettingsDep
from api.http.middleware import security_headers
from api.pages.rendering import back_to, page, page_context
from api.ports import now
from domain.errors import Refusal
from domain.procedure.people import Identification
from domain.procedure.state import Procedure
from domain.refusals.identity import PROVIDER_ANSWER_UNKNOWN

router = APIRouter(prefix="/identity", include_in_schema=False)


class RequireNoSession(RequirePermission):
    """For what a stranger's page has the browser send: no cookie of ours comes with it, and it acts for nobody."""

    async def refuse_forgery(self, request: Request, who: Caller) -> None:
        """Where it comes from proves nothing; what is brought does, and is judged later."""


FROM_A_PROVIDER = Depends(RequireNoSession(Permission.SIGN_IN))


@router.get("/go", dependencies=[requires(Permission.ACT_AS_CITIZEN)])
async def go_elsewhere(
    request: Request, session: Citizen, gateway: GatewayDep, ports: PortsDep, settings: SettingsDep
) -> Response:
    """The request that waits for this browser, as a form to the provider's page."""
    procedure = (await gateway.progress(session.procedure)).procedure
    begun = _begun(procedure, session.participant)
    exchange = await ports.exchanges.find(begun.reference) if begun else None
    if begun is None or exchange is None or exchange.expires_at <= now():
        return back_to("/citizen/room")
    context = await page_context(request)
    name = procedure.type.mechanism(begun.mechanism).titles.in_language(context.language)
    answer = page(request, "elsewhere.html", context, where="go", name=name, exchange=exchange)
    answer.headers["Content-Security-Policy"] = _policy_towards(exchange.address, security_headers(settings))
    return answer


@router.post("/{mechanism}/answer", dependencies=[FROM_A_PROVIDER, limited("provider-answer", 60)])
async def take_answer(
    request: Request, ports: PortsDep, mechanism: Annotated[str, Path(pattern="^[a-z][a-z0-9_]{2,39}$")]
) -> Response:
    """Judges nothing. Raises `Refusal('provider_answer_unknown')` for what nobody was sent for."""
    declared = ports.mechanisms.get(mechanism)
    if declared is None or declared.elsewhere is None:
        raise HTTPException(404)
    form = await request.form()
    relay, brought = form.get(declared.elsewhere.relay, ""), form.get(declared.elsewhere.answer, "")
    receipt = await ports.exchanges.keep_answer(str(relay), str(brought), now()) if relay and brought else None
    if receipt is None:
        raise Refusal(PROVIDER_ANSWER_UNKNOWN)
    return page(request, "elsewhere.html", await page_context(request), where="back", receipt=receipt)


@router.get("/return", dependencies=[requires(Permission.ACT_AS_CITIZEN)])
async def come_back(
    request: Request, session: Citizen, gateway: GatewayDep, receipt: Annotated[str, Query(pattern=r"^[\w-]{43}$")]
) -> Response:
    """Finishes the identification that this session began, with what this browser brought."""
    procedure = (await gateway.progress(session.procedure)).procedure
    begun = _begun(procedure, session.participant)
    if begun is None:
        return back_to("/citizen/room")
    declared = procedure.type.mechanism(begun.mechanism)
    context = await page_context(request)
    return page(
        request,
        "elsewhere.html",
        context,
        where="return",
        procedure=session.procedure,
        begun=begun,
        field=declared.fields[0].name,
        finish=declared.complete.in_language(context.language),
        receipt=receipt,
    )


def _begun(procedure: Procedure, participant: str) -> Identification | None:
    """The identification that the person has begun, if it is one at a provider's page."""
    begun = procedure.participant(participant).identity.begun
    if begun is None or procedure.type.mechanism(begun.mechanism).elsewhere is None:
        return None
    return begun


def _policy_towards(address: str, headers: dict[str, str]) -> str:
    """The policy of every page, but that its form may go to that site."""
    parts = urlsplit(address)
    own = headers["Content-Security-Policy"]
    return own.replace("form-action 'self'", f"form-action 'self' {parts.scheme}://{parts.netloc}")
