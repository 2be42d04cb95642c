"""How the local stack asks a part whether it can serve: one question each, at most a second, no side
effect."""

import http.client
import json
import ssl
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

Probe = Callable[[], None]

SECONDS_TO_ANSWER = 1.0
# A process with a readiness file touches it every few seconds; older than this means its loop stands still.
STALE_AFTER = 15.0


class NotReady(Exception):
    """The part cannot serve now; the message says why, in words for an operator."""


def answers_http(url: str, status: int = 200) -> Probe:
    """The part is healthy when GET `url` gives `status`."""

    def probe() -> None:
        try:
            with urllib.request.urlopen(url, timeout=SECONDS_TO_ANSWER) as answer:
                seen = answer.status
        except urllib.error.HTTPError as refusal:
            refusal.close()
            seen = refusal.code
        except (OSError, http.client.HTTPException) as reason:
            raise NotReady(f"no answer at {url}: {plainly(reason)}") from reason
        if seen != status:
            raise NotReady(f"{url} answered {seen}")

    return probe


def answers_https(url: str, certificate: Path) -> Probe:
    """The same over TLS, of whoever has that certificate (PEM)."""

    def probe() -> None:
        try:
            known = ssl.create_default_context(cafile=certificate)
            with urllib.request.urlopen(url, timeout=SECONDS_TO_ANSWER, context=known):
                return
        except (OSError, http.client.HTTPException) as reason:
            raise NotReady(f"no answer at {url}: {plainly(reason)}") from reason

    return probe


def answers_json_rpc(url: str, method: str) -> Probe:
    """The part is healthy when its JSON-RPC `method`, without parameters, returns a result."""

    def probe() -> None:
        json_rpc(url, method)

    return probe


def json_rpc(url: str, method: str, *params: object) -> object:
    """Call a JSON-RPC method over HTTP. Raises NotReady if nobody answers or the answer is an error."""
    body = json.dumps({"jsonrpc": "2.0", "id": 1, "method": method, "params": params}).encode()
    request = urllib.request.Request(url, body, {"Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(request, timeout=SECONDS_TO_ANSWER) as answer:
            reply = json.load(answer)
    except (OSError, http.client.HTTPException, ValueError) as reason:
        raise NotReady(f"no answer at {url}: {plainly(reason)}") from reason
    if "error" in reply:
        raise NotReady(f"{method} answered {reply['error']}")
    return reply["result"]


def plainly(reason: Exception) -> str:
    """Why a connection failed, without the names of the layers that it failed in."""
    inner = reason.reason if isinstance(reason, urllib.error.URLError) else reason
    return (inner.strerror if isinstance(inner, OSError) else None) or str(inner)


def keeps_ready_file(path: Path) -> Probe:
    """The part is healthy when the file it was given in ESTRADO_READY_FILE names a living process and is
    fresh.

    The process writes its own pid there once it serves, and touches the file every few seconds.
    """

    def probe() -> None:
        try:
            pid = int(path.read_text())
            age = time.time() - path.stat().st_mtime
        except (FileNotFoundError, ValueError) as reason:
            raise NotReady("has not said that it is ready") from reason
        if not is_running(pid):
            raise NotReady(f"process {pid} is gone")
        if age > STALE_AFTER:
            raise NotReady(f"last sign of life {age:.0f} s ago")

    return probe


def is_running(pid: int) -> bool:
    """Whether a process of this pid exists and is not a zombie that nobody has buried yet."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"


def descendants(pid: int) -> list[int]:
    """Everything that the process started and that they started, as far as it is still there."""
    try:
        children = [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except (FileNotFoundError, ProcessLookupError):
        return []
    return [found for child in children for found in (child, *descendants(child))]
