"""The grammar of every human act: an Update whose validator is a pure rule, and whose answer is in the journal."""

import functools
import inspect
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any, TypeVar

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from domain.commands import Command, Receipt
    from domain.procedure.state import Procedure
    from workflows.refusals import typed_refusals

if TYPE_CHECKING:
    from workflows.journaling import Journaling

C = TypeVar("C", bound=Command)
W = TypeVar("W", bound="Journaling")
Rule = Callable[[Procedure, C], None]
Handler = Callable[[W, C], Awaitable[Receipt]]


def act(rule: Rule[C]) -> Callable[[Handler[W, C]], Handler[W, C]]:
    """Make an Update of a handler. `rule` refuses before anything is written; a repeated id gets its first answer."""

    def make(handler: Handler[W, C]) -> Handler[W, C]:
        @functools.wraps(handler)
        async def perform(self: W, command: C) -> Receipt:
            given = self.receipts.get(command.id)
            if given is not None:
                return given
            with typed_refusals():
                await self.ready()
                receipt = await handler(self, command)
            self.receipts[command.id] = receipt
            return receipt

        def refuse(self: W, command: C) -> None:
            if self.began and command.id not in self.receipts:
                with typed_refusals():
                    rule(self.procedure, command)

        # The engine compares the parameters of handler and validator, names of types included.
        refuse.__signature__ = inspect.signature(handler)  # type: ignore[attr-defined]
        update: Any = workflow.update(perform)
        update.validator(refuse)
        update.rule = rule
        return update  # type: ignore[no-any-return]

    return make
