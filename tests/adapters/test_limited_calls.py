"""The filter of system calls, asked call by call as the kernel asks it: by name, for both machines that it knows.

The numbers stand here a second time, by name, from the kernel's tables (syscall_64.tbl, asm-generic/unistd.h).
"""

import errno
import struct

import pytest

from adapters.limited.calls import MACHINES, Machine, _filter

X86_64, AARCH64 = 0xC000003E, 0xC00000B7
I386, ARM = 0x40000003, 0x40000028
ALLOW = 0x7FFF0000
REFUSED, AS_IF_IT_WERE_NOT_THERE = 0x00050000 | errno.EPERM, 0x00050000 | errno.ENOSYS

NAMED = {
    "socket": (41, 198), "connect": (42, 203), "bind": (49, 200), "listen": (50, 201),
    "ptrace": (101, 117), "process_vm_readv": (310, 270), "process_vm_writev": (311, 271), "kcmp": (312, 272),
    "unshare": (272, 97), "setns": (308, 268), "pivot_root": (155, 41), "chroot": (161, 51), "mount": (165, 40),
    "umount2": (166, 39), "add_key": (248, 217), "request_key": (249, 218), "keyctl": (250, 219),
    "init_module": (175, 105), "delete_module": (176, 106), "finit_module": (313, 273), "kexec_load": (246, 104),
    "kexec_file_load": (320, 294), "reboot": (169, 142), "perf_event_open": (298, 241), "bpf": (321, 280),
    "userfaultfd": (323, 282), "open_by_handle_at": (304, 265), "personality": (135, 92),
    **{name: (number, number) for name, number in {
        "io_uring_setup": 425, "io_uring_enter": 426, "io_uring_register": 427, "open_tree": 428, "move_mount": 429,
        "fsopen": 430, "fsconfig": 431, "fsmount": 432, "fspick": 433, "mount_setattr": 442, "pidfd_open": 434,
        "pidfd_getfd": 438, "process_madvise": 440, "process_mrelease": 448,
    }.items()},
}  # fmt: skip
PROGRAMS = {"execve": (59, 221), "execveat": (322, 281)}
NEEDED = {
    "read": (0, 63), "write": (1, 64), "mmap": (9, 222), "futex": (202, 98), "socketpair": (53, 199),
    "epoll_pwait": (281, 22), "exit_group": (231, 94),
}  # fmt: skip
CLONE, PRLIMIT, CLONE3 = (56, 220), (302, 261), 435
A_THREAD = 0x003D0F00
NAMESPACES = {
    "mount": 0x00020000, "cgroup": 0x02000000, "uts": 0x04000000, "ipc": 0x08000000, "user": 0x10000000,
    "pid": 0x20000000, "network": 0x40000000,
}  # fmt: skip

EACH = pytest.mark.parametrize("which", [0, 1], ids=["x86_64", "aarch64"])


def machine(which: int) -> Machine:
    return MACHINES[("x86_64", "aarch64")[which]]


def verdict(which: int, number: int, first: int = 0, *, audit: int | None = None, programs: bool = False) -> int:
    """What the filter says of a call: the few instructions of seccomp(2), followed one by one."""
    shown = {0: number, 4: audit or (X86_64, AARCH64)[which], 16: first}
    code = [struct.unpack("=HBBI", one) for one in _filter(machine(which), programs)]
    at, loaded = 0, 0
    while True:
        operation, then, other, value = code[at]
        at += 1
        if operation == 0x20:
            loaded = shown[value]
        elif operation == 0x06:
            return int(value)
        else:
            holds = {0x15: loaded == value, 0x35: loaded >= value, 0x45: bool(loaded & value)}[operation]
            at += then if holds else other


@EACH
@pytest.mark.parametrize("name", NAMED)
def test_what_reaches_others_is_refused(which: int, name: str) -> None:
    for programs in (False, True):
        assert verdict(which, NAMED[name][which], programs=programs) == REFUSED


@EACH
@pytest.mark.parametrize("name", NEEDED)
def test_what_is_needed_stays(which: int, name: str) -> None:
    assert verdict(which, NEEDED[name][which]) == ALLOW


@EACH
def test_other_programs_are_started_only_where_it_is_said(which: int) -> None:
    for numbers in PROGRAMS.values():
        assert (verdict(which, numbers[which]), verdict(which, numbers[which], programs=True)) == (REFUSED, ALLOW)


@EACH
def test_a_thread_is_no_namespace(which: int) -> None:
    assert verdict(which, CLONE[which], A_THREAD) == ALLOW
    assert {name: verdict(which, CLONE[which], A_THREAD | flag) for name, flag in NAMESPACES.items()} == dict.fromkeys(
        NAMESPACES, REFUSED
    )
    assert verdict(which, CLONE3) == AS_IF_IT_WERE_NOT_THERE


@EACH
def test_limits_are_read_and_set_for_oneself_alone(which: int) -> None:
    assert (verdict(which, PRLIMIT[which], 0), verdict(which, PRLIMIT[which], 17)) == (ALLOW, REFUSED)


@EACH
def test_no_call_passes_under_another_number_or_machine(which: int) -> None:
    for number in (0x40000000, 0x40000000 + 41, 0xFFFFFFFF):
        assert verdict(which, number) == REFUSED
    for audit in (I386, ARM, (AARCH64, X86_64)[which]):
        assert verdict(which, NEEDED["read"][which], audit=audit) == REFUSED


def test_nothing_else_is_refused_by_the_table() -> None:
    """What is added to the filter is added here, with its name."""
    known = set(NAMED.values())
    for which in (0, 1):
        refused = {n for n in range(500) if verdict(which, n, programs=True) != ALLOW}
        assert refused == {numbers[which] for numbers in known} | {CLONE3}
