"""The limits under which deposited files are parsed, each felt by a process that oversteps it."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from adapters.limited.processes import PROJECT

ORDINARY = 1024**3
PROGRAMS = {
    "adapters.intake.process": ORDINARY,
    "adapters.identity.face_against_document.process": ORDINARY,
    "adapters.identity.id_document_read.process": 3 * ORDINARY // 2,
    "adapters.reports.process": ORDINARY,
    "adapters.composing.process": ORDINARY,
    "api.rehearsal_process": ORDINARY,
}
"""All that look at bytes of strangers, and how much memory each may have."""


LIMITS = "import sys\nfrom adapters.limited.limits import *\n"


def limited(code: str, *arguments: str, before: str = "limit_resources()\n") -> subprocess.CompletedProcess[str]:
    """Run `code` after the process has limited itself."""
    command = [sys.executable, "-c", LIMITS + before + code, *arguments]
    return subprocess.run(
        command, cwd=PROJECT, env={}, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False, timeout=60
    )


def test_memory_ends_at_one_gibibyte() -> None:
    done = limited("bytearray(1024**3)")
    assert "MemoryError" in done.stderr


def test_time_of_work_ends() -> None:
    # Lowered here to one second, or this test would work for long.
    done = limited("resource.setrlimit(resource.RLIMIT_CPU, (1, MOST_WORK))\nwhile True: pass")
    assert done.returncode < 0


def test_open_files_end_early() -> None:
    done = limited("files = [open('/dev/null') for _ in range(OPEN_FILES)]")
    assert "Too many open files" in done.stderr


def test_no_address_can_be_reached() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = str(server.getsockname()[1])
        code = "import socket\nprint(leave_network())\nsocket.create_connection(('127.0.0.1', int(sys.argv[1])), 2)"
        done = limited(code, port)
    # Where a system forbids namespaces the process says so, and the worker needs a network policy (docs/operations.md).
    assert done.stdout.strip() == ("True" if "Network is unreachable" in done.stderr else "False")
    assert (done.returncode == 0) == (done.stdout.strip() == "False")


def test_no_file_can_be_reached_but_the_code(tmp_path: Path) -> None:
    kept, code = tmp_path / "kept.key", "from adapters.limited.files import leave_files\nprint(leave_files())\n"
    kept.write_bytes(b"k")
    tried = {
        "a key": f"open({str(kept)!r}).read()",
        "what is beside the code": "open('pyproject.toml').read()",
        "the people of the machine": "open('/etc/passwd').read()",
        "other processes": "open('/proc/1/environ').read()",
        "leavings": f"open({str(tmp_path / 'left')!r}, 'w')",
        "taking away": f"import os; os.unlink({str(kept)!r})",
    }
    for what, asked in tried.items():
        done = limited(code + asked)
        assert done.stdout.strip() == ("True" if "PermissionError" in done.stderr else "False"), (what, done)
    # Libraries are still found, and what was given is read from files that are open.
    assert limited(code + "import pikepdf, pypdfium2, PIL.Image, domain.types.vocabulary").returncode == 0


def test_no_other_process_can_be_reached(tmp_path: Path) -> None:
    """Neither what listens at a path of the file system, which a network namespace leaves in reach, nor a parent."""
    code = "import ctypes, os, signal, socket\nfrom adapters.limited.calls import leave_calls\nprint(leave_calls())\n"
    tried = {
        "what listens at a path": "socket.socket(socket.AF_UNIX).connect(sys.argv[1])",
        "the network": "socket.create_connection(('127.0.0.1', 9), 2)",
        "another's memory": called("ptrace", "16, os.getppid(), 0, 0"),
        "another's limits": "resource.prlimit(os.getppid(), resource.RLIMIT_CORE)",
        "a program": "os.execv('/bin/true', ['true'])",
        "the kernel, by a namespace": called("unshare", "0x10000000"),
        "the same, on the way to a child": called("syscall", f"{CLONE[os.uname().machine]}, 0x10000011, 0, 0, 0, 0"),
    }
    path = str(tmp_path / "control.sock")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(path)
        server.listen()
        for what, asked in tried.items():
            done = limited(code + asked, path)
            assert done.stdout.strip() == ("True" if "PermissionError" in done.stderr else "False"), (what, done)
    # What they need is still there: threads, a loop, and for the intake the program that reads pictures.
    kept = "import asyncio, threading; threading.Thread(target=print).start(); asyncio.run(asyncio.sleep(0))"
    assert limited(code + kept).returncode == 0
    started = code.replace("leave_calls()", "leave_calls(programs=True)") + "os.execv('/bin/true', ['true'])"
    assert limited(started).returncode == 0


@pytest.mark.parametrize("program", PROGRAMS)
def test_every_program_that_looks_at_bytes_of_strangers_limits_itself(program: str, tmp_path: Path) -> None:
    (tmp_path / "kept.key").write_bytes(b"k")
    tried = """
main()  # nobody gave it a job
for asked in (lambda: open(sys.argv[1]).read(), lambda: socket.socket(socket.AF_UNIX), lambda: socket.socketpair()):
    try:
        asked()
    except PermissionError:
        print("refused")
    else:
        print("done")
print(resource.getrlimit(resource.RLIMIT_AS)[1])
"""
    done = limited(f"import socket\nfrom {program} import main\n{tried}", str(tmp_path / "kept.key"), before="")
    kept = [limited(f"{begin}; print({call})").stdout.strip() for begin, call in LEAVING]
    refused = ["refused" if left == "True" else "done" for left in kept]
    assert done.stdout.split() == [*refused, "done", str(PROGRAMS[program])], done


LEAVING = (
    ("from adapters.limited.files import leave_files", "leave_files()"),
    ("from adapters.limited.calls import leave_calls", "leave_calls()"),
)


def test_no_other_process_can_be_ended() -> None:
    code = "import os\nfrom adapters.limited.files import leave_files\nprint(leave_files())\nos.kill(os.getppid(), 0)"
    done = limited(code)
    # Landlock keeps signals to the process since version 6 (Linux 6.12).
    known = int(limited("from adapters.limited.files import version; print(version())").stdout)
    assert ("PermissionError" in done.stderr) == (known >= 6), done


CLONE = {"x86_64": 56, "aarch64": 220}


def called(name: str, arguments: str) -> str:
    """The call of the C library, failing as Python's own calls do."""
    libc = "ctypes.CDLL(None, use_errno=True)"
    return f"if {libc}.{name}({arguments}) < 0: raise OSError(ctypes.get_errno(), 'refused')"
