"""A network scanner, as a process that speaks eSCL and has the troubles that are ordered from it."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from deploy.network_scanner.troubles import Order, Trouble, order

PROJECT = Path(__file__).parents[2]


class NetworkScanner:
    def __init__(self, process: "subprocess.Popen[bytes]", port: int, directory: Path) -> None:
        self.url = f"http://127.0.0.1:{port}/eSCL"
        self._process = process
        self._directory = directory

    def has(self, trouble: Trouble = Trouble.NONE, *, at: int = 1, sheets: int = 0, glass: bool = True) -> None:
        order(self._directory, Order(trouble, at, sheets, glass))

    def status(self) -> str:
        return httpx.get(f"{self.url}/ScannerStatus").text

    def pull_the_cable(self) -> None:
        self._process.kill()
        self._process.wait(10)


@contextmanager
def network_scanner(port: int, directory: Path, patience: float = 60) -> Iterator[NetworkScanner]:
    command = [sys.executable, "-m", "deploy.network_scanner", "--host", "127.0.0.1", "--port", str(port)]
    process = subprocess.Popen([*command, "--dir", str(directory), "--patience", str(patience)], cwd=PROJECT)
    try:
        with httpx.Client(transport=httpx.HTTPTransport(retries=6)) as client:
            client.get(f"http://127.0.0.1:{port}/healthz")
        yield NetworkScanner(process, port, directory)
    finally:
        process.kill()
        process.wait(10)
