"""Tokens of regional systems, for those that do not want to show their key with each request."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Form, Request
from fastapi.responses import JSONResponse

from api.access.limits import limited
from api.access.permissions import Permission
from api.access.session import requires
from api.deps import PortsDep, SettingsDep
from api.http.client_certificates import certificate_of
from api.http.problems import MEDIA_TYPE
from api.ports import now
from api.services.access_tokens import TokenRefused, client_of, scopes_of
from domain.access.api_keys import TOKEN_LASTS
from domain.base import Value
from settings import ApiSettings

router = APIRouter(tags=["sessions"])

PATH = "/oauth/token"


class AccessToken(Value):
    access_token: str
    token_type: Literal["Bearer"] = "Bearer"  # noqa: S105 - a kind of token
    expires_in: int
    """Seconds."""
    scope: str


class TokenProblem(Value):
    """Standard: RFC 6749, 5.2."""

    error: str
    error_description: str


OR_A_PROBLEM = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
"""What cannot be read is refused as everywhere."""

REFUSALS: dict[int | str, dict[str, Any]] = {
    status: {"model": TokenProblem, "content": dict(OR_A_PROBLEM), "description": said}
    for status, said in (
        (400, "The request is not well formed, or asks for what it may not"),
        (401, "Not a client of ours, or not with what it showed"),
    )
}


@router.post(
    PATH,
    summary="Get a token for a regional system",
    dependencies=[requires(Permission.SIGN_IN), limited("token", 60)],
    response_model=AccessToken,
    responses=REFUSALS,
)
async def issue_token(
    request: Request,
    ports: PortsDep,
    settings: SettingsDep,
    grant_type: Annotated[str, Form(examples=["client_credentials"])] = "",
    client_id: Annotated[str | None, Form(max_length=200)] = None,
    client_secret: Annotated[str | None, Form(max_length=200)] = None,
    client_assertion_type: Annotated[str | None, Form(max_length=200)] = None,
    client_assertion: Annotated[str | None, Form(max_length=8000)] = None,
    scope: Annotated[str, Form(max_length=200)] = "",
) -> AccessToken | JSONResponse:
    """Standard: RFC 6749, 4.4. It wants no Idempotency-Key: a token more is no harm, and ends by itself.

    `client_id` is the id of the key. The secret is the whole key, in `Authorization: Basic` or in the form; or, for a
    system whose public keys are registered, a statement that it signs (`client_assertion`, RFC 7523), or nothing but
    the certificate of one of those keys (`x5c`), shown in TLS: then the token serves whoever shows that certificate
    alone (RFC 8705)."""
    told = {
        "client_id": client_id,
        "client_secret": client_secret,
        "client_assertion_type": client_assertion_type,
        "client_assertion": client_assertion,
    }
    audiences = (*(f"{url}/api/v1{PATH}" for url in _urls(settings)), settings.public_url)
    shown = request.headers.get("authorization", "")
    at = now()
    try:
        if len((await request.form()).multi_items()) != len(await request.form()):
            raise TokenRefused("invalid_request", "a parameter is given twice")
        if grant_type != "client_credentials":
            raise TokenRefused("unsupported_grant_type", "grant_type is client_credentials")
        form = {name: value for name, value in told.items() if value is not None}
        key, certificate = await client_of(ports, shown, form, certificate_of(request), audiences, at)
        scopes = scopes_of(key, scope)
    except TokenRefused as refused:
        return _refusal(refused)
    token = await ports.access_tokens.issue(key, scopes, at, certificate)
    return AccessToken(access_token=token, expires_in=int(TOKEN_LASTS.total_seconds()), scope=" ".join(scopes))


def _urls(settings: ApiSettings) -> tuple[str, ...]:
    """Where this interface is reached."""
    return (settings.public_url, settings.mtls_url) if settings.mtls_url else (settings.public_url,)


def _refusal(refused: TokenRefused) -> JSONResponse:
    body = TokenProblem(error=refused.error, error_description=str(refused))
    headers = {"WWW-Authenticate": 'Basic realm="estrado"'} if refused.status == 401 else {}
    return JSONResponse(body.model_dump(), refused.status, headers)
