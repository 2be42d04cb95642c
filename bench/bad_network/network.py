"""The network between a regional system and the interface: each call is lost, doubled or late with its own chance."""

import asyncio
import random
import threading
import time
from collections import Counter
from pathlib import Path
from typing import Literal

from aiohttp import web

from bench.regional.interface import Interface, key_shown
from bench.regional.system import RegionalSystem
from conformance.connection import NONE, Answer, Connection, Headers, NoAnswer, Query

Fate = Literal["passed", "lost_there", "lost_back", "doubled", "delayed"]
FATES: tuple[Fate, ...] = ("lost_there", "lost_back", "doubled", "delayed")
CHANCES = (0.05, 0.05, 0.1, 0.1)
"""A tenth is lost: half of it on its way there, and half of it, once done, on its way back."""

LATEST = 2.0
"""Seconds that a call may be late."""

SECONDS_AWAY, SECONDS_THERE = 2.0, 4.0
"""How long the receiver of webhooks is away, and how long it is there."""


class Network:
    """`calls` and `messages`: what became of what the system asked, and of what it was told."""

    def __init__(self, seed: int) -> None:
        self._chance = random.Random(seed)
        self._one_at_a_time = threading.Lock()
        self.calls: Counter[Fate] = Counter()
        self.messages: Counter[Fate] = Counter()

    def fate(self, of: Counter[Fate]) -> tuple[Fate, float]:
        """What becomes of the next one, and how many seconds late it is."""
        with self._one_at_a_time:
            weights = [*CHANCES, 1 - sum(CHANCES)]
            [fate] = self._chance.choices([*FATES, "passed"], weights)
            of[fate] += 1
            return fate, self._chance.uniform(0.2, LATEST) if fate == "delayed" else 0.0


class BadConnection(Connection):
    def __init__(self, url: str, key: str, network: Network) -> None:
        super().__init__(url, key_shown(key))
        self._network = network

    def ask(self, method: str, path: str, body: object = None, headers: Headers = NONE, query: Query = NONE) -> Answer:
        fate, late = self._network.fate(self._network.calls)
        time.sleep(late)
        if fate == "lost_there":
            raise NoAnswer(f"{method} {path}: lost on its way there")
        answer = super().ask(method, path, body, headers, query)
        if fate == "doubled":
            answer = super().ask(method, path, body, headers, query)
        if fate == "lost_back":
            raise NoAnswer(f"{method} {path}: lost on its way back")
        return answer


class BadlyConnected(RegionalSystem):
    """What it is told goes through the same network, in the other direction."""

    def __init__(self, network: Network, interface: Interface, folder: Path) -> None:
        super().__init__(interface, folder)
        self.network = network

    async def _hear(self, request: web.Request) -> web.Response:
        fate, late = self.network.fate(self.network.messages)
        await asyncio.sleep(late)
        if fate == "lost_there":
            return cut_off(request)
        answer = await super()._hear(request)
        if fate == "doubled":
            answer = await super()._hear(request)
        return cut_off(request) if fate == "lost_back" else answer

    async def come_and_go(self) -> None:
        while True:
            self.away = True
            await asyncio.sleep(SECONDS_AWAY)
            self.away = False
            await asyncio.sleep(SECONDS_THERE)


def cut_off(request: web.Request) -> web.Response:
    """The line is cut: whoever sent it has no answer."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response()
