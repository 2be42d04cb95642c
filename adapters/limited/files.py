"""What a process that parses strangers' bytes may see of the file system: our code and the libraries, to read them.

No key, no paper of anybody, no folder for leavings. Linux calls it Landlock; see landlock(7).
"""

import ctypes
import os
import struct
import sys
from collections.abc import Iterator
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]

CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446
"""Numbers of the calls, the same on every machine that Linux runs on."""
TELL_VERSION, PATH_BENEATH = 1, 1
EXECUTE, READ_FILE, READ_DIR = 1 << 0, 1 << 2, 1 << 3
ALL_OF_VERSION_1, REFER, TRUNCATE = (1 << 13) - 1, 1 << 13, 1 << 14
ABSTRACT_SOCKETS, SIGNALS = 1 << 0, 1 << 1
"""From version 6 on, kept to the process itself and those that it starts."""
PR_SET_NO_NEW_PRIVS = 38


def leave_files() -> bool:
    """Give up every right to files but those to read and run code; False where the system knows no Landlock.

    Files that are open stay open. Where it is missing (Linux before 5.13, or switched off), what the user of the
    process may read is what somebody who takes over a parser may read (docs/operations.md).
    """
    libc, known = ctypes.CDLL(None, use_errno=True), version()
    if known < 1:
        return False
    handled = ALL_OF_VERSION_1 | (REFER if known >= 2 else 0) | (TRUNCATE if known >= 3 else 0)
    told = struct.pack("=Q", handled) + (struct.pack("=QQ", 0, ABSTRACT_SOCKETS | SIGNALS) if known >= 6 else b"")
    rules = libc.syscall(CREATE_RULESET, told, len(told), 0)
    if rules < 0:
        return False
    try:
        for path, rights in _readable():
            _allow(libc, rules, path, rights)
        libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
        return bool(libc.syscall(RESTRICT_SELF, rules, 0) == 0)
    finally:
        os.close(rules)


def version() -> int:
    """Of Landlock, as this system knows it; -1 where it knows none."""
    return int(ctypes.CDLL(None).syscall(CREATE_RULESET, None, 0, TELL_VERSION))


def _readable() -> Iterator[tuple[Path, int]]:
    code = EXECUTE | READ_FILE | READ_DIR
    for folder in ("/usr", "/lib", "/lib64", sys.prefix, sys.base_prefix):
        yield Path(folder), code
    for package in PROJECT.iterdir():
        if (package / "__init__.py").exists():
            yield package, code
    yield PROJECT, READ_DIR  # to find the packages by name
    for file in ("/etc/ld.so.cache", "/etc/ssl/openssl.cnf", "/dev/urandom"):
        yield Path(file), READ_FILE


def _allow(libc: ctypes.CDLL, rules: int, path: Path, rights: int) -> None:
    try:
        place = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except FileNotFoundError:
        return
    try:
        libc.syscall(ADD_RULE, rules, PATH_BENEATH, struct.pack("=Qi", rights, place), 0)
    finally:
        os.close(place)
