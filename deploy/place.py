"""Where one local stack lives: its directory, the ports it was given and the secrets it made for itself."""

import hashlib
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from deploy.keys import LocalSecrets

PROJECT = Path(__file__).resolve().parent.parent
LOOPBACK = "127.0.0.1"

# sun_path of a Unix socket holds 108 bytes, the closing NUL included (unix(7)).
LONGEST_SOCKET_PATH = 107


def installed(program: str) -> str:
    """The path of a program that came with a Python package, in the virtual environment that runs us."""
    return str(Path(sys.prefix) / "bin" / program)


@dataclass(frozen=True)
class Place:
    """Everything a server module needs to know to describe its server."""

    var: Path
    ports: Mapping[str, int]
    secrets: LocalSecrets

    def directory(self, name: str) -> Path:
        return self.var / name

    def url(self, port_name: str) -> str:
        return f"http://{LOOPBACK}:{self.ports[port_name]}"

    def socket(self, name: str) -> Path:
        return socket_path(self.var, name)

    def ready_file(self, name: str) -> Path:
        return self.var / "run" / f"{name}.ready"


def socket_path(var: Path, name: str) -> Path:
    """A Unix socket's path under `var`, or under the system's temporary folder where that would be too long."""
    path = var / "run" / f"{name}.sock"
    if len(bytes(path)) <= LONGEST_SOCKET_PATH:
        return path
    short = hashlib.sha256(bytes(var)).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"estrado-{short}-{name}.sock"
