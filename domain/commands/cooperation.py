"""A request to a foreign authority."""

from domain.commands.base import Command
from domain.ids import Sha256


class SubmitRequest(Command):
    """Send it to the Central Authority, with every document that was brought for it."""

    document: str
    sha256: Sha256
    """Of the request that was on the screen of whoever sends it."""
