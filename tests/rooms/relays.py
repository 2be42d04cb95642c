"""A network that lets out no UDP, and somebody in it."""

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from bench.rooms.house import ROOT
from bench.rooms.relay import Relay


@dataclass(frozen=True)
class Network:
    """Two ends of a cable; on the far one no datagram leaves."""

    name: str
    here: str
    """Address of this end."""


@contextmanager
def network_without_udp(number: int) -> Iterator[Network]:
    """Needs root. `number`, up to 255, tells several apart."""
    name, here, there = f"estrado{number}", f"10.77.{number}.2", f"10.77.{number}.1"
    near, far = f"near{number}", f"far{number}"
    _ip("netns", "add", name)
    try:
        _ip("link", "add", near, "type", "veth", "peer", "name", far)
        _ip("link", "set", far, "netns", name)
        _ip("addr", "add", f"{here}/24", "dev", near)
        _ip("link", "set", near, "up")
        _ip("-n", name, "addr", "add", f"{there}/24", "dev", far)
        _ip("-n", name, "link", "set", far, "up")
        _ip("-n", name, "link", "set", "lo", "up")
        _ip("-n", name, "rule", "add", "pref", "1", "ipproto", "udp", "prohibit")
        yield Network(name, here)
    finally:
        _ip("netns", "del", name)


def may_make_networks() -> bool:
    try:
        with network_without_udp(255):
            return True
    except (OSError, subprocess.CalledProcessError):
        return False


def _ip(*words: str) -> None:
    subprocess.run(["ip", *words], check=True, capture_output=True)


async def behind(network: Network | None, relay: Relay, /, **told: Any) -> dict[str, Any]:
    """What somebody saw who joined from there: see `behind_firewall`."""
    inside = ("ip", "netns", "exec", network.name) if network else ()
    process = await asyncio.create_subprocess_exec(
        *(*inside, sys.executable, "-m", "tests.rooms.behind_firewall"),
        cwd=ROOT,
        env={**os.environ, "SSL_CERT_FILE": str(relay.directory / "cert.pem")},
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    said, why = await process.communicate(json.dumps(told).encode())
    assert process.returncode == 0, why.decode()[-2000:]
    seen: dict[str, Any] = json.loads(said)
    return seen
