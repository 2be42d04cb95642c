"""A relay (coturn) for the tests, and a network that lets out no UDP."""

import asyncio
import json
import os
import secrets
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bench.rooms.house import ROOT, free_port
from deploy.media_relay import answers_stun, lay_out, program
from deploy.probes import NotReady
from domain.codes.relay import relay_credentials

AN_HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Relay:
    directory: Path
    host: str
    port: int
    tls_port: int
    secret: str

    def server(self, way: str, lifetime: timedelta = AN_HOUR) -> dict[str, Any]:
        """What the api gives a browser. `way`: udp, tcp or tls."""
        until = datetime.now(UTC) + lifetime
        made = relay_credentials(self.secret.encode(), "somebody", until)
        at = f"turns:{self.host}:{self.tls_port}" if way == "tls" else f"turn:{self.host}:{self.port}"
        transport = "tcp" if way == "tls" else way
        return {"urls": f"{at}?transport={transport}", "username": made.username, "credential": made.password}


@contextmanager
def relay_at(directory: Path, host: str) -> Iterator[Relay]:
    relay = Relay(directory, host, free_port(), free_port(), secrets.token_hex(16))
    lay_out(directory, host, relay.port, relay.tls_port, relay.secret)
    log = (directory / "log").open("wb")
    process = subprocess.Popen([program(), "-c", str(directory / "turnserver.conf")], stdout=log, stderr=log)
    try:
        _wait_for(relay, process)
        yield relay
    finally:
        process.kill()
        process.wait()
        log.close()


def _wait_for(relay: Relay, process: "subprocess.Popen[bytes]") -> None:
    for _ in range(200):
        try:
            answers_stun(relay.host, relay.port)()
            return
        except NotReady:
            assert process.poll() is None, (relay.directory / "log").read_text()
            time.sleep(0.05)
    raise AssertionError("the relay did not answer")


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
