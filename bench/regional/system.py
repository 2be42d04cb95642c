"""The system itself: hears what happens, and takes the evidence away when it is told that it is there."""

import asyncio
import json
import subprocess
import sys
import time
import zipfile
from pathlib import Path
from typing import Any

from aiohttp import web

from bench.regional.inbox import Inbox
from bench.regional.interface import Interface
from conformance.signatures import is_genuine


class RegionalSystem:
    """`away`: True while it answers nobody, as a server that is being maintained."""

    def __init__(self, interface: Interface, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.interface = interface
        self.inbox = Inbox(folder / "inbox.jsonl")
        self.secret = ""
        self.away = False
        self.forged = 0
        self.port = 0
        self._folder = folder
        self._runner: web.AppRunner | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/estrado"

    async def open(self, port: int = 0) -> None:
        app = web.Application()
        app.router.add_post("/estrado", self._hear)
        self._runner = web.AppRunner(app, access_log=None)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", port).start()
        self.port = self._runner.addresses[0][1]

    async def close(self) -> None:
        if self._runner is not None:
            await self._runner.cleanup()
        self.inbox.close()

    async def _hear(self, request: web.Request) -> web.Response:
        body = await request.read()
        if self.away:
            return web.Response(status=503)
        if not is_genuine(request.headers, body, self.secret, time.time()):
            self.forged += 1
            return web.Response(status=401)
        self.inbox.keep(request.headers["webhook-id"], json.loads(body))
        return web.Response(status=204)

    async def hears(self, procedure: str, event: str, seconds: float = 300) -> None:
        """Return once it was told so. Raises TimeoutError."""
        async with asyncio.timeout(seconds):
            while event not in self.inbox.events_of(procedure):  # noqa: ASYNC110 - told by another process
                await asyncio.sleep(0.1)

    async def receive_file(self, procedure: str) -> dict[str, Any]:
        """The evidence of a procedure that is closed, judged offline, and what the status says of it."""
        bundle, trust = await self.interface.take_away(procedure, self._folder)
        documents = await self.interface.documents(procedure)
        status = await self.interface.status(procedure)
        roots = self._folder / f"{procedure}-trust"
        with zipfile.ZipFile(trust) as packed:
            packed.extractall(roots)
        verdict = await asyncio.to_thread(judged, bundle, roots)
        return {
            "procedure": procedure,
            "external_id": status["external_id"],
            "stage": status["stage"],
            "outcome": status["outcome"],
            "events": self.inbox.events_of(procedure),
            "documents": len(documents),
            "verdict": verdict,
        }


def judged(bundle: Path, trust: Path) -> str:
    """What the offline verifier says, as a program of its own."""
    asked = [sys.executable, "-m", "evidence", "verify", str(bundle), "--trust", str(trust), "--json"]
    said = subprocess.run(asked, capture_output=True, text=True)
    return str(json.loads(said.stdout)["verdict"])
