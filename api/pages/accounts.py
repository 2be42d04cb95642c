"""The administrator's pages of accounts, and that on which a person chooses their own password."""

import secrets
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Path, Query, Request, Response

from api.access.limits import limited
from api.access.permissions import Permission
from api.access.session import Staff, requires
from api.deps import PortsDep
from api.pages.rendering import back_to, page, page_context
from api.ports import now
from api.services.signing_in import colleague, end_sessions
from domain.access.accounts import LONGEST_PASSWORD
from domain.access.keeping_accounts import AccountDetails, refuse_own, refuse_unfit
from domain.access.passwords import SHORTEST_PASSWORD, refuse_weak_password
from domain.errors import Refusal
from domain.ids import AccountId, OfficeId
from domain.refusals.access import PASSWORD_LINK_SPENT
from domain.types.vocabulary import StaffRole

router = APIRouter(include_in_schema=False)

ACCOUNTS = [requires(Permission.MANAGE_ACCOUNTS)]
BY_LINK = [requires(Permission.SIGN_IN), limited("password-link", 10)]
LIST = "/administration/accounts"
SHOWN = 50
"""Latest changes on the page."""

# Sessions are ended before each change, so that their open pages close too; what is opened in between ends with it.

AccountPath = Annotated[str, Path(max_length=80)]
AccountQuery = Annotated[str, Query(max_length=80)]
LinkPath = Annotated[str, Path(max_length=80)]


def filled_in(
    name: Annotated[str, Form(max_length=120)] = "",
    email: Annotated[str, Form(max_length=200)] = "",
    roles: Annotated[tuple[StaffRole, ...], Form()] = (),
    offices: Annotated[tuple[str, ...], Form()] = (),
    body: Annotated[str, Form(max_length=80)] = "",
    certificate: Annotated[str, Form(max_length=80)] = "",
) -> AccountDetails:
    return AccountDetails(
        name=name.strip(),
        email=email.strip(),
        roles=roles,
        offices=tuple(OfficeId(office) for office in offices),
        body=body or None,
        certificate=certificate.strip() or None,
    )


FilledIn = Annotated[AccountDetails, Depends(filled_in)]


@router.get(LIST, dependencies=ACCOUNTS)
async def read_accounts(request: Request, session: Staff, ports: PortsDep, mailed: AccountQuery = "") -> Response:
    """`mailed`: the account to whose person a link was mailed just now."""
    administration = session.account.administration
    known = await ports.accounts.of_administration(administration)
    return page(
        request,
        "accounts.html",
        await page_context(request),
        known=known,
        changes=await ports.account_keeping.changes(administration, SHOWN),
        names={one.id: one.name for one in known},
        mailed=next((one for one in known if one.id == mailed), None),
        roles=tuple(StaffRole),
    )


@router.post(LIST, dependencies=ACCOUNTS)
async def create_account(session: Staff, ports: PortsDep, written: FilledIn) -> Response:
    """The link is mailed to the person: whoever makes the account never sees it."""
    ours = ports.administrations[session.account.administration]
    refuse_unfit(written, ours)
    account = written.of(AccountId(f"acc_{secrets.token_hex(8)}"), ours.id)
    await ports.account_keeping.create(account, session.account.id, now())
    return back_to(LIST, mailed=account.id)


@router.get("/administration/accounts/{account}", dependencies=ACCOUNTS)
async def read_account(request: Request, account: AccountPath, session: Staff, ports: PortsDep) -> Response:
    known = await colleague(ports, session, account)
    own = known.id == session.account.id
    return page(request, "account_of.html", await page_context(request), one=known, own=own, roles=tuple(StaffRole))


@router.post("/administration/accounts/{account}", dependencies=ACCOUNTS)
async def change_account(
    request: Request, account: AccountPath, session: Staff, ports: PortsDep, written: FilledIn
) -> Response:
    """Whoever is signed in with it signs in again: what they may do has changed."""
    known = await colleague(ports, session, account)
    refuse_own(known.id, session.account.id)
    said = written.but(email=known.email)
    refuse_unfit(said, ports.administrations[known.administration])
    changed = known.but(**dict(said))
    if changed != known:
        await end_sessions(request, known.id)
        await ports.account_keeping.change(changed, session.account.id, now())
    return back_to(LIST)


@router.post("/administration/accounts/{account}/link", dependencies=ACCOUNTS)
async def make_link(account: AccountPath, session: Staff, ports: PortsDep) -> Response:
    known = await colleague(ports, session, account)
    refuse_own(known.id, session.account.id)
    await ports.account_keeping.new_link(known.id, session.account.id, now())
    return back_to(LIST, mailed=known.id)


@router.post("/administration/accounts/{account}/use", dependencies=ACCOUNTS)
async def set_active(
    request: Request, account: AccountPath, session: Staff, ports: PortsDep, active: Annotated[bool, Form()]
) -> Response:
    known = await colleague(ports, session, account)
    refuse_own(known.id, session.account.id)
    if not active:
        await end_sessions(request, known.id)
    await ports.account_keeping.set_active(known.id, active, session.account.id, now())
    return back_to(f"/administration/accounts/{known.id}")


@router.get("/choose-password/{link}", dependencies=BY_LINK)
async def read_password_link(request: Request, link: LinkPath, ports: PortsDep) -> Response:
    """Nothing happens yet: addresses are opened by many a program before a person does."""
    account = await ports.account_keeping.linked(link, now())
    if account is None:
        raise Refusal(PASSWORD_LINK_SPENT)
    context = await page_context(request)
    return page(request, "choose_password.html", context, link=link, whose=account, least=SHORTEST_PASSWORD)


@router.post("/choose-password/{link}", dependencies=BY_LINK)
async def choose_password(
    request: Request,
    link: LinkPath,
    ports: PortsDep,
    new_password: Annotated[str, Form(max_length=LONGEST_PASSWORD)] = "",
) -> Response:
    """Whatever was open with the old one ends (ASVS 5.0 7.4.3)."""
    account = await ports.account_keeping.linked(link, now())
    if account is None:
        raise Refusal(PASSWORD_LINK_SPENT)
    refuse_weak_password(new_password, account)
    await end_sessions(request, account.id)
    if await ports.account_keeping.choose_password(link, new_password, now()) is None:
        raise Refusal(PASSWORD_LINK_SPENT)
    return back_to("/staff", chosen="1")
