"""The mechanisms of identification that a court of the tests has."""

from functools import partial
from pathlib import Path

from adapters.identity import open_mechanisms
from adapters.identity.tools import Tools
from domain.codes.chance import chance_of
from domain.ports.documents import DocumentVault
from domain.ports.exchanges import IdentityExchanges
from domain.ports.identity import IdentityMechanism
from domain.ports.messages import SmsSender
from domain.ports.pins import PinChallenges
from templates.texts import text


def identification(
    pins: PinChallenges,
    sms: SmsSender,
    exchanges: IdentityExchanges,
    vault: DocumentVault,
    more: tuple[Path, ...] = (),
) -> dict[str, IdentityMechanism]:
    """The shipped mechanisms and those of `more`, over the memory."""
    tools = Tools(pins, sms, exchanges, vault, "http://localhost", text, partial(chance_of, b"k" * 32))
    return open_mechanisms(tools, *more)
