"""The limits under which deposited files are parsed, each felt by a process that oversteps it."""

import socket
import subprocess
import sys
from pathlib import Path

from adapters.limited.processes import PROJECT


def limited(code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run `code` after the process has limited itself."""
    setup = "import sys\nfrom adapters.limited.limits import *\nlimit_resources()\n"
    command = [sys.executable, "-c", setup + code, *arguments]
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
    for program in ("adapters.intake.process", "adapters.identity.face_against_document.process"):
        done = limited(f"from {program} import main\nmain()\nopen({str(kept)!r}).read()")  # nobody gave it a job
        assert ("PermissionError" in done.stderr) == ("True" in limited(code).stdout)
    # Libraries are still found, and what was given is read from files that are open.
    assert limited(code + "import pikepdf, pypdfium2, PIL.Image, domain.types.vocabulary").returncode == 0
