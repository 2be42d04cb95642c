"""Runs anvil behind a gate that lets no answer out before the chain that it speaks of is on disk.

Anvil keeps its chain in memory. It can write its state by itself, but overwrites the file in place and at fixed
intervals: a kill in between loses blocks, a kill during the write leaves half a file with which it does not start
again. Here the state is asked for whenever there is a new head and put in place by a rename, and only then does whoever
asked get their answer: a receipt that somebody has read is of a block that survives any kill.
"""

import argparse
import asyncio
import gzip
import json
import logging
import os
import signal
import socket
import sys
from asyncio.subprocess import Process
from pathlib import Path
from typing import Any

import aiohttp
from aiohttp import web

from deploy.bound import bound
from deploy.keys import write_private
from deploy.place import LOOPBACK, PROJECT

SECONDS_TO_START = 15.0
LARGEST_REQUEST = 16 * 1024 * 1024
JSON = "application/json"

log = logging.getLogger("chain_node")


def main() -> int:
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    arguments = parsed_arguments()
    return asyncio.run(serve(arguments.port, arguments.chain_id, arguments.state))


def parsed_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--chain-id", type=int, required=True)
    parser.add_argument("--state", type=Path, required=True)
    return parser.parse_args()


async def serve(port: int, chain_id: int, state: Path) -> int:
    """Until told to stop, or until anvil is gone: whoever supervises starts both again."""
    inner = free_port()
    node = await asyncio.create_subprocess_exec(*node_command(inner, chain_id, state))
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    ended, told = asyncio.create_task(node.wait()), asyncio.create_task(stop.wait())
    try:
        async with aiohttp.ClientSession(f"http://{LOOPBACK}:{inner}") as session:
            gate = Gate(session, state)
            await gate.comes_up(node)
            runner = await opened(gate, port)
            await asyncio.wait((ended, told), return_when=asyncio.FIRST_COMPLETED)
            await runner.cleanup()
    finally:
        told.cancel()
        if not ended.done():
            node.terminate()
        await ended
    log.info("anvil ended with %s", node.returncode)
    return 0


class Gate:
    """Hands requests to the node, and its answers out once what they may speak of is kept."""

    def __init__(self, session: aiohttp.ClientSession, state: Path) -> None:
        self._session = session
        self._state = state
        self._kept: object = None
        """The head as it was before the state on disk was asked for."""
        self._writing = asyncio.Lock()

    async def comes_up(self, node: Process) -> None:
        """Return once the node answers and its state is on disk. Raises TimeoutError, or OSError if it ended."""
        async with asyncio.timeout(SECONDS_TO_START):
            while True:
                try:
                    return await self._keep_new_head()
                except aiohttp.ClientConnectionError:
                    if node.returncode is not None:
                        raise
                    await asyncio.sleep(0.05)

    async def pass_on(self, request: web.Request) -> web.Response:
        """An answer may speak of the head that there is when it comes, never of a later one."""
        asked = await request.read()
        try:
            answer = await self._ask(asked)
            await self._keep_new_head(changed=b'"anvil_' in asked or b'"evm_' in asked)
        except aiohttp.ClientError as reason:
            return web.Response(status=502, text=f"anvil does not answer: {reason}")
        return web.Response(body=answer, content_type=JSON)

    async def _keep_new_head(self, *, changed: bool = False) -> None:
        """Put the node's whole state (accounts, blocks, transactions) on disk in place of the old one.

        `changed`: the request may have changed it without a block.
        """
        async with self._writing:
            head = await self._result("eth_getBlockByNumber", "latest", False)
            if head == self._kept and not changed:
                return
            packed = str(await self._result("anvil_dumpState"))
            content = await asyncio.to_thread(gzip.decompress, bytes.fromhex(packed.removeprefix("0x")))
            await asyncio.to_thread(write_private, self._state, content)
            self._kept = head

    async def _result(self, method: str, *params: object) -> Any:
        asked = {"jsonrpc": "2.0", "id": 1, "method": method, "params": params}
        return json.loads(await self._ask(json.dumps(asked).encode()))["result"]

    async def _ask(self, body: bytes) -> bytes:
        async with self._session.post("/", data=body, headers={"Content-Type": JSON}) as answer:
            return await answer.read()


async def opened(gate: Gate, port: int) -> web.AppRunner:
    """The gate, at the port that everybody knows."""
    application = web.Application(client_max_size=LARGEST_REQUEST)
    application.router.add_post("/", gate.pass_on)
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, LOOPBACK, port).start()
    return runner


def anvil() -> str:
    """The binary from npm's package, started without npm's node launcher, which would outlive it."""
    return str(PROJECT / "node_modules" / "@foundry-rs" / "anvil-linux-amd64" / "bin" / "anvil")


def free_port() -> int:
    """For anvil itself, another at each start: nobody but the gate speaks to it."""
    with socket.socket() as found:
        found.bind((LOOPBACK, 0))
        return int(found.getsockname()[1])


def node_command(port: int, chain_id: int, state: Path) -> tuple[str, ...]:
    """Anvil from the kept state; it is killed by the system should this process die first.

    A block is mined for each transaction and none without: confirmations never come by waiting.
    """
    known = ("--load-state", str(state)) if state.exists() else ()
    command = (
        *(anvil(), "--host", LOOPBACK, "--port", str(port), "--chain-id", str(chain_id)),
        *("--accounts", "1", "--quiet", *known),
    )
    return bound(command, "KILL", starter=os.getpid())


if __name__ == "__main__":
    sys.exit(main())
