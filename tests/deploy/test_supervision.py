"""The stack keeps its parts running, says what happens to them, and leaves nothing behind."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from deploy.health import Changes, table
from deploy.place import PROJECT
from deploy.probes import descendants, is_running
from deploy.stack import PartNotHealthy, PreparationFailed, Stack, StackIsRunning
from deploy.supervisor import SupervisorGone
from tests.conftest import eventually


def test_a_killed_part_is_restarted_and_said_so(stack: Stack) -> None:
    changes = Changes()
    assert changes.since_last_look(stack.parts, stack.supervisor.processes()) == []
    before = stack.pid("mailbox")

    stack.kill("mailbox")
    stack.wait_healthy("mailbox")

    assert stack.pid("mailbox") != before
    said = changes.since_last_look(stack.parts, stack.supervisor.processes())
    assert [line.split("  ", 1)[1] for line in said] == [
        f"mailbox died and was started again (pid {before}, now {stack.pid('mailbox')})"
    ]


def test_a_part_that_is_killed_and_held_stays_down_until_it_is_started(stack: Stack) -> None:
    stack.kill("mailbox", hold=True)
    state, reason = stack.health("mailbox")
    assert (state.state, reason) == ("STOPPED", "stopped")

    stack.start("mailbox")
    assert stack.health("mailbox")[1] == ""


def test_the_table_shows_every_part_with_its_health_and_address(stack: Stack) -> None:
    lines = table(stack.parts.values(), stack.supervisor.processes()).splitlines()
    words = {line.split()[0]: line for line in lines[1:]}
    assert list(words) == list(stack.parts)
    assert "healthy" in words["postgres"]
    assert stack.parts["mailbox"].address in words["mailbox"]
    assert "stopped" in words["api"]


def test_a_second_stack_in_the_same_directory_is_refused(stack: Stack) -> None:
    with pytest.raises(StackIsRunning, match="python -m deploy down"):
        Stack(stack.var).open()


def test_a_part_that_cannot_start_is_reported_with_what_it_wrote(own_stack: Stack) -> None:
    (own_stack.var / "pki" / "keys").mkdir(parents=True)
    (own_stack.var / "pki" / "keys" / "root.pem").write_text("this is no key")

    own_stack.supervisor.start("pki")
    with pytest.raises(PartNotHealthy) as failure:
        own_stack.wait_healthy("pki")

    assert "pki/keys/root.pem" in str(failure.value)


def test_an_added_variable_reaches_the_part_at_its_next_start(own_stack: Stack) -> None:
    own_stack.set_environment("mailbox", {"ESTRADO_SEEN": '100 % "quoted"'})
    own_stack.start("mailbox")
    environment = Path(f"/proc/{own_stack.pid('mailbox')}/environ").read_bytes().split(b"\0")
    assert b'ESTRADO_SEEN=100 % "quoted"' in environment


def test_parts_do_not_outlive_a_killed_supervisor(own_stack: Stack) -> None:
    own_stack.need("postgres", "anvil", "mailbox")
    family = descendants(int((own_stack.var / "run" / "supervisord.pid").read_text()))
    assert len(family) >= 5

    os.kill(int((own_stack.var / "run" / "supervisord.pid").read_text()), signal.SIGKILL)

    eventually(lambda: not any(is_running(pid) for pid in family))
    with pytest.raises(SupervisorGone):
        own_stack.pid("anvil")


def test_parts_do_not_outlive_a_killed_command(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "deploy", "up", "--only", "servers", "--ports", "free", "--var", str(tmp_path)]
    with subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.PIPE, text=True) as up:
        assert up.stdout is not None
        next(line for line in up.stdout if line.startswith("starting postgres"))
        supervisor = int((tmp_path / "run" / "supervisord.pid").read_text())
        family = [supervisor, *descendants(supervisor)]
        up.kill()

    eventually(lambda: not any(is_running(pid) for pid in family))


def test_a_failing_preparation_stops_the_start_with_what_it_wrote(own_stack: Stack) -> None:
    # Nothing listens where the database is said to be: PostgreSQL was not started.
    with pytest.raises(PreparationFailed, match=r"adapters\.postgres\.migrate ended with 1"):
        own_stack.prepare()
