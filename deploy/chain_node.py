"""Runs anvil and keeps its chain on disk, whole, after every block.

Anvil can write its state by itself, but overwrites the file in place and at fixed intervals: a kill in
between loses blocks, a kill during the write leaves half a file with which it does not start again. So the
state is asked for after each block and put in place by a rename.
"""

import argparse
import gzip
import json
import logging
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import FrameType

from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from deploy.bound import bound
from deploy.keys import write_private
from deploy.place import LOOPBACK, PROJECT
from deploy.probes import json_rpc

SECONDS_TO_START = 15.0

log = logging.getLogger("chain_node")


def main() -> int:
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    arguments = parsed_arguments()
    signal.signal(signal.SIGTERM, leave)
    node = start_node(arguments.port, arguments.chain_id, arguments.state)
    try:
        keep_every_block(node, arguments.port, arguments.state)
    except SystemExit:
        keep_state(arguments.port, arguments.state)
    finally:
        node.terminate()
        node.wait()
    log.info("anvil ended with %s", node.returncode)
    return 0


def parsed_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--chain-id", type=int, required=True)
    parser.add_argument("--state", type=Path, required=True)
    return parser.parse_args()


def leave(signum: int, frame: FrameType | None) -> None:
    sys.exit(0)


def anvil() -> str:
    """The binary from npm's package, started without npm's node launcher, which would outlive it."""
    return str(PROJECT / "node_modules" / "@foundry-rs" / "anvil-linux-amd64" / "bin" / "anvil")


def start_node(port: int, chain_id: int, state: Path) -> subprocess.Popen[bytes]:
    """Start anvil from the kept state; it is killed by the system should this process die first.

    A block is mined for each transaction and none without: confirmations never come by waiting.
    """
    known = ("--load-state", str(state)) if state.exists() else ()
    command = (
        *(anvil(), "--host", LOOPBACK, "--port", str(port), "--chain-id", str(chain_id)),
        *("--accounts", "1", "--quiet", *known),
    )
    return subprocess.Popen(bound(command, "KILL", starter=os.getpid()))


def keep_every_block(node: subprocess.Popen[bytes], port: int, state: Path) -> None:
    """Write the state after each new head, until the node is gone. Heads that come meanwhile cost one write."""
    with subscribed(node, port) as heads:
        keep_state(port, state)
        try:
            while True:
                heads.recv()
                drain(heads)
                keep_state(port, state)
        except ConnectionClosed:
            log.warning("the node closed the connection")


def subscribed(node: subprocess.Popen[bytes], port: int) -> ClientConnection:
    """A connection on which the node announces its blocks. Raises OSError if the node does not come up."""
    latest = time.monotonic() + SECONDS_TO_START
    while True:
        try:
            heads = connect(f"ws://{LOOPBACK}:{port}", max_size=None, proxy=None)
            break
        except OSError:
            if node.poll() is not None or time.monotonic() > latest:
                raise
            time.sleep(0.05)
    heads.send(json.dumps({"jsonrpc": "2.0", "id": 1, "method": "eth_subscribe", "params": ["newHeads"]}))
    heads.recv()
    return heads


def drain(heads: ClientConnection) -> None:
    try:
        while True:
            heads.recv(timeout=0)
    except TimeoutError:
        return


def keep_state(port: int, state: Path) -> None:
    """Put the node's whole state (accounts, blocks, transactions) on disk in place of the old one."""
    packed = str(json_rpc(f"http://{LOOPBACK}:{port}", "anvil_dumpState"))
    write_private(state, gzip.decompress(bytes.fromhex(packed.removeprefix("0x"))))


if __name__ == "__main__":
    sys.exit(main())
