"""The WebSocket on which browsers negotiate with their room, and the health page. No media passes here."""

import asyncio
import contextlib
import json
import logging
from typing import Any
from urllib.parse import urlsplit

from aiohttp import WSMsgType, web

from rooms.courthouse import Courthouse
from rooms.member import Member
from rooms.refusal import RoomRefusal
from rooms.room import Room

log = logging.getLogger(__name__)

FIRST_WORD = 5.0
"""Seconds to show a token."""
HEARTBEAT = 4.0
"""Seconds between pings; half of it later the connection counts as lost."""
TICK = 5.0
"""Seconds between signs of life to the page, which cannot see pings."""
MAX_MESSAGE_BYTES = 256 * 1024
"""An answer for twelve m-lines is about 20 kB."""
MAX_QUEUED = 100
REFUSED, CLOSED = 4401, 4000

COURTHOUSE = web.AppKey("courthouse", Courthouse)
CAN_WRITE_FILES = web.AppKey("can_write_files", bool)
PUBLIC_URL = web.AppKey("public_url", str)


def application(courthouse: Courthouse, can_write_files: bool, public_url: str) -> web.Application:
    """The HTTP side of the process; the health page says whether it could write files.

    `public_url`: where the pages are that may speak to it; empty where none is told.
    """
    app = web.Application()
    app[PUBLIC_URL] = public_url
    app[COURTHOUSE] = courthouse
    app[CAN_WRITE_FILES] = can_write_files
    app.add_routes([web.get("/healthz", healthz), web.get("/ws", signalling)])
    return app


async def healthz(request: web.Request) -> web.Response:
    """Alive. How many are inside is told by the metrics, on a port that no stranger reaches."""
    return web.json_response({"status": "ok", "can_write_files": request.app[CAN_WRITE_FILES]})


async def signalling(request: web.Request) -> web.WebSocketResponse:
    """One browser, from its token to its last word."""
    if not _is_ours(request.headers.get("Origin"), request.app[PUBLIC_URL]):
        raise web.HTTPForbidden()
    socket = web.WebSocketResponse(heartbeat=HEARTBEAT, max_msg_size=MAX_MESSAGE_BYTES)
    await socket.prepare(request)
    line = Line(socket)
    writer = asyncio.ensure_future(line.write())
    try:
        await _converse(request.app[COURTHOUSE], socket, line)
    except RoomRefusal as refusal:
        line.refuse(refusal)
    finally:
        line.end(None, CLOSED)
        await writer
    return socket


def _is_ours(origin: str | None, public_url: str) -> bool:
    """Standard: OWASP ASVS 5.0 4.4.2. Pages of other hosts open no line; programs name no origin and show a token."""
    return origin is None or not public_url or urlsplit(origin).hostname == urlsplit(public_url).hostname


async def _converse(courthouse: Courthouse, socket: web.WebSocketResponse, line: "Line") -> None:
    try:
        first = await asyncio.wait_for(_next_message(socket), FIRST_WORD)
    except TimeoutError as fault:
        raise RoomRefusal("protocol") from fault
    if first is None:
        return
    if first.get("type") != "join":
        raise RoomRefusal("protocol")
    room, member = courthouse.enter(str(first.get("token")), line)
    try:
        await _listen(socket, room, member)
    except RoomRefusal as refusal:
        line.refuse(refusal)
    finally:
        room.hung_up(member)


async def _listen(socket: web.WebSocketResponse, room: Room, member: Member) -> None:
    while (message := await _next_message(socket)) is not None:
        await room.hear(member, message)


async def _next_message(socket: web.WebSocketResponse) -> dict[str, Any] | None:
    message = await socket.receive()
    if message.type is not WSMsgType.TEXT:
        return None
    try:
        parsed = json.loads(message.data)
    except (ValueError, RecursionError) as fault:
        raise RoomRefusal("protocol") from fault
    if not isinstance(parsed, dict):
        raise RoomRefusal("protocol")
    return parsed


class Line:
    """The outgoing half of a WebSocket: messages are queued and written one after the other."""

    def __init__(self, socket: web.WebSocketResponse) -> None:
        self._socket = socket
        self._queue: asyncio.Queue[dict[str, Any] | None] = asyncio.Queue()
        self._ended = False
        self._code = CLOSED

    def post(self, message: dict[str, Any]) -> None:
        """Queue a message; a browser that reads none of a hundred is cut off."""
        if self._ended:
            return
        if self._queue.qsize() >= MAX_QUEUED:
            self.end(None, CLOSED)
        else:
            self._queue.put_nowait(message)

    def close(self, message: dict[str, Any]) -> None:
        """Send a last message and close."""
        self.end(message, CLOSED)

    def refuse(self, refusal: RoomRefusal) -> None:
        """Say why not, and close."""
        self.end({"type": "refused", "reason": refusal.code}, REFUSED)

    def end(self, message: dict[str, Any] | None, code: int) -> None:
        """Close with `code`, after `message` if there is one. The first end counts."""
        if self._ended:
            return
        self._ended, self._code = True, code
        if message is not None:
            self._queue.put_nowait(message)
        self._queue.put_nowait(None)

    async def write(self) -> None:
        """Write until the end, with a sign of life when there is nothing to say."""
        with contextlib.suppress(ConnectionError):
            while True:
                try:
                    message = await asyncio.wait_for(self._queue.get(), TICK)
                except TimeoutError:
                    message = {"type": "tick"}
                if message is None:
                    break
                await self._socket.send_json(message)
        self._ended = True
        await self._socket.close(code=self._code)
