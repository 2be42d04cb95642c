"""To the account provider of an Administration and back; and, after leaving, to end the session there too."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response
from fastapi.responses import RedirectResponse

from api.access.limits import limited
from api.access.permissions import Permission
from api.access.session import requires
from api.deps import PortsDep, SettingsDep
from api.http.cookies import keep_browser, provider_cookie
from api.pages.accounts_shown import shown_again
from api.pages.passkeys import passkey_page
from api.pages.rendering import back_to
from api.pages.staff import enter
from api.services.account_providers import address_of, begin, finish, provider_of, taken
from api.services.passkeys import ask_passkey

router = APIRouter(include_in_schema=False)

Which = Annotated[str, Path(max_length=80, pattern=r"^[a-z0-9-]+$")]
LONGEST_CODE = 4096
SIGNING_IN = [requires(Permission.SIGN_IN), limited("sign-in", 30)]


@router.get("/staff/provider/{administration}", dependencies=SIGNING_IN)
async def go_to_provider(
    request: Request,
    administration: Which,
    ports: PortsDep,
    settings: SettingsDep,
    next: Annotated[str, Query(max_length=200)] = "",
) -> Response:
    """A link and no form: our pages send forms to nobody else (`form-action`)."""
    known, host = request.cookies.get(provider_cookie(settings), ""), request.headers.get("host", "")
    address, begun = await begin(ports, settings, administration, known, host, next)
    response = RedirectResponse(address, status_code=303)
    keep_browser(response, settings, begun.browser)
    return response


@router.get("/staff/provider/{administration}/back", dependencies=SIGNING_IN)
async def come_back(
    request: Request,
    administration: Which,
    ports: PortsDep,
    settings: SettingsDep,
    state: Annotated[str, Query(max_length=80)] = "",
    code: Annotated[str, Query(max_length=LONGEST_CODE)] = "",
    error: Annotated[str, Query(max_length=200)] = "",
    iss: Annotated[str, Query(max_length=500)] = "",
) -> Response:
    browser = request.cookies.get(provider_cookie(settings), "")
    said = {"code": code, "error": error, "iss": iss}
    asked_for = await taken(ports, settings, administration, browser, state)
    if asked_for.again is not None:
        return await shown_again(request, ports, settings, asked_for, said)
    arrived = await finish(ports, settings, asked_for, said)
    asked = None if arrived.two_factors else await ask_passkey(ports, settings, arrived.account)
    if asked is not None:
        return await passkey_page(request, settings, asked, to="/staff/passkey", next=arrived.next)
    return await enter(request, ports, settings, arrived.account, arrived.next)


@router.get("/staff/provider/{administration}/out", dependencies=SIGNING_IN)
async def leave_provider(request: Request, administration: Which, ports: PortsDep, settings: SettingsDep) -> Response:
    """Ends the session there, where the provider offers that (OpenID Connect RP-Initiated Logout 1.0)."""
    back = f"{address_of(settings, request.headers.get('host', ''))}/staff"
    there = await ports.account_providers.leaving(provider_of(settings, administration), back)
    return RedirectResponse(there, status_code=303) if there else back_to("/staff")
