"""Signing in with an account provider: authorization code with PKCE, state and nonce."""

import logging
from collections.abc import Mapping, Sequence
from urllib.parse import quote, urlencode

import aiohttp

from adapters.account_providers.asking import SECONDS_TO_ANSWER, Asking, CodeRefused, ProviderAway
from adapters.account_providers.discovery import Discovery, Published
from adapters.account_providers.tokens import NotAnAnswer, NotAskedAgain, kid_of, said_in, signed_statement
from domain.access.account_providers import AccountProvider, SaidByProvider, SignInRequest
from domain.errors import Refusal
from domain.refusals.account_providers import (
    ACCOUNT_NOT_ASKED_FOR_AGAIN,
    ACCOUNT_PROVIDER_ANSWER,
    ACCOUNT_PROVIDER_AWAY,
)

log = logging.getLogger("api.account_providers")

STATEMENT = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"


class AccountProvidersOidc:
    """`AccountProviders`."""

    def __init__(self, resident: Sequence[str], clear: Sequence[str], patience: float = SECONDS_TO_ANSWER) -> None:
        self._asking = Asking(resident, clear, patience)
        self._discovery = Discovery(self._asking)

    async def address(self, provider: AccountProvider, request: SignInRequest) -> str:
        published = await self._published(provider)
        asked = {
            "response_type": "code",
            "client_id": provider.client_id,
            "redirect_uri": request.back,
            "scope": " ".join(provider.scopes),
            "state": request.state,
            "nonce": request.nonce,
            "code_challenge": request.challenge,
            "code_challenge_method": "S256",
        }
        if request.again is not None:
            # Whoever has a session there shows themselves all the same, and the answer says when (Core 3.1.2.1).
            asked |= {"prompt": "login", "max_age": "0"}
        if provider.acr:
            asked["acr_values"] = " ".join(provider.acr)
        return _with(published.authorization, asked)

    async def redeem(self, provider: AccountProvider, request: SignInRequest, code: str, issuer: str) -> SaidByProvider:
        published = await self._published(provider)
        try:
            if (issuer or published.names_itself) and issuer != provider.issuer:
                raise NotAnAnswer("another provider answers")
            token = (await self._tokens(provider, published, request, code)).get("id_token")
            if not isinstance(token, str):
                raise NotAnAnswer("there is no id_token")
            keys = await self._discovery.keys(provider.issuer, kid_of(token))
            return said_in(token, keys, provider, request)
        except CodeRefused as refused:
            log.warning("account provider of %s: does not take the code", request.administration)
            raise Refusal(ACCOUNT_PROVIDER_ANSWER) from refused
        except NotAskedAgain as stale:
            log.error("account provider of %s: %s", request.administration, stale)
            raise Refusal(ACCOUNT_NOT_ASKED_FOR_AGAIN) from stale
        except NotAnAnswer as odd:
            log.error("account provider of %s: %s", request.administration, odd)
            raise Refusal(ACCOUNT_PROVIDER_ANSWER) from odd
        except ProviderAway as away:
            raise _away(provider, away) from away

    async def leaving(self, provider: AccountProvider, back: str) -> str | None:
        published = await self._published(provider)
        if published.end_session is None:
            return None
        return _with(published.end_session, {"client_id": provider.client_id, "post_logout_redirect_uri": back})

    async def _tokens(
        self, provider: AccountProvider, published: Published, request: SignInRequest, code: str
    ) -> Mapping[str, object]:
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": request.back,
            "code_verifier": request.verifier,
        }
        try:
            if provider.client_key_file is not None:
                statement = signed_statement(provider.client_key_file, provider.client_id, published.token)
                said = {"client_id": provider.client_id, "client_assertion_type": STATEMENT}
                return await self._asking.post(published.token, {**form, **said, "client_assertion": statement})
            assert provider.client_secret_file is not None
            secret = provider.client_secret_file.read_text().strip()
        except (OSError, ValueError) as unread:
            raise ProviderAway(f"the file that shows us to it: {type(unread).__name__}") from unread
        # Standard: RFC 6749 2.3.1, both encoded as in a form.
        basic = aiohttp.encode_basic_auth(quote(provider.client_id, safe=""), quote(secret, safe=""))
        return await self._asking.post(published.token, form, basic)

    async def _published(self, provider: AccountProvider) -> Published:
        try:
            return await self._discovery.of(provider.issuer)
        except ProviderAway as away:
            raise _away(provider, away) from away


def _away(provider: AccountProvider, away: ProviderAway) -> Refusal:
    log.error("account provider %s: %s", provider.issuer, away)
    return Refusal(ACCOUNT_PROVIDER_AWAY)


def _with(address: str, asked: Mapping[str, str]) -> str:
    return f"{address}{'&' if '?' in address else '?'}{urlencode(asked)}"
