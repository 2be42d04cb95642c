"""Which rule judges which command: `may_check_in` judges `CheckIn`. A command without its rule does not exist.

The rule of an action stands beside it (`domain/actions/`), that of any other command in this folder.
"""

import inspect
from collections.abc import Callable
from typing import Any

from domain.commands import COMMANDS, Command
from domain.procedure.state import Procedure
from domain.rules import (
    agenda,
    cooperation,
    criminal_records,
    handwriting,
    identity,
    interruptions,
    minutes,
    people,
    private_rooms,
    signing,
)

Rule = Callable[[Procedure, Any], None]
"""Raises `Refusal` when the command is not allowed now. Pure: it is asked again whenever the state may have moved."""

_BY_NAME: dict[str, Rule] = {
    name: rule
    for module in (
        *(agenda, cooperation, criminal_records, handwriting, identity, interruptions),
        *(minutes, people, private_rooms, signing),
    )
    for name, rule in vars(module).items()
    if name.startswith("may_")
}


def _rule_of(command: type[Command]) -> Rule:
    name = f"may_{command.update}"
    beside: Rule | None = getattr(inspect.getmodule(command), name, None)
    return beside or _BY_NAME[name]


RULES: dict[type[Command], Rule] = {command: _rule_of(command) for command in COMMANDS.values()}
