"""Commands that are carried out in the state which their asker has seen, and in no other (RFC 9110, 13.1.1)."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from domain.commands import Command
    from domain.errors import Refusal
    from domain.journal.chain import ChainHead, position
    from domain.refusals.requests import STATE_MOVED_ON

if TYPE_CHECKING:
    from workflows.engine.case_file import CaseFile


def refuse_moved_on(head: ChainHead, command: Command) -> None:
    """Raises `Refusal('state_moved_on')` where `command` was to be carried out in another state than this."""
    if command.expects is not None and position(head.next_seq - 1, head.hash) not in command.expects:
        raise Refusal(STATE_MOVED_ON)


class Expected:
    """Which command of those that name a state is being carried out in it: one, however many name the same."""

    def __init__(self) -> None:
        self._under_way: dict[str, str] = {}
        """Id of a command that has written nothing yet -> hash of the line after which it was let in."""

    @asynccontextmanager
    async def only_in_time(self, case: "CaseFile", command: Command) -> AsyncIterator[bool]:
        """Inside, `command` is the only one let in here that names this state. Gives whether it had to wait for that.

        What a command does in the world comes before its line: whoever names the same state waits for how it ends.
        Raises `Refusal('state_moved_on')`.
        """
        if command.expects is None:
            yield False
            return
        waited = False
        while self._waits(case, command):
            waited = True
            await workflow.wait_condition(lambda: not self._waits(case, command))
        refuse_moved_on(case.head, command)
        self._under_way[command.id] = case.head.hash
        try:
            yield waited
        finally:
            self._under_way.pop(command.id, None)

    def refuse_overtaken(self, case: "CaseFile", command: Command) -> None:
        """Where somebody else's line came before the first one of `command`. Raises `Refusal('state_moved_on')`."""
        if command.id in self._under_way:
            refuse_moved_on(case.head, command)

    def has_written(self, command: Command) -> None:
        """The lines of `command` itself move the state on, and it may write more."""
        self._under_way.pop(command.id, None)

    def _waits(self, case: "CaseFile", command: Command) -> bool:
        """Until what is being written stands, and nobody else who named this state is at work in it."""
        taken = case.head.hash in self._under_way.values()
        return case.writing or (taken and position(case.seq, case.head.hash) in (command.expects or ()))
