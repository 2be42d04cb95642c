"""The interface of the simulator: deliveries with their receipts, and mailboxes with what is answered."""

import asyncio
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from deploy.lexnet.annex import NotTaken, check
from deploy.lexnet.authority import answers, now
from deploy.lexnet.store import Delivery, Store
from deploy.simulators import serving
from deploy.simulators.troubles import Trouble, met


class Pages:
    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._store = Store(directory)
        self._filing = asyncio.Lock()

    async def deliver(self, request: Request) -> Response:
        """The same message again has the receipt of the first time, and is filed once."""
        message = request.path_params["message"]
        async with request.form(max_part_size=32 * 1024**2) as form:
            told = json.loads(str(form["delivery"]))
            came = [await file.read() for file in form.getlist("file") if isinstance(file, UploadFile)]
        async with self._filing:
            filed = self._store.find(message)
            if filed is None:
                announced = {file["name"]: file["sha256"] for file in told["files"]}
                files = dict(zip(announced, came, strict=False))
                try:
                    check(told["recipient"], announced, files)
                except NotTaken as refused:
                    return JSONResponse(refused.told, 422)
                filed = await self._store.file(message, told, files)
        return serving.receipted(self._directory, filed.receipt, message="another")

    def receipt(self, request: Request) -> Response:
        filed = self._store.find(request.path_params["message"])
        return serving.receipt_page(filed.folder if filed else None)

    async def mailbox(self, request: Request) -> Response:
        found = await self._messages(request.path_params["mailbox"], request.query_params.get("about", ""))
        listed = [message for message, _ in found]
        if met(self._directory, Trouble.LISTED_TWICE):
            listed += listed
        return JSONResponse({"messages": listed})

    async def file(self, request: Request) -> Response:
        message, name = request.path_params["message"], request.query_params.get("name", "")
        about = message.rpartition(".answer-")[0]
        filed = self._store.find(about)
        if filed is not None and filed.told["sender"] == request.path_params["mailbox"]:
            for told in await answers(filed, now()):
                if told["id"] == message and name in told["files"]:
                    number = message.rpartition("-")[2]
                    return Response((filed.folder / f"answer-{number}" / name).read_bytes())
        return PlainTextResponse("none\n", 404)

    async def _messages(self, mailbox: str, about: str) -> list[tuple[Mapping[str, Any], Delivery]]:
        deliveries = self._store.about(mailbox, about)
        return [(message, delivery) for delivery in deliveries for message in await answers(delivery, now())]


def application(directory: Path) -> Starlette:
    pages = Pages(directory)
    return serving.application(
        directory,
        {
            ("PUT", "/deliveries/{message}"): pages.deliver,
            ("GET", "/deliveries/{message}/receipt.pdf"): pages.receipt,
            ("GET", "/mailboxes/{mailbox}"): pages.mailbox,
            ("GET", "/mailboxes/{mailbox}/{message}/file"): pages.file,
        },
    )
