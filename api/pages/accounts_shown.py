"""To the account provider and back for whoever is signed in: they show the account again before one act.

In a tab of its own: the page on which the act is done stays as it is, with what was typed, whatever the provider does.
"""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import RedirectResponse

from api.access.limits import limited
from api.access.permissions import Permission
from api.access.session import Staff, StaffSession, caller_of, requires
from api.deps import PortsDep, SettingsDep
from api.http.cookies import keep_browser, provider_cookie
from api.pages.rendering import back_to, page, page_context, page_of_ours
from api.ports import Ports, now
from api.services.accounts_shown import begin_again, finish_again, shows_at
from domain.access.account_providers import SignInRequest
from domain.access.accounts_shown import PASSKEYS, SHOWN_LASTS
from settings import ApiSettings

router = APIRouter(include_in_schema=False)


@router.get(
    "/account/provider", dependencies=[requires(Permission.MANAGE_OWN_ACCOUNT), limited("account-provider", 30)]
)
async def go_to_show_account(
    request: Request,
    session: Staff,
    ports: PortsDep,
    settings: SettingsDep,
    about: Annotated[str, Query(pattern=f"^([0-9a-f]{{64}}|{PASSKEYS})$")],
    next: Annotated[str, Query(max_length=200)] = "",
) -> Response:
    """A link and no form, as for signing in. It changes nothing but where somebody may come back from."""
    request.state.way_back = page_of_ours(next)
    known, host = request.cookies.get(provider_cookie(settings), ""), request.headers.get("host", "")
    address, begun = await begin_again(ports, settings, session, about, known, host, next)
    response = RedirectResponse(address, status_code=303)
    keep_browser(response, settings, begun.browser)
    return response


async def ways_of(ports: Ports, settings: ApiSettings, who: StaffSession) -> dict[str, Any]:
    """For pages that ask people to show who they are: whether with a `password`; at whose `provider`; what was `shown`
    there and still serves, by what it is about."""
    provider = await shows_at(ports, settings, who.account)
    unused = await ports.accounts_shown.unused(who.id, now()) if provider else ()
    return {
        "password": provider is None or await ports.accounts.has_password(who.account.id),
        "provider": provider,
        "accounts_shown": {one.what.about: one for one in unused},
    }


async def shown_again(
    request: Request, ports: Ports, settings: ApiSettings, asked_for: SignInRequest, said: Mapping[str, str]
) -> Response:
    """They have come back; raises what `finish_again` does."""
    request.state.way_back = goal = page_of_ours(asked_for.next) or "/account"
    who = await caller_of(request)
    await finish_again(ports, settings, who, asked_for, said)
    assert isinstance(who, StaffSession) and asked_for.again is not None
    if asked_for.again.about == PASSKEYS:
        return back_to("/account")
    context, minutes = await page_context(request), int(SHOWN_LASTS.total_seconds() // 60)
    return page(request, "account_shown.html", context, goal=goal, minutes=minutes, path="/account")
