"""Signing in with the account that a member of staff has at their Administration: there, back, and whose it is here."""

import logging
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from api.http.problems import NotFound
from api.ports import Ports, now
from api.services.passkeys import RelyingParty
from domain.access.account_providers import REQUEST_LASTS, AccountProvider, SignInRequest, ToShowAgain
from domain.access.accounts import Account
from domain.errors import Refusal
from domain.ids import AdministrationId
from domain.refusals.account_providers import (
    ACCOUNT_PROVIDER_DENIED,
    ACCOUNT_UNKNOWN_HERE,
    PASSWORD_NOT_TAKEN,
    SIGN_IN_REQUEST_SPENT,
)
from domain.types.territory import Administration
from settings import ApiSettings

log = logging.getLogger("api.account_providers")


@dataclass(frozen=True)
class Arrived:
    """Who has come back, and where they were going."""

    account: Account
    two_factors: bool
    """The provider vouches for a second one."""
    next: str


def provider_of(settings: ApiSettings, administration: str) -> AccountProvider:
    """Raises `NotFound` where that Administration declares none."""
    provider = settings.account_providers.get(AdministrationId(administration))
    if provider is None:
        raise NotFound()
    return provider


def offered(ports: Ports, settings: ApiSettings, only: AdministrationId | None) -> list[Administration]:
    """The Administrations whose accounts may be used to sign in; `only`: at a computer of that one."""
    return [
        known
        for known in ports.administrations.values()
        if known.id in settings.account_providers and only in (None, known.id)
    ]


def takes_passwords(ports: Ports, settings: ApiSettings) -> bool:
    """Whether anybody at all signs in with a password here."""
    providers: Iterator[AccountProvider | None] = map(settings.account_providers.get, ports.administrations)
    return any(provider is None or provider.passwords_of != frozenset() for provider in providers)


def refuse_password(settings: ApiSettings, account: Account) -> None:
    """Raises `Refusal('password_not_taken')` where their Administration wants them to come with its account.

    For whoever has shown the right password: nobody else learns it.
    """
    provider = settings.account_providers.get(account.administration)
    if provider is not None and not provider.takes_password(account.id):
        raise Refusal(PASSWORD_NOT_TAKEN)


def address_of(settings: ApiSettings, host: str) -> str:
    """Under which of its addresses the installation is asked: there the way back ends, and the cookie is found."""
    own, named = settings.public_url.rstrip("/"), RelyingParty.of(settings).origin
    return named if host == urlsplit(named).netloc else own


async def begin(
    ports: Ports,
    settings: ApiSettings,
    administration: str,
    browser: str,
    host: str,
    next: str,
    again: ToShowAgain | None = None,
) -> tuple[str, SignInRequest]:
    """Where the browser goes, and what it is known by. `again`: of whoever is signed in already.

    Raises what `AccountProviders.address` does.
    """
    provider = provider_of(settings, administration)
    back = f"{address_of(settings, host)}/staff/provider/{administration}/back"
    # Two tabs of one browser are one browser; what is no token of ours is replaced.
    kept = browser if len(browser) == 43 and browser.isascii() else secrets.token_urlsafe(32)
    request = SignInRequest(
        state=secrets.token_urlsafe(32),
        browser=kept,
        administration=AdministrationId(administration),
        back=back,
        nonce=secrets.token_urlsafe(32),
        verifier=secrets.token_urlsafe(48),
        next=next,
        ends_at=now() + REQUEST_LASTS,
        again=again,
    )
    address = await ports.account_providers.address(provider, request)
    await ports.sign_in_requests.keep(request)
    return address, request


async def taken(ports: Ports, settings: ApiSettings, administration: str, browser: str, state: str) -> SignInRequest:
    """The request to which somebody comes back. Raises `NotFound` and `Refusal('sign_in_request_spent')`."""
    provider_of(settings, administration)
    request = await ports.sign_in_requests.take(state, browser, now()) if state and browser else None
    if request is None or request.administration != administration:
        raise Refusal(SIGN_IN_REQUEST_SPENT)
    return request


def code_of(said: Mapping[str, str]) -> str:
    """Raises `Refusal('account_provider_denied')`."""
    if said.get("error") or not said.get("code"):
        raise Refusal(ACCOUNT_PROVIDER_DENIED)
    return said["code"]


async def finish(ports: Ports, settings: ApiSettings, request: SignInRequest, said: Mapping[str, str]) -> Arrived:
    """Who has come back with what the provider `said`.

    Raises `Refusal`: `account_provider_denied`, `account_unknown_here`, and what `AccountProviders.redeem` does.
    """
    administration = request.administration
    provider = provider_of(settings, administration)
    who = await ports.account_providers.redeem(provider, request, code_of(said), said.get("iss", ""))
    account = await ports.accounts.called(administration, who.named)
    if account is None:
        log.warning("account provider of %s: no one account in use has that address", administration)
        raise Refusal(ACCOUNT_UNKNOWN_HERE)
    if not await ports.sign_in_requests.bind(account, provider.issuer, who.subject):
        log.warning("account provider of %s: %s is another subject's, or the reverse", administration, account.id)
        raise Refusal(ACCOUNT_UNKNOWN_HERE)
    return Arrived(account, provider.vouches(who.amr, who.acr), request.next)
