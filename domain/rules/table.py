"""Which rule judges which command: `may_check_in` judges `CheckIn`. A command without its rule does not exist."""

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

RULES: dict[type[Command], Rule] = {command: _BY_NAME[f"may_{name}"] for name, command in COMMANDS.items()}
