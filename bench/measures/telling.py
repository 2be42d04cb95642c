"""How long after something happened a regional system is told of it."""

import time
from datetime import datetime
from pathlib import Path

import aiohttp
from aiohttp import web

from bench.measures.figures import Figure, quantile
from bench.regional.interface import Interface
from bench.regional.system import RegionalSystem

SAID = "a message of that size to the same address"
P95 = 0.95


class PunctualSystem(RegionalSystem):
    """A regional system with a watch. `late`: seconds from what happened until it was told, of each message."""

    def __init__(self, interface: Interface, folder: Path) -> None:
        super().__init__(interface, folder)
        self.late: list[float] = []

    async def _hear(self, request: web.Request) -> web.Response:
        answer = await super()._hear(request)
        if answer.status == web.HTTPNoContent.status_code:
            happened = datetime.fromisoformat(self.inbox.messages[-1]["timestamp"])
            self.late.append(time.time() - happened.timestamp())
        return answer


async def lag_of(system: PunctualSystem, *, times: int) -> Figure:
    """Of all that it was told until now, beside the posting alone (which it refuses: nobody signed it)."""
    told = system.late.copy()
    spent = []
    async with aiohttp.ClientSession() as client:
        for _ in range(times):
            since = time.perf_counter()
            async with client.post(system.address, data=b"x" * 200) as answer:
                await answer.read()
            spent.append(time.perf_counter() - since)
    return Figure("webhook_lag_p95_s", quantile(told, P95), "s", quantile(spent, P95), SAID)
