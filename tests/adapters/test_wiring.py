"""What a process imports when it starts."""

import subprocess
import sys

import pytest

from deploy.place import PROJECT


@pytest.mark.parametrize("started", ["api.app", "worker"])
def test_who_cannot_pay_does_not_wait_for_the_library_of_the_chain(started: str) -> None:
    """Scar: a third of the time in which a process starts went into keys of a kind that nobody has here."""
    program = f"import sys, {started}\nprint(sorted({{'web3', 'eth_account', 'py_ecc'}} & set(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", program], cwd=PROJECT, check=True, capture_output=True, text=True
    )
    assert done.stdout == "[]\n"
