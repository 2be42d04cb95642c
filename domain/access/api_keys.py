"""Regional systems: their keys, and the tokens with which they ask for a quarter of an hour instead of showing a key.

Standard: RFC 6749, 4.4 (client credentials); RFC 7523 (a statement signed by the system stands for its secret);
RFC 8705 (so does its certificate in TLS).
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Protocol

from pydantic import AwareDatetime, Field

from domain.access.coverage import EVERYTHING, Coverage
from domain.base import Value
from domain.ids import AdministrationId

PROCEDURES, EVIDENCE = "procedures", "evidence"
"""Scopes of API keys: to ask for procedures and follow them; to take away what came of those it asked for itself."""


class ApiKey(Value):
    """The key of a regional system, scoped to one Administration."""

    id: str
    administration: AdministrationId
    label: str
    scopes: tuple[str, ...]
    coverage: Coverage = EVERYTHING
    """Of which procedures of the Administration it asks; the others do not exist for it."""
    public_keys: dict[str, object] | None = None
    """JWK Set (RFC 7517) of a system that signs what it says of itself; it has no secret of ours."""
    issued_at: AwareDatetime
    revoked_at: AwareDatetime | None = None


class IssuedApiKey(Value):
    text: str | None = Field(repr=False)
    """`estrado_<id>_<secret>`, shown once; None for a system with keys of its own."""
    key: ApiKey


class ApiKeys(Protocol):
    async def issue(
        self,
        administration: AdministrationId,
        label: str,
        scopes: Sequence[str],
        now: datetime,
        public_keys: Mapping[str, Any] | None = None,
        coverage: Coverage = EVERYTHING,
        seed: bytes | None = None,
    ) -> IssuedApiKey:
        """With `public_keys` (a JWK Set), of a system that has no secret of ours. The same `seed` (32 secret bytes)
        gives the same key again, as it was issued first: whoever had no answer asks once more."""

    async def get(self, id: str) -> ApiKey | None:
        """By its id, unless it is unknown or revoked."""

    async def find(self, text: str) -> ApiKey | None:
        """The key, unless it is malformed, unknown, wrong or revoked."""

    async def of_administration(self, administration: AdministrationId) -> tuple[ApiKey, ...]: ...

    async def cover(self, key: str, coverage: Coverage) -> None:
        """From now on; its tokens too."""

    async def revoke(self, key: str, now: datetime) -> None:
        """By id. Repeating keeps the first hour."""


TOKEN_LASTS = timedelta(minutes=15)

LONGEST_STATEMENT = timedelta(minutes=10)
"""How far ahead the end of a statement may lie: for so long it is remembered, so that it serves once."""


class FoundToken(Value):
    key: ApiKey
    """With the scopes of the token."""
    certificate: str | None
    """SHA-256 of the certificate to which it is bound, in hexadecimal. Standard: RFC 8705, 3."""


class AccessTokens(Protocol):
    async def issue(self, key: ApiKey, scopes: Sequence[str], now: datetime, certificate: str | None = None) -> str:
        """A new token; the store keeps its SHA-256. It is good no longer than its key, and with `certificate` only
        for whoever shows that one."""

    async def find(self, text: str, now: datetime) -> FoundToken | None:
        """What it stands for; None when unknown, over, or its key revoked."""

    async def use_statement(self, key: str, jti: str, ends_at: datetime) -> bool:
        """False when that system has shown a statement of this name already."""

    async def purge(self, now: datetime) -> None: ...
