"""The interface of the simulator: entries with their receipts, what stands under a number, revocations."""

import asyncio
import json
from datetime import UTC, date, datetime
from pathlib import Path

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from deploy.reaj.law import NotTaken, check
from deploy.reaj.store import Entry, Store
from deploy.simulators import serving
from deploy.simulators.keeping import SAFE


class Pages:
    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._store = Store(directory)
        self._entering = asyncio.Lock()

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
        return serving.receipted(self._directory, entered.receipt, document_sha256="0" * 64)

    def receipt(self, request: Request) -> Response:
        entered = self._store.find(request.path_params["id"])
        return serving.receipt_page(entered.folder if entered else None)

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
    return serving.application(
        directory,
        {
            ("PUT", "/entries/{id}"): pages.enter,
            ("GET", "/entries/{id}/receipt.pdf"): pages.receipt,
            ("GET", "/numbers/{number}"): pages.numbered,
            ("PUT", "/numbers/{number}/revocation"): pages.revoke,
        },
    )
