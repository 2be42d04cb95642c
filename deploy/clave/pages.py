"""The page of the simulator: a number and a PIN, what can go wrong on demand, and the way back with a signed answer."""

import asyncio
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.applications import Starlette
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from deploy.clave.issuing import Asked, Known, Provider
from deploy.clave.troubles import Trouble
from deploy.clave.words import WORDS
from deploy.simulators.serving import healthz
from deploy.simulators.troubles import met

HTML = Path(__file__).parent / "html"
PIN = "246810"
"""Everybody's: nobody is really identified here."""

SOMEBODY_ELSE = Known("99000000L", "Otra", "Persona Cualquiera")
AHEAD = timedelta(minutes=10)


class Pages:
    """Over one provider and the people of `people.json`, by number."""

    def __init__(self, directory: Path, provider: Provider) -> None:
        self._directory = directory
        self._provider = provider
        self._templates = Environment(loader=FileSystemLoader(HTML), autoescape=True, undefined=StrictUndefined)

    def style(self, request: Request) -> Response:
        return Response((HTML / "style.css").read_bytes(), media_type="text/css")

    def script(self, request: Request) -> Response:
        return Response((HTML / "send.js").read_bytes(), media_type="text/javascript")

    def metadata(self, request: Request) -> Response:
        return Response(self._provider.metadata(), media_type="application/samlmetadata+xml")

    def nothing(self, request: Request) -> Response:
        return self._page(request, "told.html", heading="title", said="nothing")

    async def ask(self, request: Request) -> Response:
        """The browser comes with a request."""
        return await self._asked(request, await request.form())

    async def identify(self, request: Request) -> Response:
        form = await request.form()
        if form.get("do") == "cancel":
            asked = await self._read(form)
            denied = await asyncio.to_thread(self._provider.failure, asked, "Responder", "RequestDenied")
            return self._done(request, asked, form, denied)
        person = self._person(form)
        if form.get("pin") != PIN or person is None:
            return await self._asked(request, form, "unknown" if form.get("pin") == PIN else "wrong_pin")
        asked = await self._read(form)
        trouble = met(self._directory, *Trouble) or Trouble(str(form.get("trouble") or Trouble.NONE.value))
        if trouble is Trouble.OUTAGE:
            return self._away(request)
        return self._done(request, asked, form, await asyncio.to_thread(self._answer, asked, person, trouble))

    def _answer(self, asked: Asked, person: Known, trouble: Trouble) -> str:
        if trouble is Trouble.FAILED:
            return self._provider.failure(asked, "Responder", "AuthnFailed")
        level = "low" if trouble is Trouble.LOW_ASSURANCE else asked.level
        who = SOMEBODY_ELSE if trouble is Trouble.ANOTHER_PERSON else person
        at = datetime.now(UTC) + (AHEAD if trouble is Trouble.CLOCK_AHEAD else timedelta())
        answer = self._provider.encrypted if trouble is Trouble.ENCRYPTED else self._provider.answer
        return answer(asked, who, level, at)

    def _person(self, form: FormData) -> Known | None:
        number = "".join(sign for sign in str(form.get("number", "")).upper() if sign.isalnum())
        people = json.loads((self._directory / "people.json").read_text())
        name = people.get(number) or " ".join(str(form.get("name", "")).split())
        given, _, family = name.partition(" ")
        return Known(number, given, family) if number and family else None

    async def _asked(self, request: Request, form: FormData, wrong: str = "") -> Response:
        if met(self._directory, Trouble.OUTAGE):
            return self._away(request)
        try:
            asked = await self._read(form)
        except Exception:  # the library has no one root of its errors
            return self._page(request, "told.html", 400, heading="untrusted", said="untrusted_words")
        return self._page(
            request,
            "identify.html",
            asked=asked,
            wrong=wrong,
            pin=PIN,
            request_value=form.get("SAMLRequest", ""),
            relay=form.get("RelayState", ""),
            number=form.get("number", ""),
            name=form.get("name", ""),
            troubles=[trouble.value for trouble in Trouble],
        )

    async def _read(self, form: FormData) -> Asked:
        return await asyncio.to_thread(self._provider.read, str(form.get("SAMLRequest", "")))

    def _done(self, request: Request, asked: Asked, form: FormData, answer: str) -> Response:
        parts = urlsplit(asked.address)
        return self._page(
            request,
            "done.html",
            towards=f"{parts.scheme}://{parts.netloc}",
            address=asked.address,
            answer=answer,
            relay=form.get("RelayState", ""),
        )

    def _away(self, request: Request) -> Response:
        return self._page(request, "told.html", 503, heading="away", said="away_words")

    def _page(self, request: Request, template: str, status: int = 200, towards: str = "", **shown: object) -> Response:
        language = language_of(request)
        page = self._templates.get_template(template).render(language=language, words=WORDS[language], **shown)
        policy = "default-src 'none'; style-src 'self'; script-src 'self'; base-uri 'none'; frame-ancestors 'none'"
        policy += f"; form-action 'self' {towards}".rstrip()
        headers = {"Content-Security-Policy": policy, "Cache-Control": "no-store", "Content-Language": language}
        return HTMLResponse(page, status, headers=headers)


def language_of(request: Request) -> str:
    asked = [request.query_params.get("lang", "")]
    asked += [entry.strip()[:2].lower() for entry in request.headers.get("accept-language", "").split(",")]
    return next((language for language in asked if language in WORDS), "es")


def application(directory: Path, provider: Provider) -> Starlette:
    pages = Pages(directory, provider)
    return Starlette(
        routes=[
            Route("/", pages.nothing),
            Route("/healthz", healthz),
            Route("/style.css", pages.style),
            Route("/send.js", pages.script),
            Route("/metadata", pages.metadata),
            Route("/sso", pages.ask, methods=["POST"]),
            Route("/identify", pages.identify, methods=["POST"]),
        ]
    )
