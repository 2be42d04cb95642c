"""A relay (coturn) of one's own, for tests and figures."""

import secrets
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bench.rooms.house import free_port
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
