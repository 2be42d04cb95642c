"""Measures the lists and indicators of a large register: `python -m bench.board [--rows 50000] [--times 40]`.

Starts a stack of its own, loads the rows, asks as an auditor, who sees all of the Administration, and prints a table;
`var/bench/board.json` has the same. Each request is compared with one that only looks up the session, asked in turn
with it. Ends with 0 when everything was measured.
"""

import argparse
import asyncio
import json
import os
import re
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import quote

import httpx

from bench.installation import prepare, settings_of
from bench.measures.figures import Aim, Figure, quantile, tell
from bench.register_rows import A_DAY, FREQUENT, load, rows_of
from deploy.place import PROJECT
from deploy.stack import Stack

WHERE = PROJECT / "var" / "bench"
AUDITOR = "marina.couto@justicia.atlantia.example"
AIM = Aim(100)
WARM_UP = 5
FLOOR = "/api/v1/sessions/current"
SAID = "a request that only looks up the session"

BY = ("month", "type", "office")

RequestAt = Callable[[int], httpx.Request]


def signed_in(stack: Stack, url: str) -> httpx.Client:
    client = httpx.Client(base_url=url, timeout=60)
    password = json.loads((stack.var / "logins.json").read_text())["accounts"][AUDITOR]["password"]
    answer = client.post(
        "/api/v1/sessions", json={"login": AUDITOR, "password": password}, headers={"Idempotency-Key": "bench-board"}
    )
    client.headers["X-CSRF-Token"] = answer.raise_for_status().json()["csrf"]
    return client


def lists_of(client: httpx.Client, count: int, today: datetime) -> dict[str, RequestAt]:
    """Each list, asked for the n-th time: another day, number or name each time, so that no answer is a repetition."""
    days = count // A_DAY // 2
    names = [row.private.people[0].name for row in rows_of(count, today)][:: max(count // 200, 1)]

    def day(n: int) -> str:
        return str((today + timedelta(days=(n * 7) % days - days // 2)).date())

    def later(n: int) -> httpx.Request:
        first = client.get(f"/board?day={day(n)}").text
        more = re.search(r'data-test="more" href="([^"]+)"', first)
        assert more is not None, "a day of one page"
        return client.build_request("GET", f"/board{more.group(1).replace('&amp;', '&')}")

    def name(typed: str) -> httpx.Request:
        return client.build_request("POST", "/board/names", data={"name": typed})

    return {
        "first_page": lambda n: client.build_request("GET", "/board"),
        "day": lambda n: client.build_request("GET", f"/board?day={day(n)}"),
        "later_page": later,
        "number": lambda n: client.build_request("GET", f"/board?number={quote(f'{(n * 911) % count}/')}"),
        "frequent_name": lambda n: name(FREQUENT[n % len(FREQUENT)]),
        "rare_name": lambda n: name(names[n % len(names)]),
        "state": lambda n: client.build_request("GET", "/api/v1/procedures?stage=interrupted&newest_first=true"),
        "indicators": lambda n: client.build_request("GET", f"/api/v1/indicators?since=2020-01&by={BY[n % len(BY)]}"),
    }


def measure(client: httpx.Client, lists: dict[str, RequestAt], times: int) -> list[Figure]:
    figures: list[Figure] = []
    for name, request_at in lists.items():
        ours, floor = list[float](), list[float]()
        for n in range(-WARM_UP, times):
            request = request_at(n + WARM_UP)
            spent, least = milliseconds(client, request), milliseconds(client, client.build_request("GET", FLOOR))
            if n >= 0:
                ours.append(spent)
                floor.append(least)
        figures += [figure_of(name, ours, floor, share, aim) for share, aim in ((50, None), (95, AIM))]
        say(f"  {name}: {figures[-1].value:.0f} ms at p95, floor {figures[-1].against:.0f} ms")
    return figures


def figure_of(name: str, ours: list[float], floor: list[float], share: int, aim: Aim | None) -> Figure:
    part = share / 100
    return Figure(f"board_{name}_p{share}_ms", quantile(ours, part), "ms", quantile(floor, part), SAID, aim)


def milliseconds(client: httpx.Client, request: httpx.Request) -> float:
    since = time.perf_counter()
    client.send(request).raise_for_status()
    return 1000 * (time.perf_counter() - since)


def bench(directory: Path, count: int, times: int) -> list[Figure]:
    today = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    with Stack(directory) as stack:
        say("starting the servers")
        prepare(stack, people=True)
        say(f"copying {count} procedures")
        settings = settings_of(stack)
        asyncio.run(load(settings, count, today))
        stack.need("api")
        with closing(signed_in(stack, settings.public_url)) as client:
            return measure(client, lists_of(client, count, today), times)


def say(words: str) -> None:
    print(words, flush=True)


def main() -> int:
    told = argparse.ArgumentParser(prog="python -m bench.board", description=__doc__)
    told.add_argument("--rows", type=int, default=50_000)
    told.add_argument("--times", type=int, default=40)
    asked = told.parse_args()
    WHERE.mkdir(parents=True, exist_ok=True)
    before = os.getloadavg()[0]
    with tempfile.TemporaryDirectory(dir=WHERE, ignore_cleanup_errors=True) as directory:
        figures = bench(Path(directory), asked.rows, asked.times)
    tell(WHERE / "board.json", figures, before)
    return 0


if __name__ == "__main__":
    sys.exit(main())
