"""Which TCP port each part listens on: the usual one, the one it had last time, or a free one."""

import json
import random
import socket
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

Choice = Literal["usual", "free"]

USUAL: Mapping[str, int] = {
    "api": 8000,
    "rooms": 8010,
    "temporal": 7233,
    "temporal-ui": 8233,
    "temporal-http": 7243,
    "postgres": 5433,
    "s3": 8333,
    "s3-grpc": 18333,
    "s3-master": 9333,
    "s3-master-grpc": 19333,
    "s3-volume": 9340,
    "s3-volume-grpc": 19340,
    "s3-filer": 8888,
    "s3-filer-grpc": 18888,
    "s3-admin": 9346,
    "s3-admin-grpc": 19346,
    "anvil": 8545,
    "smtp": 1025,
    "mailbox": 8025,
    "pki": 8100,
    "clave": 8200,
    "lexnet": 8300,
    "ecris": 8210,
    "reaj": 8240,
    "dicireg": 8250,
    "account-provider": 8220,
    "own-certificate": 8230,
    "media-relay": 3478,
    "media-relay-tls": 5349,
    "scanner": 17070,
    "network-scanner": 17071,
}

# Below the range from which Linux gives ports to outgoing connections (32768 and up): a port found free here
# is not taken by somebody's client before its server binds it.
FREE_RANGE = range(12000, 32000)
TRIES = 1000


def allot(kept_in: Path, choice: Choice) -> dict[str, int]:
    """A port for every name, kept in a file so that a restart listens where links and certificates point.

    Order of preference: the port of last time, the usual one (if `choice` asks for it), any free one.
    Raises OSError if no free port is found.
    """
    before = kept(kept_in) if kept_in.exists() else {}
    ports: dict[str, int] = {}
    for name, usual in USUAL.items():
        wanted = [before[name]] if name in before else []
        wanted += [usual] if choice == "usual" else []
        ports[name] = first_free(wanted, taken=set(ports.values()))
    kept_in.parent.mkdir(parents=True, exist_ok=True)
    kept_in.write_text(json.dumps(ports, indent=1))
    return ports


def kept(kept_in: Path) -> dict[str, int]:
    """The ports of the stack that runs, or ran last. Raises FileNotFoundError before the first start."""
    ports: dict[str, int] = json.loads(kept_in.read_text())
    return ports


def first_free(wanted: list[int], taken: set[int]) -> int:
    candidates = [*wanted, *random.sample(FREE_RANGE, TRIES)]
    for port in candidates:
        if port not in taken and is_free(port):
            return port
    raise OSError("no free TCP port on the loopback interface")


def is_free(port: int) -> bool:
    """Whether a server could listen on this loopback port now. Connections that linger in TIME_WAIT do not count."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True
