"""Where a standard client of OAuth 2.0 finds how it gets a token here."""

from fastapi import APIRouter

from api.access.permissions import Permission
from api.access.session import requires
from api.deps import SettingsDep
from api.routes.access_tokens import PATH
from api.services.client_statements import SIGNED_WITH
from api.services.idempotency import IdempotentRoute
from domain.access.api_keys import EVIDENCE, PROCEDURES
from domain.base import Value

FOR_PAGES_TOO = True
"""Clients look for it at the root of the host."""

METADATA = "/.well-known/oauth-authorization-server"

router = APIRouter(tags=["sessions"], route_class=IdempotentRoute)


class MtlsEndpoints(Value):
    token_endpoint: str


class ServerMetadata(Value):
    """Standard: RFC 8414, 2; RFC 8705, 3.3 and 5."""

    issuer: str
    token_endpoint: str
    response_types_supported: tuple[str, ...] = ()
    """Nobody is sent here to let a system in: there is no authorisation endpoint."""
    grant_types_supported: tuple[str, ...] = ("client_credentials",)
    scopes_supported: tuple[str, ...] = (PROCEDURES, EVIDENCE)
    token_endpoint_auth_methods_supported: tuple[str, ...]
    token_endpoint_auth_signing_alg_values_supported: tuple[str, ...]
    tls_client_certificate_bound_access_tokens: bool
    """Tokens that were got with a certificate serve whoever shows it alone."""
    mtls_endpoint_aliases: MtlsEndpoints | None = None
    """Where a certificate is asked for, in place of the address above."""
    service_documentation: str


@router.get(
    METADATA,
    summary="Where and how a regional system gets a token",
    dependencies=[requires(Permission.READ_PUBLIC)],
    response_model=ServerMetadata,
    response_model_exclude_none=True,
)
async def read_server_metadata(settings: SettingsDep) -> ServerMetadata:
    """Standard: RFC 8414. Also at `/.well-known/oauth-authorization-server`, where clients look for it."""
    tokens = f"{settings.public_url}/api/v1{PATH}"
    with_certificate = f"{settings.mtls_url}/api/v1{PATH}" if settings.mtls_url else None
    by_certificate = ["self_signed_tls_client_auth"] if with_certificate else []
    return ServerMetadata(
        issuer=settings.public_url,
        token_endpoint=tokens,
        token_endpoint_auth_methods_supported=(
            *("client_secret_basic", "client_secret_post", "private_key_jwt"),
            *by_certificate,
        ),
        token_endpoint_auth_signing_alg_values_supported=SIGNED_WITH,
        tls_client_certificate_bound_access_tokens=bool(with_certificate),
        mtls_endpoint_aliases=MtlsEndpoints(token_endpoint=with_certificate) if with_certificate else None,
        service_documentation=f"{settings.public_url}/api/v1/openapi.json",
    )
