"""What a mechanism may use of the installation. What it needs besides, its own settings name."""

from collections.abc import Callable
from dataclasses import dataclass

from domain.ports.messages import SmsSender
from domain.ports.pins import PinChallenges


@dataclass(frozen=True)
class Tools:
    pins: PinChallenges
    sms: SmsSender
    text: Callable[..., str]
    """The catalogues: key, language and parameters of a text that a person reads."""
