"""The account provider of an Administration: the server that knows its staff, and says who has come (OpenID Connect).

Standard: OpenID Connect Core 1.0, RFC 7636 (PKCE), RFC 9207 (who answers), RFC 9700 (what may go wrong).
"""

import hashlib
from base64 import urlsafe_b64encode
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol, Self

from pydantic import AwareDatetime, Field, model_validator

from domain.access.accounts import Account
from domain.base import Value
from domain.ids import AccountId, AdministrationId

REQUEST_LASTS = timedelta(minutes=5)
"""From the button to the way back; a request is good once."""


class AccountProvider(Value):
    """What an installation knows of it."""

    issuer: str = Field(pattern=r"^https?://[^\s?#]+$")
    """As the provider spells it in its discovery document, to the letter."""
    client_id: str = Field(min_length=1, max_length=200)
    client_secret_file: Path | None = None
    client_key_file: Path | None = None
    """PEM; then a statement signed with it stands for the secret (private_key_jwt)."""
    claim: str = Field(default="email", pattern=r"^[A-Za-z0-9_.:/-]{1,100}$")
    """The claim that names the account: its value is the e-mail address of the account here."""
    scopes: tuple[str, ...] = ("openid", "email")
    amr: tuple[str, ...] = ()
    """Any of these words among the methods that the provider tells vouches for a second factor (RFC 8176)."""
    acr: tuple[str, ...] = ()
    """So does any of these classes, which are asked for. None of either: a passkey is asked for as after a password."""
    passwords_of: frozenset[AccountId] | None = None
    """Who may sign in with a password all the same, for the day on which the provider is away; None: everybody."""

    @model_validator(mode="after")
    def _has_one_secret(self) -> Self:
        if (self.client_secret_file is None) == (self.client_key_file is None):
            raise ValueError("give client_secret_file or client_key_file")
        if "openid" not in self.scopes:
            raise ValueError("scopes name openid")
        return self

    def vouches(self, amr: frozenset[str], acr: str) -> bool:
        """Whether what it tells of a sign-in is a second factor."""
        return bool(amr.intersection(self.amr)) or acr in self.acr

    def takes_password(self, account: AccountId) -> bool:
        return self.passwords_of is None or account in self.passwords_of


class ToShowAgain(Value):
    """Somebody who is signed in, and shows the account again before one act; what is shown serves for nothing else."""

    session: str
    account: AccountId
    about: str
    """SHA-256 of the document that is to be signed, or `passkeys`."""


class SignInRequest(Value):
    """Somebody who was sent to the provider, and is expected back in the same browser."""

    state: str = Field(repr=False)
    """Random; the store keeps its SHA-256."""
    browser: str = Field(repr=False)
    """Random, in a cookie; the store keeps its SHA-256."""
    administration: AdministrationId
    back: str
    """Where the provider sends them."""
    nonce: str = Field(repr=False)
    verifier: str = Field(repr=False)
    next: str
    """The page on which they were."""
    ends_at: AwareDatetime
    again: ToShowAgain | None = None
    """None: they sign in."""

    @property
    def begun_at(self) -> datetime:
        return self.ends_at - REQUEST_LASTS

    @property
    def challenge(self) -> str:
        """S256 of RFC 7636."""
        return urlsafe_b64encode(hashlib.sha256(self.verifier.encode()).digest()).rstrip(b"=").decode()


class SaidByProvider(Value):
    """Who has come, as the provider has signed it."""

    subject: str
    """Its own name for them, which it gives to nobody else."""
    named: str
    """The value of the configured claim."""
    amr: frozenset[str] = frozenset()
    acr: str = ""


class SignInRequests(Protocol):
    """A port, implemented by `adapters/postgres/sign_in_requests.py`; every method may raise `TryAgain`."""

    async def keep(self, request: SignInRequest) -> None: ...

    async def take(self, state: str, browser: str, now: datetime) -> SignInRequest | None:
        """The request, once, for the browser that was sent; None when it was taken, is unknown or over."""

    async def bind(self, account: Account, issuer: str, subject: str) -> bool:
        """From now on that account is this subject's; False where it, or the subject, is another's already."""

    async def subject_of(self, account: AccountId, issuer: str) -> str | None:
        """Whose that account is there; None where nobody has come with it yet."""

    async def unbind(self, account: AccountId, by: AccountId, now: datetime) -> None:
        """The next subject that names the account gets it; its sessions end. By an administrator."""

    async def purge(self, now: datetime) -> None:
        """Forget those who have not come back in time."""


class AccountProviders(Protocol):
    """A port, implemented by `adapters/account_providers/`. Every method raises `Refusal('account_provider_away')`
    where the provider does not answer, or not as itself."""

    async def address(self, provider: AccountProvider, request: SignInRequest) -> str:
        """Where the browser goes."""

    async def redeem(self, provider: AccountProvider, request: SignInRequest, code: str, issuer: str) -> SaidByProvider:
        """Who has come back with `code`; `issuer`: who answered, as the way back says, where it does.

        Raises `Refusal('account_provider_answer')` for whatever is not a fresh, signed answer to this request, and
        `Refusal('account_not_asked_for_again')` where the account was to be shown again and has not been since.
        """

    async def leaving(self, provider: AccountProvider, back: str) -> str | None:
        """Where the browser ends the session there and is sent to `back`; None where there is no such page."""
