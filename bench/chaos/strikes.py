"""Carries a plan out upon a local stack, and leaves it in peace afterwards."""

import asyncio
import contextlib
import os
import signal
import time
from collections import defaultdict
from collections.abc import Callable, Iterable

from bench.chaos.plan import Blow, Strike
from deploy.probes import descendants
from deploy.stack import PartNotHealthy, Stack


class Striker:
    """One stack under blows. Blows upon one part follow each other; different parts may be down together."""

    def __init__(self, stack: Stack, say: Callable[[str], None]) -> None:
        self._stack = stack
        self._say = say
        self._parts: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def carry_out(self, strikes: Iterable[Strike]) -> None:
        began = asyncio.get_running_loop().time()
        async with asyncio.TaskGroup() as group:
            for strike in strikes:
                group.create_task(self._strike(strike, began))

    async def _strike(self, strike: Strike, began: float) -> None:
        await asyncio.sleep(max(0.0, began + strike.at - asyncio.get_running_loop().time()))
        async with self._parts[strike.part]:
            self._say(str(strike))
            await asyncio.to_thread(self._hit, strike)

    def _hit(self, strike: Strike) -> None:
        if strike.blow is Blow.HANG:
            self._hang(strike.part, strike.seconds)
        else:
            self._stack.kill(strike.part, hold=strike.blow is Blow.DOWN)
        if strike.blow is Blow.DOWN:
            time.sleep(strike.seconds)
            self._stack.parts[strike.part].before_start()
            self._stack.supervisor.start(strike.part)

    def _hang(self, part: str, seconds: float) -> None:
        if not (pid := self._stack.pid(part)):
            return
        family = [pid, *descendants(pid)]
        signal_all(family, signal.SIGSTOP)
        time.sleep(seconds)
        signal_all(family, signal.SIGCONT)

    async def leave_in_peace(self, parts: Iterable[str]) -> list[str]:
        """Wait until every part serves; what does not."""
        return [reason for part in parts if (reason := await asyncio.to_thread(self._unwell, part))]

    def _unwell(self, part: str) -> str:
        try:
            self._stack.wait_healthy(part)
        except PartNotHealthy as reason:
            return str(reason)
        return ""


def signal_all(pids: Iterable[int], number: signal.Signals) -> None:
    for pid in pids:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, number)
