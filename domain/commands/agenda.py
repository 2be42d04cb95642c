"""The items of the agenda."""

from typing import Any

from pydantic import Field

from domain.base import Revision
from domain.commands.base import Command
from domain.ids import ItemId


class AddItem(Command):
    code: str
    role: str | None = None


class OpenItem(Command):
    item: ItemId


class FillItem(Command):
    item: ItemId
    values: dict[str, Any]
    done: bool = False
    revision: Revision = None


class SuspendItem(Command):
    item: ItemId
    reason: str = Field(min_length=3, max_length=500)


class SkipItem(Command):
    item: ItemId
    reason: str = Field(min_length=3, max_length=500)


class CorrectItem(Command):
    item: ItemId
    values: dict[str, Any]
    reason: str = Field(min_length=3, max_length=500)
    revision: Revision = None
