"""The simulator on the wire: discovery, keys, the page on which people sign in, and the tokens for their codes.

Strict: what OpenID Connect Core 1.0, RFC 7636 and RFC 9700 ask of a client is insisted on.
"""

import asyncio
import hashlib
import json
import secrets
import time
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from deploy.account_provider.clients import Clients
from deploy.account_provider.issuing import CODE_LASTS, TOKEN_LASTS, Code, Issuing
from deploy.account_provider.place import CLIENT
from deploy.account_provider.troubles import Trouble
from deploy.account_provider.words import WORDS
from deploy.clave.pages import HTML as SHARED
from deploy.clave.pages import language_of
from deploy.simulators.serving import healthz
from deploy.simulators.troubles import met

HTML = Path(__file__).parent / "html"
PASSWORD = "246810"  # noqa: S105 - everybody's: nobody is really known here
ASKED = ("client_id", "redirect_uri", "state", "nonce", "code_challenge")
TOO_SLOW = 30.0
SESSION_COOKIE = "account-provider"


@dataclass(frozen=True)
class Session:
    """Somebody who has signed in here with that browser, and is not asked again until they leave."""

    email: str
    two_factors: bool
    shown_at: float = field(default_factory=time.time)

    def serves(self, asked: Mapping[str, str]) -> bool:
        """Whether the request may be answered without asking (Core 3.1.2.1: `prompt`, `max_age`)."""
        longest = asked.get("max_age", "")
        young = not longest.isdecimal() or time.time() - self.shown_at < int(longest)
        return "login" not in asked.get("prompt", "").split() and young


