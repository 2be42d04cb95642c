"""What the process that parses deposited files may use at most, and that it may not use the network."""

import ctypes
import resource

from domain.files import LARGEST_READING_COPY, MOST_WORK, WORK_PER_PAGE, WORK_TO_EXAMINE

MEMORY = 1024**3
OPEN_FILES = 64

CLONE_NEWUSER, CLONE_NEWNET = 0x10000000, 0x40000000
PR_SET_NO_NEW_PRIVS = 38


def limit_resources(memory: int = MEMORY) -> None:
    """F-40: little CPU until the number of pages is known, so many bytes of memory, no core dump, bounded output."""
    resource.setrlimit(resource.RLIMIT_CPU, (int(WORK_TO_EXAMINE), MOST_WORK))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST_READING_COPY, LARGEST_READING_COPY))
    resource.setrlimit(resource.RLIMIT_NOFILE, (OPEN_FILES, OPEN_FILES))


def leave_network() -> bool:
    """Move into a network namespace of our own, without interfaces; False where the system forbids it.

    None of the parsers speaks to a network; this is for the day on which one of them is taken over. Where namespaces
    are forbidden (some container hosts), run the worker under a network policy (docs/operations.md).
    """
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    return any(libc.unshare(flags) == 0 for flags in (CLONE_NEWNET, CLONE_NEWUSER | CLONE_NEWNET))


def allow_time_for(pages: int) -> None:
    """More CPU time, once it is known how much honest work there is."""
    used = resource.getrusage(resource.RUSAGE_SELF).ru_utime
    # The hard limit ends a process without a word of which one it was, so the soft one stays below it.
    soft = min(int(used + WORK_TO_EXAMINE + WORK_PER_PAGE * pages), MOST_WORK - 5)
    resource.setrlimit(resource.RLIMIT_CPU, (soft, MOST_WORK))
