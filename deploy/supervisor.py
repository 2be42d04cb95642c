"""Speaks with supervisord, which starts, watches and restarts the processes of the local stack.

Everything about processes is supervisord's (https://supervisord.org); order, health and first-time content
are ours.
"""

import os
import shlex
import subprocess
import time
import xmlrpc.client
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from http.client import HTTPException
from itertools import groupby
from pathlib import Path
from typing import cast

from supervisor.xmlrpc import Faults, SupervisorTransport

from deploy.bound import bound
from deploy.part import Part
from deploy.place import PROJECT, installed

SECONDS_TO_START = 10.0
PID_FILE = "supervisord.pid"

HEADER = """\
[unix_http_server]
file={socket}
chmod=0700

[supervisord]
nodaemon=true
silent=true
directory={project}
logfile={log}/supervisord.log
logfile_maxbytes=5MB
logfile_backups=1
pidfile={pid_file}
childlogdir={log}

[rpcinterface:supervisor]
supervisor.rpcinterface_factory = supervisor.rpcinterface:make_main_rpcinterface

[supervisorctl]
serverurl=unix://{socket}
"""

# startsecs=0: a part that dies is started again at once, however young it was. With more, supervisord lets it wait
# longer each time, which would make a person wait whose worker was killed twice.
PROGRAM = """
[program:{name}]
command={command}
priority={tier}
autostart=false
autorestart=true
startsecs=0
stopsignal={stop_signal}
stopwaitsecs={patience}
stdout_logfile={log}/{name}.log
stdout_logfile_maxbytes=10MB
stdout_logfile_backups=2
redirect_stderr=true
"""


class SupervisorGone(Exception):
    """No supervisord answers on the socket of this stack."""


class SupervisorLeaving(SupervisorGone):
    """It answers, but only to say that it is stopping everything."""


@dataclass(frozen=True)
class ProcessState:
    """What supervisord says of one process."""

    name: str
    state: str
    """STOPPED, STARTING, RUNNING, BACKOFF (died, will be tried again), STOPPING, EXITED or FATAL (given up)."""
    pid: int
    said: str


class Supervisor:
    """One supervisord: its configuration file, its process and its socket."""

    def __init__(self, var: Path, socket: Path) -> None:
        self._var = var
        self._socket = socket

    @property
    def configuration(self) -> Path:
        return self._var / "run" / "supervisord.conf"

    def configure(self, parts: Iterable[Part]) -> None:
        """Write the configuration. It may hold secrets of single parts, so only its owner can read it."""
        run, log = self._var / "run", self._var / "log"
        for directory in (run, log):
            directory.mkdir(parents=True, exist_ok=True)
        header = HEADER.format(socket=self._socket, project=PROJECT, log=log, pid_file=run / PID_FILE)
        programs = [program(part, run, log) for part in parts]
        self.configuration.touch(mode=0o600)
        self.configuration.write_text(header + "".join(programs))

    def launch(self, environment: Mapping[str, str]) -> subprocess.Popen[bytes]:
        """Start supervisord. If the process that called this dies, however, supervisord stops everything.

        A session of its own keeps the terminal's Ctrl-C from reaching the parts before they are stopped in
        order.
        """
        command = bound((installed("supervisord"), "-c", str(self.configuration)), "TERM", starter=os.getpid())
        process = subprocess.Popen(command, env=dict(environment), start_new_session=True, stdin=subprocess.DEVNULL)
        latest = time.monotonic() + SECONDS_TO_START
        while not self.answers():
            if process.poll() is not None or time.monotonic() > latest:
                process.kill()
                raise SupervisorGone(f"supervisord did not start; see {self._var}/log/supervisord.log")
            time.sleep(0.02)
        return process

    def answers(self) -> bool:
        try:
            self.processes()
        except SupervisorLeaving:
            return True
        except SupervisorGone:
            return False
        return True

    def processes(self) -> dict[str, ProcessState]:
        rows = cast(list[dict[str, object]], self._call("supervisor.getAllProcessInfo"))
        states = [
            ProcessState(str(row["name"]), str(row["statename"]), cast(int, row["pid"]), str(row["description"]))
            for row in rows
        ]
        return {state.name: state for state in states}

    def start(self, name: str) -> None:
        """Ask for a start; one that runs already is left alone."""
        self._call("supervisor.startProcess", name, False, tolerate=Faults.ALREADY_STARTED)

    def stop(self, name: str, wait: bool = True) -> None:
        self._call("supervisor.stopProcess", name, wait, tolerate=Faults.NOT_RUNNING)

    def replace(self, name: str) -> None:
        """Take the part's new configuration into use. The part must be stopped."""
        self._call("supervisor.reloadConfig")
        self._call("supervisor.removeProcessGroup", name, tolerate=Faults.BAD_NAME)
        self._call("supervisor.addProcessGroup", name)

    def shut_down(self, parts: Iterable[Part]) -> None:
        """Stop tier after tier, everything within a tier at once, then supervisord itself.

        Left to itself supervisord stops one process after the other, a second for each.
        """
        for _, tier in groupby(sorted(parts, key=lambda part: -part.tier), key=lambda part: part.tier):
            names = {part.name for part in tier}
            for name in names:
                self.stop(name, wait=False)
            while any(state.pid for state in self.processes().values() if state.name in names):
                time.sleep(0.02)
        self._call("supervisor.shutdown")

    def _call(self, method: str, *arguments: object, tolerate: int | None = None) -> object:
        transport = SupervisorTransport(None, None, serverurl=f"unix://{self._socket}")
        server = xmlrpc.client.ServerProxy("http://supervisor", transport=transport)
        try:
            return cast(object, getattr(server, method)(*arguments))
        except xmlrpc.client.Fault as fault:
            if fault.faultCode == Faults.SHUTDOWN_STATE:
                raise SupervisorLeaving("the stack is being stopped") from fault
            if fault.faultCode != tolerate:
                raise
            return None
        except (OSError, HTTPException) as reason:
            raise SupervisorGone(f"no supervisord at {self._socket}") from reason
        finally:
            transport.close()


def program(part: Part, run: Path, log: Path) -> str:
    """The part as a section of the configuration. `setpriv` makes it die with supervisord, even by SIGKILL."""
    variables = (f"{name}={value}" for name, value in part.environment.items())
    command = bound(("env", *variables, *part.command), part.stop_signal, starter=run / PID_FILE)
    return PROGRAM.format(
        name=part.name,
        command=shlex.join(command).replace("%", "%%"),  # a lone % would be expanded
        tier=part.tier,
        stop_signal=part.stop_signal,
        patience=part.patience,
        log=log,
    )
