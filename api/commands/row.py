"""One row of the table of commands: everything that the interface knows of a command."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from api.access.permissions import Permission
from api.commands import json_forms, page_forms
from api.commands.json_forms import JsonForm
from api.commands.page_forms import PageForm
from api.commands.seating import take_free_seat
from api.deps import Case
from domain.commands import Command, Receipt
from domain.ids import CommandId
from domain.rules.table import RULES, Rule


@dataclass(frozen=True)
class CommandRow:
    command: type[Command]
    permission: Permission
    summary: str
    example: Mapping[str, Any]
    """Of a JSON body, without what the session says."""
    form: PageForm | None = page_forms.OWN_FIELDS
    """None: no page asks for it with a form of this table."""
    json: JsonForm | None = json_forms.OWN_FIELDS
    """None: no JSON body asks for it."""
    seats: bool = True
    """Whether an official sits down by it, where the seat is nobody's yet. False for what is done beside somebody."""

    @property
    def name(self) -> str:
        """That of the Update, and the last part of the JSON address."""
        return self.command.update

    @property
    def button(self) -> str:
        """The last part of the address of a page's form."""
        return self.name.replace("_", "-")

    @property
    def rule(self) -> Rule:
        """What judges it: in the workflow, which alone knows the state in which it is carried out."""
        return RULES[self.command]


async def sit_down_to(case: Case, row: CommandRow) -> Case:
    """Before an official acts in a seat that was left out, it is theirs. `case` as it is after that."""
    return await take_free_seat(case) if row.seats else case


async def perform_json(case: Case, row: CommandRow, body: BaseModel, key: CommandId) -> Receipt:
    """Carry out what `body` asks for, in the name of whoever asks. `key` is the id of the Update."""
    assert row.json is not None
    case = await sit_down_to(case, row)
    author = case.author((await case.progress()).procedure)
    fields = await row.json.read(case, body, key)
    return await case.perform(row.command(id=key, author=author, **fields))
