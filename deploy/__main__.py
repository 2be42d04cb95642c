"""The local stack on the command line: `python -m deploy up`, `status`, `down`."""

import argparse
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import FrameType

from deploy import plan
from deploy.health import Changes, table
from deploy.place import PROJECT
from deploy.plan import OFFICE, PROCESSES, SERVERS
from deploy.stack import PartNotHealthy, PreparationFailed, Stack, StackIsRunning
from deploy.supervisor import Supervisor, SupervisorGone
from domain.interpreter import warning

SECONDS_TO_STOP = 60.0
BETWEEN_LOOKS = 1.0


def main() -> int:
    arguments = parsed_arguments()
    for ending in (signal.SIGINT, signal.SIGTERM):  # a shell starts background jobs deaf to SIGINT
        signal.signal(ending, leave)
    return {"up": up, "status": status, "down": down}[arguments.command](arguments)


def parsed_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m deploy", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    starting = commands.add_parser("up", help="start everything and watch it until Ctrl-C")
    starting.add_argument("--only", choices=["servers"], help="without estrado's own processes")
    starting.add_argument("--ports", choices=["usual", "free"], default="usual")
    every = [
        starting,
        commands.add_parser("status", help="how each part is"),
        commands.add_parser("down", help="stop all"),
    ]
    for command in every:
        command.add_argument("--var", type=Path, default=PROJECT / "var", help="where state is kept (default: var)")
    return parser.parse_args()


def leave(signum: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def up(arguments: argparse.Namespace) -> int:
    if told := warning(sys.version_info[:3]):
        print(f"{told}\n", file=sys.stderr)
    stack = Stack(arguments.var, arguments.ports, versioned=True)
    try:
        with stack:
            with_processes = arguments.only != "servers"
            start_all(stack, with_processes)
            watch(stack, welcome(stack) if with_processes else "")
    except KeyboardInterrupt:
        print("\nEverything is stopped; state is kept in", stack.var)
    except (StackIsRunning, PartNotHealthy, PreparationFailed) as failure:
        print(failure, file=sys.stderr)
        return 1
    return 0


def start_all(stack: Stack, with_processes: bool) -> None:
    """Servers in order, then the preparation, then the processes; a line for each as it comes up."""
    for name in SERVERS:
        timed(f"starting {name}", partial(stack.need, name))
    if with_processes:
        timed("preparing database, contract and first content", stack.prepare)
        for name in (*PROCESSES, *OFFICE):
            timed(f"starting {name}", partial(stack.need, name))


def welcome(stack: Stack) -> str:
    """Something to hold, and what somebody needs to begin: addresses, logins, summons codes."""
    begun = subprocess.run(
        [sys.executable, "-m", "deploy.seed", "--procedures"],
        env={**os.environ, **stack.env},
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )
    return begun.stdout if begun.returncode == 0 else begun.stderr


def watch(stack: Stack, welcome: str) -> None:
    """Print the table, the welcome, then every change, until the supervisor is gone or somebody interrupts."""
    running = {name: part for name, part in stack.parts.items() if stack.pid(name)}
    print(f"\n{table(running.values(), stack.supervisor.processes())}\n")
    print(f"Logs: {stack.var}/log   Settings: {stack.var}/stack.env   Stop: Ctrl-C\n")
    print(welcome, flush=True)
    changes = Changes()
    while True:
        try:
            lines = changes.since_last_look(running, stack.supervisor.processes())
        except SupervisorGone:
            print("The stack was stopped.")
            return
        for line in lines:
            print(line, flush=True)
        time.sleep(BETWEEN_LOOKS)


def status(arguments: argparse.Namespace) -> int:
    """Print the table of a running stack. Exit code 1 when there is none, or when a part that runs is not well."""
    var = arguments.var.resolve()
    try:
        states = Supervisor(var, plan.supervisor_socket(var)).processes()
    except SupervisorGone:
        print(f"No stack is running in {var}.")
        return 1
    parts = plan.parts(plan.running_place(var))
    print(table(parts.values(), states))
    return 0


def down(arguments: argparse.Namespace) -> int:
    var = arguments.var.resolve()
    supervisor = Supervisor(var, plan.supervisor_socket(var))
    try:
        supervisor.shut_down(plan.parts(plan.running_place(var)).values())
    except SupervisorGone:
        print(f"No stack is running in {var}.")
        return 0
    latest = time.monotonic() + SECONDS_TO_STOP
    while supervisor.answers():
        if time.monotonic() > latest:
            print("Some part does not stop; see", var / "log")
            return 1
        time.sleep(0.1)
    print("Everything is stopped; state is kept in", var)
    return 0


def timed(what: str, act: Callable[[], None]) -> None:
    """Do something that takes a while, and say so."""
    print(f"{what} …", end="", flush=True)
    begun = time.monotonic()
    act()
    print(f" {time.monotonic() - begun:.1f} s", flush=True)


if __name__ == "__main__":
    sys.exit(main())
