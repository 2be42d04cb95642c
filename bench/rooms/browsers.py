"""The room's own module in real browsers, on a bare page: what tests and figures of the room load."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from types import MappingProxyType

from aiohttp import web

from bench.rooms.house import ROOT, House, free_port
from domain.ids import RoomId

CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",
    "--use-fake-ui-for-media-stream",
    "--use-fake-device-for-media-stream",
    # Without it Chromium uses no loopback address for media, and a machine without a network has no other.
    "--allow-loopback-in-peer-connection",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]

PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Room</title>
<script type="module" src="/page.js"></script><estrado-room></estrado-room></html>"""

SCRIPT = """
import { Room } from "/js/room.js";
import "/js/room-tiles.js";
const room = new Room();
const who = new URLSearchParams(location.search).get("who");
const relay = new URLSearchParams(location.search).get("relay");
if (relay) room.ice = { iceServers: [JSON.parse(relay)], iceTransportPolicy: "relay" };
window.room = room;
window.states = [];
window.errors = [];
room.addEventListener("state", (event) => window.states.push(event.detail.state));
room.addEventListener("device-error", (event) => window.errors.push(event.detail));
room.addEventListener("paused", (event) => (window.paused = event.detail.paused));
document.addEventListener("securitypolicyviolation", (event) => window.errors.push(event.violatedDirective));
document.querySelector("estrado-room").attach(room, {
  room: "Room", self: "You", cameraOff: "Camera off", microphoneOff: "Microphone off" });
// Without permission for a device Chromium hides its addresses behind names that only its own network resolves.
const devices = who.startsWith("w") ? { audio: false, video: false } : { audio: true, video: true };
const getToken = async () => (await fetch(`/token/${who}`)).text();
room.connect(document.location.hash.slice(1), getToken, devices);
"""


@asynccontextmanager
async def page_server(
    house: House, rooms: Mapping[str, RoomId] = MappingProxyType({}), host: str = "127.0.0.1"
) -> AsyncIterator[str]:
    """Serves the page, the modules and tokens; people named `w...` are not yet admitted and have no devices.

    `rooms`: where people belong now, if not in the main room.
    """
    policy = f"default-src 'none'; script-src 'self'; connect-src 'self' {house.url}"

    async def page(request: web.Request) -> web.Response:
        return web.Response(text=PAGE, content_type="text/html", headers={"Content-Security-Policy": policy})

    async def script(request: web.Request) -> web.Response:
        return web.Response(text=SCRIPT, content_type="text/javascript")

    async def token(request: web.Request) -> web.Response:
        who = request.match_info["who"]
        return web.Response(text=house.token(who, admitted=not who.startswith("w"), room=rooms.get(who, house.room)))

    app = web.Application()
    app.add_routes([web.get("/", page), web.get("/page.js", script), web.get("/token/{who}", token)])
    app.router.add_static("/js", ROOT / "web" / "js")
    runner = web.AppRunner(app)
    await runner.setup()
    port = free_port()
    await web.TCPSite(runner, host, port).start()
    try:
        yield f"http://{host}:{port}"
    finally:
        await runner.cleanup()
