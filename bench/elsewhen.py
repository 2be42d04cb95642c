"""The offline verifier under another clock and without a network: `python -m bench.elsewhen YEAR verify FILE ...`.

What a verdict depends on is the file and whom one trusts: not the day on which somebody asks, nor anybody who answers.
Every clock that Python reads stands in that year, and the first attempt to reach anything ends the process with 99.
"""

import datetime
import os
import runpy
import subprocess
import sys
import time
from pathlib import Path
from typing import Any, Final

__all__ = ["ASKED_SOMEBODY", "YEARS", "exit_code_in", "reach_nobody", "stand_in"]

TrueDate = datetime.date
TrueDatetime = datetime.datetime
YEARS: Final = (2020, 2056)
"""Before any of these bundles was made, and when their certificates have ended."""

ASKED_SOMEBODY: Final = 99
"""Exit code: the verifier tried to reach somebody."""
REACHING: Final = frozenset(
    {
        "socket.connect",
        "socket.bind",
        "socket.sendto",
        "socket.getaddrinfo",
        "socket.gethostbyname",
        "socket.getnameinfo",
    }
)
STARTING: Final = frozenset({"subprocess.Popen", "os.system", "os.exec", "os.posix_spawn"})
"""Another program would know the true day, and could reach anybody."""
LOCAL: Final = 1
"""AF_UNIX: the pair of sockets by which an event loop wakes itself."""


def exit_code_in(year: int, file: Path, trust: Path) -> int:
    """What the verifier, a process of its own, ends with in that year: 0 PASSED, as `evidence.__main__` says."""
    command = [sys.executable, "-m", "bench.elsewhen", str(year), "verify", str(file), "--trust", str(trust)]
    return subprocess.run(command, check=False, stdout=subprocess.DEVNULL).returncode


def stand_in(year: int) -> None:
    """Set the clocks of this process to the first of July of a year; they go on from there."""
    true_time = time.time
    shift = TrueDatetime(year, 7, 1, tzinfo=datetime.UTC).timestamp() - true_time()

    class OfAnyClock(type):
        def __instancecheck__(cls, value: Any) -> bool:
            return isinstance(value, TrueDatetime)

    class Datetime(TrueDatetime, metaclass=OfAnyClock):
        @classmethod
        def now(cls, tz: datetime.tzinfo | None = None) -> Any:
            return TrueDatetime.fromtimestamp(time.time(), tz)

        @classmethod
        def utcnow(cls) -> Any:
            return TrueDatetime.fromtimestamp(time.time(), datetime.UTC).replace(tzinfo=None)

        @classmethod
        def today(cls) -> Any:
            return cls.now()

    class OfAnyCalendar(type):
        def __instancecheck__(cls, value: Any) -> bool:
            return isinstance(value, TrueDate)

    class Date(TrueDate, metaclass=OfAnyCalendar):
        @classmethod
        def today(cls) -> Any:
            return Datetime.now().date()

    time.time = lambda: true_time() + shift
    time.time_ns = lambda: int(time.time() * 1e9)
    datetime.datetime = Datetime  # type: ignore[misc]
    datetime.date = Date  # type: ignore[misc]


def reach_nobody() -> None:
    """From here on the process ends when anything in it tries to reach somebody, or starts another program."""

    def heard(event: str, arguments: tuple[Any, ...]) -> None:
        opened = event == "socket.__new__" and arguments[1] != LOCAL
        if opened or event in REACHING or event in STARTING:
            sys.stderr.write(f"{event}: {arguments[1]}\n")
            os._exit(ASKED_SOMEBODY)

    sys.addaudithook(heard)


if __name__ == "__main__":
    stand_in(int(sys.argv[1]))
    reach_nobody()
    sys.argv[:] = ["evidence", *sys.argv[2:]]
    runpy.run_module("evidence", run_name="__main__", alter_sys=True)
