"""Whoever is signed in shows the account of their Administration again, at its provider, before one act."""

import hmac
import logging
from collections.abc import Mapping

from api.access.session import Caller, StaffSession
from api.http.problems import NotFound
from api.ports import Ports, now
from api.services.account_providers import begin, code_of, provider_of
from domain.access.account_providers import SignInRequest, ToShowAgain
from domain.access.accounts import Account
from domain.access.accounts_shown import ShownAccount
from domain.errors import Refusal
from domain.refusals.account_providers import ACCOUNT_NOT_SHOWN_AGAIN, ACCOUNT_OF_ANOTHER, SHOW_AGAIN_SPENT
from domain.types.territory import Administration
from settings import ApiSettings

log = logging.getLogger("api.account_providers")


async def shows_at(ports: Ports, settings: ApiSettings, account: Account) -> Administration | None:
    """At whose provider they can show themselves again; None for whoever has never come with such an account."""
    provider = settings.account_providers.get(account.administration)
    if provider is None or await ports.sign_in_requests.subject_of(account.id, provider.issuer) is None:
        return None
    return ports.administrations[account.administration]


async def begin_again(
    ports: Ports, settings: ApiSettings, who: StaffSession, about: str, browser: str, host: str, next: str
) -> tuple[str, SignInRequest]:
    """Where the browser goes, and what it is known by. Raises `NotFound` for whoever has never come with such an
    account, and what `AccountProviders.address` does."""
    if await shows_at(ports, settings, who.account) is None:
        raise NotFound()
    again = ToShowAgain(session=who.id, account=who.account.id, about=about)
    return await begin(ports, settings, who.account.administration, browser, host, next, again)


async def finish_again(
    ports: Ports, settings: ApiSettings, who: Caller, request: SignInRequest, said: Mapping[str, str]
) -> None:
    """Keep that they have shown themselves, where they have: in that session, as that person, and since they were sent.

    Raises `Refusal`: `show_again_spent`, `account_of_another`, `account_provider_denied`, and what
    `AccountProviders.redeem` does.
    """
    what = request.again
    if what is None or not isinstance(who, StaffSession) or (who.id, who.account.id) != (what.session, what.account):
        raise Refusal(SHOW_AGAIN_SPENT)
    provider = provider_of(settings, request.administration)
    shown = await ports.account_providers.redeem(provider, request, code_of(said), said.get("iss", ""))
    own = await ports.sign_in_requests.subject_of(what.account, provider.issuer)
    if own is None or not hmac.compare_digest(own.encode(), shown.subject.encode()):
        log.warning("account provider of %s: not the subject of %s", request.administration, what.account)
        raise Refusal(ACCOUNT_OF_ANOTHER)
    await ports.accounts_shown.keep(ShownAccount(what=what, shown_at=now()))


async def confirm_shown(ports: Ports, who: StaffSession, about: str, key: str) -> None:
    """They have just shown themselves for exactly that; `key`: of the request, which may be asked again under it.

    Raises `Refusal('account_not_shown_again')`.
    """
    what = ToShowAgain(session=who.id, account=who.account.id, about=about)
    if not key or not await ports.accounts_shown.use(what, key, now()):
        raise Refusal(ACCOUNT_NOT_SHOWN_AGAIN)
