"""What a page may ask of the agent, over HTTP on the loopback address of its own computer."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from scanning.pairing import Pairing
from scanning.scanner import COLOURS, WHICH, Driver, ScannerTrouble

MORE_PAGES = "More-Pages"
"""Of a page: `yes` when the feeder may have a next one."""

Answer = Callable[[Request], Awaitable[Response]]


class NotAllowed(Exception):
    """`code` says what the page lacks."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Agent:
    """Every answer that is no success is `{"code": ...}`: `not_our_page`, `not_paired` or `wrong_code` (403),
    `wrong_request` (422), and what the person at the scanner has to settle (409, `ScannerTrouble`)."""

    def __init__(self, origin: str, hosts: frozenset[str], pairing: Pairing, scanners: Driver) -> None:
        """`origin`: of our pages. `hosts`: the names under which a browser may reach this agent."""
        self._origin, self._hosts = origin, hosts
        self._pairing, self._scanners = pairing, scanners
        self._shared = {
            "Access-Control-Allow-Origin": origin,
            "Access-Control-Allow-Headers": "authorization, content-type",
            "Access-Control-Allow-Methods": "GET, POST",
            # Standard: Private Network Access; Chromium asks before a public page may speak to this computer.
            "Access-Control-Allow-Private-Network": "true",
            "Access-Control-Expose-Headers": MORE_PAGES,
            "Access-Control-Max-Age": "600",
            "Cache-Control": "no-store",
            "Vary": "Origin",
        }

    def app(self) -> Starlette:
        routes: tuple[tuple[str, str, Answer], ...] = (
            ("/pair", "POST", self.pair),
            ("/scanners", "GET", self.list_scanners),
            ("/pages", "POST", self.scan_page),
        )
        return Starlette(
            lifespan=self._serving,
            routes=[
                Route("/healthz", _is_well),
                *(Route(path, self._answering(answer), methods=[method, "OPTIONS"]) for path, method, answer in routes),
            ],
        )

    @asynccontextmanager
    async def _serving(self, app: Starlette) -> AsyncIterator[None]:
        yield
        await self._scanners.close()

    async def pair(self, request: Request) -> Response:
        session, told = _session(request), await _json(request)
        if not session:
            raise ValueError("a session is needed")
        if not self._pairing.pair(str(told["code"]).replace(" ", ""), session):
            raise NotAllowed("wrong_code")
        return Response(status_code=204)

    async def list_scanners(self, request: Request) -> Response:
        self._require_paired(request)
        return JSONResponse([{"id": one.id, "name": one.name} for one in await self._scanners.found()])

    async def scan_page(self, request: Request) -> Response:
        self._require_paired(request)
        told = await _json(request)
        which = told.get("which", "one")
        if told["colours"] not in COLOURS or which not in WHICH:
            raise ValueError("unknown colours, or which page is wanted")
        page = await self._scanners.page(str(told["scanner"]), told["colours"], which)
        if page is None:
            return Response(status_code=204)
        return Response(page.picture, media_type=page.media_type, headers={MORE_PAGES: "yes"} if page.more else None)

    def _require_paired(self, request: Request) -> None:
        if not self._pairing.knows(_session(request)):
            raise NotAllowed("not_paired")

    def _answering(self, answer: Answer) -> Answer:
        async def asked(request: Request) -> Response:
            # The name too: a page elsewhere may have its own name lead to this computer.
            if request.headers.get("Origin") != self._origin or request.headers.get("Host") not in self._hosts:
                return JSONResponse({"code": "not_our_page"}, 403)
            made = Response(status_code=204) if request.method == "OPTIONS" else await _told(answer, request)
            made.headers.update(self._shared)
            return made

        return asked


async def _is_well(request: Request) -> Response:
    """For whoever starts the agent; it says nothing but that it serves."""
    return Response()


async def _told(answer: Answer, request: Request) -> Response:
    """The answer, or why there is none."""
    try:
        return await answer(request)
    except NotAllowed as reason:
        return JSONResponse({"code": reason.code}, 403)
    except ScannerTrouble as trouble:
        return JSONResponse({"code": trouble.code}, 409)
    except (KeyError, TypeError, ValueError):
        return JSONResponse({"code": "wrong_request"}, 422)


async def _json(request: Request) -> dict[str, Any]:
    told = await request.json()
    if not isinstance(told, dict):
        raise TypeError("an object is needed")
    return told


def _session(request: Request) -> str:
    """What stands for the session of whoever asks; made by the page, and not the session itself."""
    kind, _, value = request.headers.get("Authorization", "").partition(" ")
    return value if kind == "Bearer" and 20 <= len(value) <= 200 else ""
