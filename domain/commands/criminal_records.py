"""Registers of this and of other states."""

from domain.commands.base import Command
from domain.ids import ItemId


class AskCriminalRecord(Command):
    """Ask for what the open item says: of whom, and for what."""

    item: ItemId
