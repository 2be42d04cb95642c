"""Deliveries for tests of LexNET, and the simulator served within the test."""

import hashlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

from adapters.lexnet.http import LexnetHttp
from deploy.lexnet.pages import application
from deploy.simulators.papers import paper
from domain.ids import Sha256
from domain.ports.lexnet import LexnetPackage, PackageFile
from tests.adapters.served import TOKEN, served

AT = datetime(2026, 11, 26, 10, 0, tzinfo=UTC)


async def request_pdf() -> bytes:
    return await paper(
        "Solicitud", "Tribunal", "31/2026", "Se pide oír a una persona.", [("Estado", "Portugal")], AT, alone=False
    )


def file(name: str, content: bytes) -> PackageFile:
    sha256 = Sha256(hashlib.sha256(content).hexdigest())
    return PackageFile(name=name, sha256=sha256, media_type="application/pdf", content=content)


async def package(*more: PackageFile, message: str = "prc_1.1", language: str = "spanish") -> LexnetPackage:
    return LexnetPackage(
        message=message,
        about="prc_1",
        sender="court-ponte-nova",
        recipient="autoridad-central",
        case_number="31/2026",
        instrument="eio",
        state="PT",
        language=language,
        files=(file("001 Solicitud de auxilio.pdf", await request_pdf()), *more),
    )


@asynccontextmanager
async def simulator(directory: Path) -> AsyncIterator[LexnetHttp]:
    """The gateway to a simulator that keeps its receipts in `directory`."""
    async with served(application, directory) as url:
        yield LexnetHttp(url, TOKEN)
