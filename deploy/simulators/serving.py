"""How a simulator is started, and how it answers: those whom it knows, unless a trouble was ordered."""

import argparse
import asyncio
import hmac
import logging
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from deploy.simulators.troubles import Trouble, met

SLOW = 2.0
"""Seconds."""

Answer = Callable[[Request], Awaitable[Response] | Response]


def options(about: str | None) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=about)
    parser.add_argument("--host", required=True)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--dir", type=Path, required=True, help="what it keeps, and what goes wrong with it")
    return parser


def serve(application: ASGIApp, chosen: argparse.Namespace) -> None:
    """Until it is told to stop."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(message)s")
    uvicorn.run(
        application,
        host=chosen.host,
        port=chosen.port,
        access_log=False,
        log_config=None,
        timeout_graceful_shutdown=2,
    )


def healthz(request: Request) -> Response:
    return PlainTextResponse("ok\n")


def application(directory: Path, answers: Mapping[tuple[str, str], Answer]) -> Starlette:
    """`answers`: by method and path, for whoever has the token of `directory`; `/healthz` is for everybody."""

    def known(answer: Answer) -> Callable[[Request], Awaitable[Response]]:
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

    routes = [Route(path, known(answer), methods=[method]) for (method, path), answer in answers.items()]
    return Starlette(routes=[Route("/healthz", healthz), *routes])


def receipted(directory: Path, receipt: Mapping[str, Any], **of_another: str) -> Response:
    """The receipt of what is kept by now. `of_another`: what it says where it is to be of something else."""
    if met(directory, Trouble.ANSWER_LOST):
        return PlainTextResponse("lost\n", 502)
    return JSONResponse({**receipt, **of_another} if met(directory, Trouble.WRONG_RECEIPT) else dict(receipt))


def receipt_page(folder: Path | None) -> Response:
    """The receipt that was kept with it; 404 where there is nothing."""
    if folder is None:
        return PlainTextResponse("none\n", 404)
    return Response((folder / "receipt.pdf").read_bytes(), media_type="application/pdf")
