"""A regional system that asks with its key."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from fastapi import Request

from api.access.permissions import CallerKind
from api.http.client_certificates import certificate_of
from api.ports import Ports, now
from domain.access.api_keys import EVIDENCE, ApiKey
from domain.errors import Refusal
from domain.refusals.access import API_KEY_REFUSED, TOKEN_OF_ANOTHER_CERTIFICATE


@dataclass(frozen=True)
class Machine:
    key: ApiKey
    id_keys: Sequence[bytes] = field(default=(), repr=False)
    """Of the ids of procedures: they tell which of them a system asked for."""

    @property
    def kinds(self) -> frozenset[CallerKind]:
        kind = CallerKind.CASE_SYSTEM if EVIDENCE in self.key.scopes else CallerKind.REGIONAL_SYSTEM
        return frozenset({kind, CallerKind.ANYONE})

    @property
    def ref(self) -> str:
        return self.key.id


async def key_shown(request: Request, ports: Ports, text: str) -> ApiKey:
    """The key, or that of a token. Standard: RFC 8705, 3: a token that is bound to a certificate opens nothing for
    whoever shows another one, or none.

    Raises `Refusal('api_key_refused')` and `Refusal('token_of_another_certificate')`.
    """
    if api_key := await ports.api_keys.find(text):
        return api_key
    found = await ports.access_tokens.find(text, now())
    if found is None:
        raise Refusal(API_KEY_REFUSED)
    if found.certificate not in (None, certificate_of(request)):
        raise Refusal(TOKEN_OF_ANOTHER_CERTIFICATE)
    return found.key
