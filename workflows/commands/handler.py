"""What every command has in common: an Update whose validator is its rule, and whose answer is in the journal."""

import inspect
from collections.abc import Awaitable, Callable
from typing import Any, Protocol, TypeVar

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from domain.commands import COMMANDS, Command, Receipt, RecordedCommand
    from domain.errors import PersonMustAct
    from domain.rules.continuity import nothing_of_the_lapsed
    from domain.rules.table import RULES, Rule
    from workflows.engine.case_file import CaseFile
    from workflows.engine.expected import refuse_moved_on
    from workflows.engine.refusals import typed_refusals

C = TypeVar("C", bound=Command)
Handler = Callable[[CaseFile, C], Awaitable[Receipt]]

JUDGED_ONCE_WRITTEN = "judged once written"
"""The patch since which a command is let in that is refused only by what is being written: none was before. A command
that an earlier build let in is not judged here again: its rule may have become stricter since."""

LAPSED_DO_NOTHING = "the lapsed do nothing"
"""The patch since which whoever's identity has lapsed reads, consents and hands in nothing until identified again."""

HANDLERS: dict[type[Command], Handler[Any]] = {}
"""Every handler by its command; filled as the modules of this folder are read."""


class HasCase(Protocol):
    case: CaseFile


def handles(command: type[C]) -> Callable[[Handler[C]], Handler[C]]:
    """Register the handler of `command`. Its rule is asked around it, and again by `CaseFile.record`."""

    def register(handler: Handler[C]) -> Handler[C]:
        HANDLERS[command] = handler
        return handler

    return register


async def write_down(case: CaseFile, command: RecordedCommand) -> Receipt:
    """The handler of what is written down and nothing else."""
    return await case.record_from(command, lambda: command.events(case.procedure))


def answer_commands(workflow_class: type[HasCase]) -> None:
    """Give the class one Update for each command, named as the command is."""
    for name, command in COMMANDS.items():
        setattr(workflow_class, name, _update(name, command))


def _update(name: str, command: type[Command]) -> Any:
    handler: Handler[Any] = write_down if issubclass(command, RecordedCommand) else HANDLERS[command]
    rule = RULES[command]

    async def perform(self: HasCase, asked: Command) -> Receipt:
        case = self.case
        begun = case.begun
        too_early = begun and case.writing and _refuses(rule, case, asked) and workflow.patched(JUDGED_ONCE_WRITTEN)
        await case.ready()
        if (given := case.receipts.get(asked.id)) is not None:
            return given
        with typed_refusals(asked.request):
            if too_early:
                await case.written()
            async with case.expected.only_in_time(case, asked) as waited:
                if too_early or waited or not begun:
                    rule(case.procedure, asked)
                if _refuses(nothing_of_the_lapsed, case, asked) and workflow.patched(LAPSED_DO_NOTHING):
                    nothing_of_the_lapsed(case.procedure, asked)
                receipt = await handler(case, asked)
        case.receipts[asked.id] = receipt
        return receipt

    def refuse(self: HasCase, asked: Command) -> None:
        # Scar: whoever asks has read the journal, which may have a line of which this run has not heard yet (its writer
        # died before it could say so). What refuses them now is judged once that is known.
        if self.case.begun and not self.case.writing and asked.id not in self.case.receipts:
            with typed_refusals(asked.request):
                refuse_moved_on(self.case.head, asked)
                rule(self.case.procedure, asked)
                nothing_of_the_lapsed(self.case.procedure, asked)

    # The engine reads the type of the argument from the signature, and compares those of handler and validator.
    parameters = [
        inspect.Parameter("self", inspect.Parameter.POSITIONAL_OR_KEYWORD),
        inspect.Parameter("asked", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=command),
    ]
    functions: tuple[Any, ...] = (perform, refuse)
    for function in functions:
        function.__name__ = name
        function.__signature__ = inspect.Signature(parameters)
        function.__annotations__ = {"asked": command}
    perform.__annotations__["return"] = Receipt
    update: Any = workflow.update(name=name)(perform)
    update.validator(refuse)
    return update


def _refuses(rule: Rule, case: CaseFile, asked: Command) -> bool:
    try:
        rule(case.procedure, asked)
    except PersonMustAct:
        return True
    return False
