"""Runs each job on a stranger's bytes in a limited process of its own, and tells how it ended.

What goes in and comes out lies in memory files without a name: nobody else sees them, and none outlives its process.
"""

import asyncio
import json
import os
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

PROJECT = Path(__file__).resolve().parents[2]
LONGEST_TELLING = 1024**2
"""Bytes that a process may say of its work: a line a page."""


@dataclass(frozen=True)
class Ending:
    """How a job ended: `said` is everything that the process told last of each kind, `status` its exit code."""

    said: Mapping[str, Any]
    status: int | None
    """None: it was ended because its time by the clock was over."""
    made: bytes


class LimitedProcesses:
    """One process per job, the next one started ahead: importing the parsers takes longer than parsing a page."""

    def __init__(self, program: str, at_once: int | None = None) -> None:
        """`program`: the module that is run; it limits itself before it imports any parser.

        `at_once`: how many jobs run at the same time, where those who ask may wait for those who hold acts.
        """
        self._program = program
        self._places = nullcontext() if at_once is None else asyncio.Semaphore(at_once)
        self._spare: LimitedProcess | None = None
        self._preparing = asyncio.Lock()

    async def run(self, job: Mapping[str, Any], parts: Sequence[bytes], seconds: float) -> Ending:
        """Have `job` done on `parts`, in `seconds` by the clock at most once it is its turn."""
        async with self._places:
            return await self._run(job, parts, seconds)

    async def _run(self, job: Mapping[str, Any], parts: Sequence[bytes], seconds: float) -> Ending:
        spare, self._spare = self._spare, None
        ending = await spare.work(job, parts, seconds) if spare is not None else None
        if ending is None or (not ending.said and ending.status is not None):  # it had died while it waited
            ending = await (await LimitedProcess.start(self._program)).work(job, parts, seconds)
        async with self._preparing:  # of several jobs that end at once only one leaves a process behind
            if self._spare is None:
                self._spare = await LimitedProcess.start(self._program)
        return ending

    async def close(self) -> None:
        spare, self._spare = self._spare, None
        if spare is not None:
            await spare.end()


class LimitedProcess:
    """A process that waits for its one job."""

    def __init__(self, process: Process, given: int, made: int, said: int) -> None:
        self._process = process
        self._given, self._made, self._said = given, made, said

    @classmethod
    async def start(cls, program: str) -> Self:
        files = [os.memfd_create(name) for name in ("given", "made", "said")]
        try:
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", program, *map(str, files)),
                cwd=PROJECT,
                env={"PATH": os.defpath, "LANG": "C.UTF-8"},  # nothing of ours: no key, no address, no password
                stdin=PIPE,
                stdout=DEVNULL,
                stderr=DEVNULL,
                pass_fds=files,
            )
        except BaseException:
            for file in files:
                os.close(file)
            raise
        return cls(process, *files)

    async def work(self, job: Mapping[str, Any], parts: Sequence[bytes], seconds: float) -> Ending:
        try:
            await asyncio.to_thread(_write, self._given, parts)
            told = json.dumps({**job, "sizes": [len(part) for part in parts]}).encode()
            status: int | None = None
            try:
                await asyncio.wait_for(self._process.communicate(told), seconds)
                status = self._process.returncode
            except TimeoutError:
                await self._kill()
            said = _last_of_each(await asyncio.to_thread(_read, self._said, LONGEST_TELLING))
            return Ending(said, status, await asyncio.to_thread(_read, self._made, None))
        finally:
            await self.end()

    async def end(self) -> None:
        await self._kill()
        for file in (self._given, self._made, self._said):
            os.close(file)

    async def _kill(self) -> None:
        if self._process.returncode is None:
            self._process.kill()
            await self._process.wait()


def _write(file: int, parts: Sequence[bytes]) -> None:
    with open(file, "wb", closefd=False) as opened:
        for part in parts:
            opened.write(part)


def _read(file: int, most: int | None) -> bytes:
    size = os.fstat(file).st_size
    wanted = size if most is None else min(size, most)
    pieces: list[bytes] = []
    begin = 0
    while begin < wanted and (piece := os.pread(file, wanted - begin, begin)):
        pieces.append(piece)
        begin += len(piece)
    return b"".join(pieces)


def _last_of_each(told: bytes) -> dict[str, Any]:
    said: dict[str, Any] = {}
    for line in told.splitlines():
        try:
            said |= json.loads(line)
        except ValueError:
            break  # it was ended while it wrote
    return said
