"""Systems of others over HTTP: answers in pieces, too large, led elsewhere, and refusals that nobody can read."""

import asyncio
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from adapters.criminal_records.http import CriminalRecordsHttp
from adapters.foreign_system import ForeignSystem
from domain.errors import Refusal, TryAgain
from domain.refusals.register_entries import REGISTER_NOT_CONNECTED, REGISTER_REFUSED, REGISTER_SCOPE
from tests.adapters.served import served

LARGEST = 200_000


async def _in_pieces() -> AsyncIterator[bytes]:
    for piece in (b"<first/>", b"<second/>"):
        yield piece
        await asyncio.sleep(0.2)


def pieces(request: Request) -> Response:
    return StreamingResponse(_in_pieces())


def large(request: Request) -> Response:
    return PlainTextResponse("x" * (LARGEST + 1))


def largest(request: Request) -> Response:
    return PlainTextResponse("x" * LARGEST)


def elsewhere(request: Request) -> Response:
    return RedirectResponse("/pieces", 302)


def unreadable(request: Request) -> Response:
    return PlainTextResponse("<no json>", 422)


def refuses(request: Request) -> Response:
    return PlainTextResponse('{"code": "scope"}', 422)


def application(directory: Path) -> Starlette:
    routes = [Route(f"/{one.__name__}", one) for one in (pieces, large, largest, elsewhere, unreadable, refuses)]
    return Starlette(routes=[*routes, Route("/authorities/PT/messages/m", pieces)])


@pytest.fixture
async def url(tmp_path: Path) -> AsyncIterator[str]:
    async with served(application, tmp_path) as opened:
        yield opened


def system(url: str) -> ForeignSystem:
    return ForeignSystem(
        name="it",
        url=url,
        token="known",
        seconds=5,
        largest=LARGEST,
        refused={"scope": REGISTER_SCOPE},
        otherwise=REGISTER_REFUSED,
        not_connected=partial(Refusal, REGISTER_NOT_CONNECTED),
    )


async def test_an_answer_in_pieces_is_read_to_its_end(url: str) -> None:
    assert await system(url).ask("GET", "/pieces") == b"<first/><second/>"
    assert (await CriminalRecordsHttp(url).standing("PT", "m")).answer == b"<first/><second/>"


async def test_an_answer_may_be_large_and_not_too_large(url: str) -> None:
    assert len(await system(url).ask("GET", "/largest")) == LARGEST
    with pytest.raises(TryAgain, match="too large"):
        await system(url).ask("GET", "/large")


async def test_nobody_is_led_elsewhere_with_the_token(url: str) -> None:
    with pytest.raises(TryAgain, match="302"):
        await system(url).ask("GET", "/elsewhere")


@pytest.mark.parametrize(("path", "code"), [("/refuses", "register_scope"), ("/unreadable", "register_refused")])
async def test_a_refusal_says_what_is_known_of_it(url: str, path: str, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        await system(url).ask("GET", path)
    assert refused.value.code == code


async def test_an_installation_without_a_connection_asks_nobody() -> None:
    with pytest.raises(Refusal, match="register_not_connected"):
        await system("").ask("GET", "/pieces")