class Pages:
    def __init__(self, directory: Path, url: str) -> None:
        self._directory = directory
        self._url = url
        self._issuing = Issuing(directory, url)
        self._clients = Clients(directory, f"{url}/token")
        self._codes: dict[str, Code] = {}
        self._sessions: dict[str, Session] = {}
        self._templates = Environment(
            loader=FileSystemLoader([HTML, SHARED]), autoescape=True, undefined=StrictUndefined
        )

    def style(self, request: Request) -> Response:
        return Response((SHARED / "style.css").read_bytes(), media_type="text/css")

    def discovery(self, request: Request) -> Response:
        return JSONResponse(
            {
                "issuer": self._url,
                "authorization_endpoint": f"{self._url}/authorize",
                "token_endpoint": f"{self._url}/token",
                "jwks_uri": f"{self._url}/keys",
                "end_session_endpoint": f"{self._url}/out",
                "response_types_supported": ["code"],
                "subject_types_supported": ["public"],
                "id_token_signing_alg_values_supported": ["ES256"],
                "token_endpoint_auth_methods_supported": ["client_secret_basic", "private_key_jwt"],
                "code_challenge_methods_supported": ["S256"],
                "authorization_response_iss_parameter_supported": True,
            }
        )

    def keys(self, request: Request) -> Response:
        return JSONResponse(self._issuing.keys())

    def ask(self, request: Request) -> Response:
        """The browser comes with a request."""
        asked = request.query_params
        if not self._is_good(asked):
            return self._told(request, "untrusted", 400)
        session = self._sessions.get(request.cookies.get(SESSION_COOKIE, ""))
        if session is not None and session.serves(asked):
            return self._let_pass(asked, session, Trouble.NONE)
        return self._form(request, asked, again=session is not None)

    async def enter(self, request: Request) -> Response:
        form = await request.form()
        asked = {name: str(form.get(name, "")) for name in ASKED}
        if not self._is_good(asked):
            return self._told(request, "untrusted", 400)
        if form.get("do") == "cancel":
            return self._back(asked, {"error": "access_denied"}, self._url)
        email = str(form.get("email", "")).strip().lower()
        if form.get("password") != PASSWORD or "@" not in email:
            return self._form(request, asked, wrong="wrong")
        trouble = met(self._directory, *Trouble) or Trouble(str(form.get("trouble") or Trouble.NONE.value))
        session = Session(email, bool(form.get("two")))
        response = self._let_pass(asked, session, trouble)
        kept = secrets.token_urlsafe(24)
        self._sessions[kept] = session
        response.set_cookie(SESSION_COOKIE, kept, httponly=True, samesite="lax")
        return response

    async def token(self, request: Request) -> Response:
        form = await request.form()
        if not self._clients.is_ours(request.headers.get("authorization", ""), form):
            return JSONResponse({"error": "invalid_client"}, 401)
        code = self._codes.pop(str(form.get("code", "")), None)
        if code is None or form.get("grant_type") != "authorization_code" or not _fits(code, form):
            return JSONResponse({"error": "invalid_grant"}, 400)
        match code.trouble:
            case Trouble.CODE_REFUSED:
                return JSONResponse({"error": "invalid_grant"}, 400)
            case Trouble.OUTAGE:
                return PlainTextResponse("away\n", 503)
            case Trouble.REDIRECTING:
                return RedirectResponse(f"{self._url}/keys", 307)
            case Trouble.ENDLESS:
                return PlainTextResponse('{"id_token": "' + "x" * 2_000_000 + '"}')
            case Trouble.NO_JSON:
                return PlainTextResponse("<html>")
            case Trouble.SLOW:
                await asyncio.sleep(TOO_SLOW)
        said = {"access_token": secrets.token_urlsafe(16), "token_type": "Bearer", "expires_in": TOKEN_LASTS}
        if code.trouble is not Trouble.NO_TOKEN:
            said["id_token"] = self._issuing.id_token(code)
        return JSONResponse(said, headers={"Cache-Control": "no-store"})

    def out(self, request: Request) -> Response:
        back = request.query_params.get("post_logout_redirect_uri", "")
        if request.query_params.get("client_id") != CLIENT or back not in self._client()["out"]:
            return self._told(request, "untrusted", 400)
        self._sessions.pop(request.cookies.get(SESSION_COOKIE, ""), None)
        return self._page(request, "out.html", back=back)

    def nothing(self, request: Request) -> Response:
        return self._told(request, "nothing", 200)

    def _client(self) -> dict[str, list[str]]:
        known: dict[str, list[str]] = json.loads((self._directory / "client.json").read_text())
        return known

    def _is_good(self, asked: Mapping[str, str]) -> bool:
        """The client is known, it wants a code, and proves later that it asked for it."""
        told = all(asked.get(name) for name in ASKED) and asked.get("response_type", "code") == "code"
        proof = asked.get("code_challenge_method", "S256") == "S256" and len(asked.get("code_challenge", "")) == 43
        ours = asked.get("client_id") == CLIENT and asked.get("redirect_uri") in self._client()["back"]
        return told and proof and ours and "openid" in asked.get("scope", "openid").split()

    def _form(self, request: Request, asked: Mapping[str, str], wrong: str = "", again: bool = False) -> Response:
        people = json.loads((self._directory / "people.json").read_text())
        back = urlsplit(asked["redirect_uri"])
        return self._page(
            request, "enter.html", f"{back.scheme}://{back.netloc}", asked={name: asked[name] for name in ASKED},
            people=people, wrong=wrong, again=again, password=PASSWORD, troubles=[trouble.value for trouble in Trouble],
        )  # fmt: skip

    def _let_pass(self, asked: Mapping[str, str], who: Session, trouble: Trouble) -> Response:
        code = secrets.token_urlsafe(24)
        self._codes[code] = Code(
            email=who.email,
            nonce=asked["nonce"],
            challenge=asked["code_challenge"],
            back=asked["redirect_uri"],
            two_factors=who.two_factors,
            trouble=trouble,
            shown_at=who.shown_at,
        )
        issuer = "https://accounts.example" if trouble is Trouble.POSING else self._url
        return self._back(asked, {"code": code}, issuer)

    def _back(self, asked: Mapping[str, str], said: dict[str, str], issuer: str) -> Response:
        query = urlencode({**said, "state": asked["state"], "iss": issuer})
        return RedirectResponse(f"{asked['redirect_uri']}?{query}", 303)

    def _told(self, request: Request, said: str, status: int) -> Response:
        return self._page(request, "told.html", status=status, heading=f"{said}_title", said=said)

    def _page(self, request: Request, template: str, towards: str = "", status: int = 200, **shown: object) -> Response:
        language = language_of(request)
        page = self._templates.get_template(template).render(language=language, words=WORDS[language], **shown)
        policy = "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'"
        headers = {
            "Content-Security-Policy": f"{policy}; form-action 'self' {towards}".rstrip(),
            "Cache-Control": "no-store",
            "Content-Language": language,
        }
        return HTMLResponse(page, status, headers=headers)


def _fits(code: Code, form: Mapping[str, object]) -> bool:
    proven = urlsafe_b64encode(hashlib.sha256(str(form.get("code_verifier", "")).encode()).digest())
    fresh = time.monotonic() - code.made < CODE_LASTS
    return fresh and form.get("redirect_uri") == code.back and proven.rstrip(b"=").decode() == code.challenge


def application(directory: Path, url: str) -> Starlette:
    pages = Pages(directory, url)
    return Starlette(
        routes=[
            Route("/", pages.nothing),
            Route("/healthz", healthz),
            Route("/style.css", pages.style),
            Route("/.well-known/openid-configuration", pages.discovery),
            Route("/keys", pages.keys),
            Route("/authorize", pages.ask),
            Route("/enter", pages.enter, methods=["POST"]),
            Route("/token", pages.token, methods=["POST"]),
            Route("/out", pages.out),
        ]
    )
