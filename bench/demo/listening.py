"""A regional system beside the demonstration: it begins a procedure, and is told of those that are played."""

import json
import socket
import subprocess
import sys
import urllib.request
import uuid
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Self

from deploy.demo_people import ACCOUNTS, ADMINISTRATOR, DEMOS
from deploy.keys import write_private
from deploy.place import LOOPBACK, PROJECT
from settings import Settings

FOLLOWED = "conciliation"
"""The seeded procedure whose evidence it takes away."""

SECONDS_TO_CLOSE = 1800
SECONDS_TO_END = 120
WEEKS_AHEAD = 12


class Listener:
    """The process of the system, which knows the address of the interface, its key and its secret."""

    def __init__(self, settings: Settings, folder: Path) -> None:
        logins = json.loads((settings.var_dir / "logins.json").read_text())
        demo = next(one for one in DEMOS if one.name == FOLLOWED)
        self._folder = folder
        folder.mkdir(parents=True)
        port = free_port()
        told = {
            "url": settings.public_url,
            "key": logins["api_keys"][demo.administration]["key"],
            "secret": registered(settings.public_url, logins, demo.administration, port),
            "port": port,
            "request": asked(),
            "follow": [logins["procedures"][FOLLOWED]["id"]],
            "seconds": SECONDS_TO_CLOSE,
        }
        write_private(folder / "settings.json", json.dumps(told).encode())
        with (folder / "system.log").open("wb") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "bench.regional", str(folder / "settings.json")],
                cwd=PROJECT,
                stdout=log,
                stderr=log,
            )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.wait()

    def heard(self) -> dict[str, Any]:
        """Its report, once it has ended. Empty when it has not heard what it should."""
        try:
            ended = self._process.wait(SECONDS_TO_END)
        except subprocess.TimeoutExpired:
            return {}
        report: dict[str, Any] = json.loads((self._folder / "report.json").read_text()) if ended == 0 else {}
        return report


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        return int(probe.getsockname()[1])


def registered(url: str, logins: dict[str, Any], administration: str, port: int) -> str:
    """What the administrator of the Administration does by hand; the secret that they are shown."""
    login = next(a.login for a in ACCOUNTS if a.administration == administration and a.roles == ADMINISTRATOR)
    given = {"login": login, "password": logins["accounts"][login]["password"]}
    said, cookie = posted(f"{url}/api/v1/sessions", given, {})
    address = {"label": "Sistema simulado", "url": f"http://{LOOPBACK}:{port}/estrado"}
    told, _ = posted(f"{url}/api/v1/webhooks", address, {"Cookie": cookie, "X-CSRF-Token": said["csrf"]})
    return str(told["secret"])


def posted(url: str, body: dict[str, Any], headers: dict[str, str]) -> tuple[dict[str, Any], str]:
    """The answer, and the cookies that came with it."""
    headers = {"Content-Type": "application/json", "Idempotency-Key": str(uuid.uuid4()), **headers}
    request = urllib.request.Request(url, json.dumps(body).encode(), headers)
    with urllib.request.urlopen(request) as answer:
        cookies = (cookie.partition(";")[0] for cookie in answer.headers.get_all("Set-Cookie") or ())
        return json.loads(answer.read()), "; ".join(cookies)


def asked() -> dict[str, Any]:
    """A conciliation in some weeks, on a Wednesday at eleven, as the case-management system of a court asks for it."""
    day = datetime.now(UTC) + timedelta(weeks=WEEKS_AHEAD)
    day += timedelta(days=(2 - day.weekday()) % 7)
    followed = next(one for one in DEMOS if one.name == FOLLOWED)
    return {
        "type": "conciliation",
        "body": "peace-court-lira",
        "office": "ojm-lira",
        "case_number": f"{day:%j}/{day:%Y}",
        "external_id": f"SGP-{uuid.uuid4().hex[:12]}",
        "scheduled_at": day.replace(hour=11, minute=0, second=0, microsecond=0).isoformat(),
        "declared": followed.declared,
        "participants": [person.model_dump(mode="json", exclude_none=True) for person in followed.people],
    }
