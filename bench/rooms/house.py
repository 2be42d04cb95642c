"""A real media process alone, and the tokens that open its doors."""

import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from domain.codes.room_tokens import LIFETIME, RoomClaims, mint
from domain.ids import RoomId, main_room
from rooms.client import RoomsClient

ROOT = Path(__file__).resolve().parents[2]


def free_port() -> int:
    """A TCP port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class House:
    """`python -m rooms` in a directory of its own; it can be killed and started again at the same addresses."""

    def __init__(self, directory: Path, host: str = "127.0.0.1") -> None:
        self.host = host
        self.directory = directory
        self.procedure = "prc_1"
        self.key = secrets.token_bytes(32)
        self.port, self.metrics_port = free_port(), free_port()
        self.socket = directory / "rooms.sock"
        self.client = RoomsClient(self.socket)
        self.key_file = directory / "room.key"
        self.key_file.write_bytes(self.key)
        self._log = ""
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def room(self) -> RoomId:
        """The main room of the procedure at hand."""
        return main_room(self.procedure)

    @property
    def url(self) -> str:
        return f"ws://{self.host}:{self.port}/ws"

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    def start(self) -> None:
        """Start the process and wait until it answers."""
        self._process = subprocess.Popen(
            [sys.executable, "-m", "rooms"],
            cwd=ROOT,
            env=self._environment(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )
        for _ in range(300):
            try:
                urllib.request.urlopen(f"http://{self.host}:{self.port}/healthz", timeout=1).close()
                return
            except (urllib.error.URLError, ConnectionError):
                assert self._process.poll() is None, self._process.communicate()[1].decode()
                time.sleep(0.05)
        raise AssertionError("the media process did not answer")

    def kill(self) -> None:
        """End it the hard way."""
        assert self._process is not None
        self._process.send_signal(signal.SIGKILL)
        self._process.communicate()

    def stop(self) -> str:
        """End it the polite way, if it still runs, and return what it has logged."""
        assert self._process is not None
        if self._process.poll() is None:
            self._process.terminate()
            self._log += self._process.communicate(timeout=15)[1].decode()
        return self._log

    def token(
        self,
        participant: str,
        *,
        procedure: str | None = None,
        admitted: bool = True,
        lifetime: timedelta = LIFETIME,
        key: bytes | None = None,
        **told: Any,
    ) -> str:
        """A token as the API would mint it."""
        claims = RoomClaims(
            procedure=procedure or self.procedure,
            participant=participant,
            role="citizen",
            label=f"Persona {participant}",
            admitted=admitted,
            expires_at=datetime.now(UTC) + lifetime,
            jti=secrets.token_hex(16),
            **told,
        )
        return mint(key or self.key, claims)

    def _environment(self) -> dict[str, str]:
        return {
            "PATH": os.environ["PATH"],
            "PYTHONDONTWRITEBYTECODE": "1",
            "ESTRADO_ROOMS_HOST": self.host,
            "ESTRADO_PUBLIC_URL": f"http://{self.host}:1",
            "ESTRADO_ROOMS_PORT": str(self.port),
            "ESTRADO_ROOMS_METRICS_PORT": str(self.metrics_port),
            "ESTRADO_ROOMS_SOCKET": str(self.socket),
            "ESTRADO_ROOM_KEY_FILE": str(self.key_file),
        }
