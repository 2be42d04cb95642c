"""The local stack as one object, for `make run`, the demonstration, the benchmarks and the tests alike.

with Stack(directory) as stack:
    stack.need("postgres", "temporal")
    Settings(**...)  # or run anything with stack.env
    stack.kill("temporal")
    stack.wait_healthy("temporal")
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from types import TracebackType
from typing import Self

from deploy import plan
from deploy.health import reason_unhealthy
from deploy.keys import write_private
from deploy.part import Part
from deploy.place import PROJECT
from deploy.plan import PROCESSES, SERVERS
from deploy.ports import Choice
from deploy.prepare import kept_contract
from deploy.probes import descendants, is_running
from deploy.processes import DEPLOYMENTS
from deploy.supervisor import ProcessState, Supervisor, SupervisorGone

__all__ = ["PROCESSES", "SERVERS", "PartNotHealthy", "PreparationFailed", "Stack", "StackIsRunning"]

SECONDS_TO_BE_HEALTHY = 60.0
SECONDS_TO_STOP = 60.0
BETWEEN_PROBES = 0.05
STARTS_BEFORE_GIVING_UP = 3


class StackIsRunning(Exception):
    """Another stack serves from this directory already."""


class PartNotHealthy(Exception):
    """A part could not serve in time; the message ends with the last lines that it wrote."""


class PreparationFailed(Exception):
    """A step between servers and processes failed; the message is what the step wrote."""


class Stack:
    """Every part of one local stack under `directory`. Parts run only once they are asked for.

    `ports`: "usual" for the numbers that people remember, "free" for tests that run beside each other.
    `versioned`: workers serve as a version of their deployment, made current at each start.
    Calls block; from asynchronous code use `asyncio.to_thread`.
    """

    def __init__(self, directory: Path, ports: Choice = "free", *, versioned: bool = False) -> None:
        self.var = directory.resolve()
        self.supervisor = Supervisor(self.var, plan.supervisor_socket(self.var))
        self._choice = ports
        self._versioned = versioned
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self.open()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.stop()

    def open(self) -> None:
        """Plan the stack and start its supervisor, with no part running yet. Raises StackIsRunning."""
        if self.supervisor.answers():
            raise StackIsRunning(f"a stack is running in {self.var} already; stop it with: python -m deploy down")
        place = plan.new_place(self.var, self._choice)
        self._planned = plan.parts(place)
        self.parts = dict(self._planned)
        self.env = plan.environment(place) | {"ESTRADO_WORKER_VERSIONING": str(self._versioned).lower()}
        self._write_settings()
        self.supervisor.configure(self.parts.values())
        self._process = self.supervisor.launch({**os.environ, **self.env})

    def _write_settings(self) -> None:
        write_private(self.var / "stack.env", plan.as_file(self.env).encode())

    def need(self, *names: str) -> None:
        """Start those of the named parts that do not run, in the order given, each once the one before is healthy.

        Servers that follow each other are started together, but for those that say which others they need.
        """
        for servers, group in groupby(names, key=SERVERS.__contains__):
            if servers:
                self._need_together(list(group))
            else:
                for name in group:
                    self._need_together([name])

    def _need_together(self, names: list[str]) -> None:
        states = self.supervisor.processes()
        new = [name for name in names if states[name].state not in ("RUNNING", "STARTING", "BACKOFF")]
        for name in sorted(new, key=lambda name: bool(self.parts[name].needs)):
            self._begin(name)
        for name in names:
            self.wait_healthy(name)
            if name in new:
                self._once_healthy(name)

    def start(self, name: str) -> None:
        """Start a part and return once it serves. Raises PartNotHealthy."""
        self._begin(name)
        self.wait_healthy(name)
        self._once_healthy(name)

    def _begin(self, name: str) -> None:
        self.need(*self.parts[name].needs)
        self.parts[name].before_start()
        self.supervisor.start(name)

    def _once_healthy(self, name: str) -> None:
        self.parts[name].once_healthy()
        if self._versioned and name in DEPLOYMENTS:
            self._run("-m", "deploy.versions", "current", "--part", name, log=f"{name}-version")

    def prepare(self, *, people: bool = True) -> None:
        """Migrate the database, deploy the anchor contract, seed: what must be so before the processes start.

        `people`: with the invented ones, who can sign in; making their passwords takes longer than all the rest.
        """
        self._run("-m", "deploy.prepare", *([] if people else ["--without-people"]), log="prepare")
        self._tell_processes({"ESTRADO_ANCHOR_CONTRACT": kept_contract(self.var)})

    def _run(self, *python_arguments: str, log: str) -> None:
        """A program with the stack's settings, to its end. Raises PreparationFailed with what it wrote."""
        done = subprocess.run(
            [sys.executable, *python_arguments],
            cwd=PROJECT,
            env={**os.environ, **self.env},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        (self.var / "log" / f"{log}.log").write_bytes(done.stdout)
        if done.returncode != 0:
            raise PreparationFailed(done.stdout.decode(errors="replace"))

    def _tell_processes(self, learned: Mapping[str, str]) -> None:
        """What became known only now reaches the processes at their next start."""
        self.env |= learned
        self._write_settings()
        for name in PROCESSES:
            self._planned[name] = with_environment(self._planned[name], learned)
            if not self.pid(name):
                self.set_environment(name, {})

    def pid(self, name: str) -> int:
        """The part's process id; 0 when it does not run."""
        return self.supervisor.processes()[name].pid

    def kill(self, name: str, hold: bool = False) -> None:
        """SIGKILL. Returns once the process is gone; it is started again at once unless `hold` keeps it down."""
        pid = self.pid(name)
        if not pid:
            return
        family = [pid, *descendants(pid)]
        if hold:
            # Stopped first, so that the wish to end cannot reach the process before the kill does.
            os.kill(pid, signal.SIGSTOP)
            self.supervisor.stop(name, wait=False)
        os.kill(pid, signal.SIGKILL)
        latest = time.monotonic() + SECONDS_TO_STOP
        while any(map(is_running, family)) or (hold and self.supervisor.processes()[name].state == "STOPPING"):
            if time.monotonic() > latest:
                raise TimeoutError(f"{name} (pid {pid}) survives SIGKILL")
            time.sleep(BETWEEN_PROBES)

    def halt(self, name: str) -> None:
        """Stop one part as an operator would, and leave it down."""
        self.supervisor.stop(name)

    def set_environment(self, name: str, extra: Mapping[str, str]) -> None:
        """Give a part more variables from its next start on; what was given before is forgotten. The part is
        stopped."""
        self.supervisor.stop(name)
        self.parts[name] = with_environment(self._planned[name], extra)
        self.supervisor.configure(self.parts.values())
        self.supervisor.replace(name)

    def wait_healthy(self, name: str, seconds: float = SECONDS_TO_BE_HEALTHY) -> None:
        """Return once the part serves. Raises PartNotHealthy with the end of its log."""
        latest = time.monotonic() + seconds
        pids = set()
        while True:
            state, reason = self.health(name)
            if not reason:
                return
            pids.add(state.pid)
            hopeless = state.state == "FATAL" or len(pids) > STARTS_BEFORE_GIVING_UP
            if hopeless or time.monotonic() > latest:
                raise PartNotHealthy(f"{name}: {reason or state.said}\n{self.log_end(name)}")
            time.sleep(BETWEEN_PROBES)

    def health(self, name: str) -> tuple[ProcessState, str]:
        """What the supervisor knows of the part, and why it cannot serve (empty when it can)."""
        state = self.supervisor.processes()[name]
        return state, reason_unhealthy(self.parts[name], state)

    def log_end(self, name: str, lines: int = 15) -> str:
        """The last lines that the part wrote."""
        path = self.var / "log" / f"{name}.log"
        return "\n".join(path.read_text(errors="replace").splitlines()[-lines:]) if path.exists() else ""

    def stop(self) -> None:
        """Stop everything, last started first. What was kept on disk is there at the next start."""
        if self._process is None:
            return
        try:
            self.supervisor.shut_down(self.parts.values())
        except SupervisorGone:
            self._process.terminate()
        self._process.wait(SECONDS_TO_STOP)
        self._process = None


def with_environment(part: Part, extra: Mapping[str, str]) -> Part:
    return replace(part, environment={**part.environment, **extra})
