"""The scanning agent as an office computer runs it, with SANE's own test scanner: it jams and opens when told to."""

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

PROJECT = Path(__file__).parents[2]
ORDINARY = "Default"


class Office:
    """An agent, its one scanner, and what its window shows."""

    def __init__(self, process: "subprocess.Popen[str]", port: int, sane: Path) -> None:
        self.url = f"http://127.0.0.1:{port}"
        self._process = process
        self._sane = sane

    def code(self) -> str:
        """The next code that the window shows."""
        assert self._process.stdout is not None
        shown = re.search(r"(\d{4}) (\d{4})", self._process.stdout.readline())
        assert shown is not None
        return shown[1] + shown[2]

    def scanner_ends_with(self, status: str) -> None:
        """Every page from now on: `Default`, `SANE_STATUS_JAMMED`... (sane-test(5))."""
        settings = (
            f'read-status-code "{status}"\ntest-picture "Grid"\nnumber_of_devices 1\n'
            "geometry_max 300.0\nresolution_max 1200.0\n"
        )
        (self._sane / "test.conf").write_text(settings)

    def page_of(self, origin: str, session: str = "") -> httpx.Client:
        """What asks as a page of `origin` does."""
        headers = {"Origin": origin} | ({"Authorization": f"Bearer {session}"} if session else {})
        return httpx.Client(base_url=self.url, headers=headers, timeout=30)

    def end(self) -> None:
        self._process.terminate()
        self._process.wait(10)

    def kill(self) -> None:
        self._process.kill()
        self._process.wait(10)

    def unplug(self) -> None:
        (self._sane / "dll.conf").write_text("")


@contextmanager
def office(origin: str, port: int, sane: Path, *network: str, silence: float = 6) -> Iterator[Office]:
    """`network`: addresses of network scanners, which stand instead of SANE's own."""
    (sane / "dll.conf").write_text("" if network else "test\n")
    named = [word for url in network for word in ("--network-scanner", url)]
    process = subprocess.Popen(
        [sys.executable, "-m", "scanning", "--pages", origin, "--port", str(port), "--silence", str(silence), *named],
        cwd=PROJECT,
        env={"PATH": "/usr/bin:/bin", "SANE_CONFIG_DIR": str(sane), "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        text=True,
    )
    made = Office(process, port, sane)
    made.scanner_ends_with(ORDINARY)
    try:
        with httpx.Client(transport=httpx.HTTPTransport(retries=6)) as client:
            client.get(made.url)
        yield made
    finally:
        process.terminate()
        process.communicate(timeout=10)
