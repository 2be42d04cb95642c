"""What a process that parses strangers' bytes may still ask of the system: not what reaches other processes.

Linux calls it seccomp; see seccomp(2). No sockets, those with a path in the file system included, which neither a
network namespace nor Landlock keeps away; no look into other processes, no namespaces, mounts, keys or loaded code.
"""

import ctypes
import errno
import os
import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

PR_SET_NO_NEW_PRIVS = 38
SET_MODE_FILTER, EVERY_THREAD = 1, 1
ALLOWED, REFUSED = 0x7FFF0000, 0x00050000
LOAD_WORD, EQUAL, AT_LEAST, ANY_BIT_OF, RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
NUMBER, ARCHITECTURE, FIRST_ARGUMENT = 0, 4, 16
"""Where they lie in what a filter is shown of a call."""
NEW_NAMESPACES = 0x7E020000
"""Of the flags of `clone`: any of them makes a namespace."""


@dataclass(frozen=True)
class Machine:
    """The numbers of the calls on one architecture."""

    audit: int
    seccomp: int
    clone: int
    prlimit: int
    programs: tuple[int, ...]
    """execve, execveat."""
    refused: tuple[int, ...]


CLONE3 = 435
OF_EVERY_MACHINE = (
    *(425, 426, 427),  # io_uring: what it is told to do passes no filter
    *(428, 429, 430, 431, 432, 433, 442),  # open_tree, move_mount, fsopen, fsconfig, fsmount, fspick, mount_setattr
    *(434, 438, 440, 448),  # pidfd_open, pidfd_getfd, process_madvise, process_mrelease
)
MACHINES: Mapping[str, Machine] = {
    "x86_64": Machine(
        audit=0xC000003E, seccomp=317, clone=56, prlimit=302, programs=(59, 322),
        refused=(
            *(41, 42, 49, 50),  # socket, connect, bind, listen
            *(101, 310, 311, 312),  # ptrace, process_vm_readv, process_vm_writev, kcmp
            *(272, 308, 155, 161, 165, 166),  # unshare, setns, pivot_root, chroot, mount, umount2
            *(248, 249, 250),  # add_key, request_key, keyctl
            *(175, 176, 313, 246, 320, 169),  # init_module, delete_module, finit_module, kexec (two), reboot
            *(298, 321, 323, 304, 135),  # perf_event_open, bpf, userfaultfd, open_by_handle_at, personality
        ),
    ),
    "aarch64": Machine(
        audit=0xC00000B7, seccomp=277, clone=220, prlimit=261, programs=(221, 281),
        refused=(
            *(198, 203, 200, 201),
            *(117, 270, 271, 272),
            *(97, 268, 41, 51, 40, 39),
            *(217, 218, 219),
            *(105, 106, 273, 104, 294, 142),
            *(241, 280, 282, 265, 92),
        ),
    ),
}  # fmt: skip


def leave_calls(*, programs: bool = False) -> bool:
    """Give up these calls, in every thread; False where the system or the machine knows no such filter.

    `programs`: other programs may still be started, under the same limits.
    """
    machine = MACHINES.get(os.uname().machine)
    if machine is None:
        return False
    code = b"".join(_filter(machine, programs))
    kept = ctypes.create_string_buffer(code, len(code))
    told = struct.pack("@HP", len(code) // 8, ctypes.addressof(kept))
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    return bool(libc.syscall(machine.seccomp, SET_MODE_FILTER, EVERY_THREAD, told) == 0)


def _filter(machine: Machine, programs: bool) -> Iterator[bytes]:
    """A program for the packet filter of the kernel, one instruction after the other."""
    yield _instruction(LOAD_WORD, ARCHITECTURE)
    yield _instruction(EQUAL, machine.audit, then=1)
    yield _refuse(errno.EPERM)
    yield _instruction(LOAD_WORD, NUMBER)
    yield from _refuse_where(AT_LEAST, 0x40000000)  # the same calls under other numbers (x32)
    for number in (*machine.refused, *OF_EVERY_MACHINE, *(() if programs else machine.programs)):
        yield from _refuse_where(EQUAL, number)
    # Its flags lie behind an address, where no filter looks; libraries then take `clone`.
    yield from _refuse_where(EQUAL, CLONE3, errno.ENOSYS)
    yield _instruction(EQUAL, machine.clone, other=3)
    yield _instruction(LOAD_WORD, FIRST_ARGUMENT)
    yield from _refuse_where(ANY_BIT_OF, NEW_NAMESPACES)
    yield _instruction(LOAD_WORD, NUMBER)
    yield _instruction(EQUAL, machine.prlimit, other=3)
    yield _instruction(LOAD_WORD, FIRST_ARGUMENT)
    yield _instruction(EQUAL, 0, then=1)  # its own limits, and no other process's
    yield _refuse(errno.EPERM)
    yield _instruction(RETURN, ALLOWED)


def _refuse_where(test: int, value: int, number: int = errno.EPERM) -> tuple[bytes, bytes]:
    return _instruction(test, value, other=1), _refuse(number)


def _refuse(number: int) -> bytes:
    return _instruction(RETURN, REFUSED | number)


def _instruction(code: int, value: int, then: int = 0, other: int = 0) -> bytes:
    """`then` and `other`: how many instructions are passed over where a test holds, and where it does not."""
    return struct.pack("=HBBI", code, then, other, value)
