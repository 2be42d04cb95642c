"""eSCL over HTTP, as scanners are said to speak it: no device and no text of its specification was at hand."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

from defusedxml.ElementTree import fromstring
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from deploy.network_scanner.device import Device, Job
from deploy.network_scanner.troubles import Trouble
from deploy.network_scanner.words import BOMB, capabilities, status

XML = "text/xml"
TIMES_503 = 3
ROUNDS = 100_000


def application(directory: Path, patience: float) -> Starlette:
    scanner = Protocol(Device(directory, patience))
    return Starlette(
        routes=[
            Route("/healthz", scanner.healthz),
            Route("/eSCL/ScannerCapabilities", scanner.capabilities),
            Route("/eSCL/ScannerStatus", scanner.status),
            Route("/eSCL/ScanJobs", scanner.begin, methods=["POST"]),
            Route("/eSCL/ScanJobs/{job}", scanner.cancel, methods=["DELETE"]),
            Route("/eSCL/ScanJobs/{job}/NextDocument", scanner.next_document),
        ]
    )


class Protocol:
    def __init__(self, device: Device) -> None:
        self._device = device

    async def healthz(self, request: Request) -> Response:
        return Response()

    async def capabilities(self, request: Request) -> Response:
        order = self._device.look()
        match order.trouble:
            case Trouble.HANGS:
                await asyncio.sleep(3600)
            case Trouble.LOCKED:
                return Response(status_code=401, headers={"WWW-Authenticate": 'Basic realm="scanner"'})
            case Trouble.REDIRECTED:
                return Response(status_code=302, headers={"Location": f"http://localhost:{request.url.port}/healthz"})
            case Trouble.BROKEN_XML:
                return Response("<scan:ScannerCapabilities><pwg:Version>2.0</pwg", media_type=XML)
            case Trouble.ENTITIES:
                return Response(BOMB, media_type=XML)
            case Trouble.ENDLESS_XML:
                return StreamingResponse(endless(b"<a/>" * 10_000), media_type=XML)
            case _:
                pass
        return Response(capabilities(order.glass), media_type=XML)

    async def status(self, request: Request) -> Response:
        busy = self._device.look().trouble is Trouble.BUSY
        return Response(status(self._device, busy), media_type=XML)

    async def begin(self, request: Request) -> Response:
        order = self._device.look()
        if order.trouble is Trouble.BUSY or self._device.active:
            return Response(status_code=503, headers={"Retry-After": "1"})
        asked = {
            one.tag.rpartition("}")[2]: (one.text or "").strip() for one in fromstring(await request.body()).iter()
        }
        if asked["InputSource"] == "Feeder" and not self._device.sheets:
            return Response(status_code=409)
        size = (int(asked["Width"]), int(asked["Height"]))
        job = Job(asked["InputSource"], asked["ColorMode"], int(asked["XResolution"]), size)
        # As many do: under a name of its own, at which this computer may not reach it.
        host = (
            "http://elsewhere.example/other" if order.trouble is Trouble.LED_ELSEWHERE else "http://SCANNER.local/eSCL"
        )
        return Response(status_code=201, headers={"Location": f"{host}/ScanJobs/{self._device.begin(job)}"})

    async def cancel(self, request: Request) -> Response:
        job = self._device.jobs.get(request.path_params["job"])
        if job is None:
            return Response(status_code=404)
        job.state = "Canceled" if job.state == "Processing" else job.state
        return Response()

    async def next_document(self, request: Request) -> Response:
        job = self._device.jobs.get(request.path_params["job"])
        if job is None:
            return Response(status_code=404)
        order = self._device.look()
        if job.state != "Processing":
            return Response(status_code=404 if job.state == "Completed" else 410)
        if order.trouble is Trouble.SLOW and job.waited < TIMES_503:
            job.waited += 1
            return Response(status_code=503, headers={"Retry-After": "1"})
        job.waited = 0
        made = self._device.page(job)
        if made is None:
            return Response(status_code=404 if job.state == "Completed" else 410)
        match self._device.strikes(job):
            case Trouble.CABLE_PULLED:
                headers = {"Content-Length": str(len(made))}
                return StreamingResponse(broken(made[: len(made) // 2]), media_type="image/jpeg", headers=headers)
            case Trouble.HALF_PAGE:
                made = made[: len(made) // 2]
            case Trouble.NO_PICTURE:
                return Response("<html>Paper size mismatch</html>", media_type="image/jpeg")
            case Trouble.ENDLESS_PAGE:
                return StreamingResponse(endless(made), media_type="image/jpeg")
            case _:
                pass
        return Response(made, media_type="image/jpeg")


async def endless(piece: bytes) -> AsyncIterator[bytes]:
    for _ in range(ROUNDS):
        yield piece


async def broken(half: bytes) -> AsyncIterator[bytes]:
    yield half
    await asyncio.sleep(0.2)
    raise ConnectionError("somebody pulls the cable")
