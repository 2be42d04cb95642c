"""A short command of the engine ends with its own status, whatever the library's threads do."""

import subprocess
import sys

import pytest

COMMAND = """
import atexit, os
from adapters.engine.command_line import exit_at_once
atexit.register(os.abort)  # what a thread that wakes up too late does
print("done")
exit_at_once({status})
"""


@pytest.mark.parametrize("status", [0, 3])
def test_what_it_printed_and_its_status_arrive_though_the_end_of_the_interpreter_would_abort_it(status: int) -> None:
    ended = subprocess.run([sys.executable, "-c", COMMAND.format(status=status)], capture_output=True, text=True)
    assert (ended.returncode, ended.stdout) == (status, "done\n")
