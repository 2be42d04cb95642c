"""What a mechanism may use of the installation. What it needs besides, its own settings name."""

from collections.abc import Callable
from dataclasses import dataclass

from domain.ports.documents import DocumentVault
from domain.ports.exchanges import IdentityExchanges
from domain.ports.messages import SmsSender
from domain.ports.pins import PinChallenges


@dataclass(frozen=True)
class Tools:
    pins: PinChallenges
    sms: SmsSender
    exchanges: IdentityExchanges
    """What browsers carry to the pages of providers and bring back."""
    vault: DocumentVault
    public_url: str
    """Where browsers find this installation."""
    text: Callable[..., str]
    """The catalogues: key, language and parameters of a text that a person reads."""
    chance: Callable[[str], bytes]
    """Bytes that nobody outside can foresee, and the same for the same words: what a mechanism draws with."""
