"""What a provider publishes of itself: where it is asked, and with which keys it signs. Kept for a while.

Standard: OpenID Connect Discovery 1.0; keys are changed by publishing new ones (Core 1.0, 10.1.1).
"""

import math
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from adapters.account_providers.asking import Asking, ProviderAway

KEPT_FOR = 600.0
LOOKED_AGAIN_AFTER = 10.0
"""Seconds. Tokens that name an unknown key make nobody ask the provider more often."""


@dataclass(frozen=True)
class Published:
    authorization: str
    token: str
    keys_at: str
    end_session: str | None
    names_itself: bool
    """It says on the way back who it is (RFC 9207)."""


@dataclass
class _Kept:
    published: Published
    keys: KeySet
    at: float = field(default_factory=time.monotonic)
    looked_at: float = -math.inf
    """When it was last asked for a key that was not known."""


class Discovery:
    def __init__(self, asking: Asking) -> None:
        self._asking = asking
        self._kept: dict[str, _Kept] = {}

    async def of(self, issuer: str) -> Published:
        """Raises `ProviderAway`."""
        return (await self._fresh(issuer)).published

    async def keys(self, issuer: str, kid: str | None) -> KeySet:
        """Its keys, asked for anew when it signs with one that is not known. Raises `ProviderAway`."""
        kept = await self._fresh(issuer)
        known = kid is None or any(key.kid == kid for key in kept.keys)
        if not known and time.monotonic() - kept.looked_at > LOOKED_AGAIN_AFTER:
            kept.looked_at = time.monotonic()
            kept.keys = await self._keys_at(kept.published.keys_at)
        return kept.keys

    async def _fresh(self, issuer: str) -> _Kept:
        kept = self._kept.get(issuer)
        if kept is None or time.monotonic() - kept.at > KEPT_FOR:
            published = self._read(
                issuer, await self._asking.get(f"{issuer.rstrip('/')}/.well-known/openid-configuration")
            )
            kept = self._kept[issuer] = _Kept(published, await self._keys_at(published.keys_at))
        return kept

    async def _keys_at(self, address: str) -> KeySet:
        said = await self._asking.get(address)
        try:
            return KeySet.import_key_set({"keys": [_public(key) for key in said["keys"]]})
        except (JoseError, ValueError, TypeError, KeyError, AttributeError) as odd:
            raise ProviderAway("publishes no keys") from odd

    def _read(self, issuer: str, said: Mapping[str, Any]) -> Published:
        if said.get("issuer") != issuer:
            raise ProviderAway("publishes another issuer")
        end = said.get("end_session_endpoint")
        return Published(
            authorization=self._asking.checked(said.get("authorization_endpoint")),
            token=self._asking.checked(said.get("token_endpoint")),
            keys_at=self._asking.checked(said.get("jwks_uri")),
            end_session=self._asking.checked(end) if end else None,
            names_itself=said.get("authorization_response_iss_parameter_supported") is True,
        )


def _public(key: dict[str, Any]) -> dict[str, Any]:
    """Without what only its owner may do with it, where a provider publishes that by mistake."""
    return {name: value for name, value in key.items() if name not in ("d", "p", "q", "dp", "dq", "qi", "key_ops")}
