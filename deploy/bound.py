"""Ties a process to the one that started it: when the starter dies, however, the system ends the process.

Linux only (PR_SET_PDEATHSIG in prctl(2)), through util-linux's setpriv: Python could only do it between fork and
exec, where a program with threads must not run Python code.
"""

from pathlib import Path

# The starter may die before the wish is made known to the kernel; the process then has another parent and leaves.
# $0 is the starter's process id, or the file that holds it.
UNLESS_ORPHANED = 'test "$PPID" = "$0" && exec "$@"'
UNLESS_ORPHANED_FROM_FILE = 'test "$PPID" = "$(cat "$0")" && exec "$@"'


def bound(command: tuple[str, ...], signal: str, starter: int | Path) -> tuple[str, ...]:
    """The command with what ties it to its starter: a process id, or the file where that will be written.

    `signal` is what the process gets when the starter dies, by name without SIG.
    """
    script = UNLESS_ORPHANED_FROM_FILE if isinstance(starter, Path) else UNLESS_ORPHANED
    return ("setpriv", "--pdeathsig", signal, "--", "sh", "-c", script, str(starter), *command)
