"""The interface of the simulator: entries with their receipts, what stands under a number, revocations."""

import asyncio
import hmac
import json
from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime
from pathlib import Path

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from deploy.reaj.law import NotTaken, check
from deploy.reaj.store import SAFE, Entry, Store
from deploy.reaj.troubles import Trouble, met

SLOW = 2.0


class Pages:
    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._store = Store(directory)
        self._entering = asyncio.Lock()

    def healthz(self, request: Request) -> Response:
        return PlainTextResponse("ok\n")

    async def enter(self, request: Request) -> Response:
        """The same id with the same entry has the receipt of the first time; with another one it is refused."""
        id = request.path_params["id"]
        try:
            told = json.loads(await request.body())
            if not SAFE.fullmatch(id) or not isinstance(told, dict):
                raise ValueError(id)
        except ValueError:
            return JSONResponse({"code": "malformed"}, 422)
        async with self._entering:
            entered = self._store.find(id)
            if entered is not None and entered.told != told:
                return JSONResponse({"code": "another_under_this_id"}, 422)
            if entered is None:
                try:
                    check(told, _today())
                    if self._store.of_document(told["document_sha256"]) is not None:
                        raise NotTaken("entered_already")
                except NotTaken as refused:
                    return JSONResponse({"code": refused.code}, 422)
                entered = await self._store.enter(id, told)
        if met(self._directory, Trouble.ANSWER_LOST) is Trouble.ANSWER_LOST:
            return PlainTextResponse("lost\n", 502)
        wrong = met(self._directory, Trouble.WRONG_RECEIPT) is Trouble.WRONG_RECEIPT
        return JSONResponse({**entered.receipt, "document_sha256": "0" * 64} if wrong else dict(entered.receipt))

    def receipt(self, request: Request) -> Response:
        entered = self._store.find(request.path_params["id"])
        if entered is None:
            return PlainTextResponse("none\n", 404)
        return Response((entered.folder / "receipt.pdf").read_bytes(), media_type="application/pdf")

    def numbered(self, request: Request) -> Response:
        """Law: RDL 6/2023 art. 77, whoever acts for somebody is looked up by the number."""
        entered = self._store.numbered(request.path_params["number"])
        if entered is None:
            return JSONResponse({"code": "unknown"}, 404)
        return JSONResponse({"state": _state(entered), **entered.receipt})

    def revoke(self, request: Request) -> Response:
        entered = self._store.numbered(request.path_params["number"])
        if entered is None:
            return JSONResponse({"code": "unknown"}, 404)
        return JSONResponse(dict(self._store.revoke(entered, datetime.now(UTC))))


def _state(entered: Entry) -> str:
    if entered.revocation is not None:
        return "revoked"
    return "in_force" if date.fromisoformat(entered.receipt["valid_until"]) >= _today() else "lapsed"


def _today() -> date:
    return datetime.now(UTC).date()


def application(directory: Path) -> Starlette:
    pages = Pages(directory)

    def known(answer: Callable[[Request], Awaitable[Response] | Response]) -> Callable[[Request], Awaitable[Response]]:
        async def guarded(request: Request) -> Response:
            token = (directory / "token.txt").read_text()
            if not hmac.compare_digest(request.headers.get("authorization", ""), f"Bearer {token}"):
                return PlainTextResponse("who are you?\n", 401)
            trouble = met(directory, Trouble.DOWN, Trouble.SLOW)
            if trouble is Trouble.DOWN:
                return PlainTextResponse("down\n", 503)
            if trouble is Trouble.SLOW:
                await asyncio.sleep(SLOW)
            made = answer(request)
            return made if isinstance(made, Response) else await made

        return guarded

    return Starlette(
        routes=[
            Route("/healthz", pages.healthz),
            Route("/entries/{id}", known(pages.enter), methods=["PUT"]),
            Route("/entries/{id}/receipt.pdf", known(pages.receipt)),
            Route("/numbers/{number}", known(pages.numbered)),
            Route("/numbers/{number}/revocation", known(pages.revoke), methods=["PUT"]),
        ]
    )
