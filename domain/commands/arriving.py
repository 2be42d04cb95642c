"""Coming in, the warnings and consents."""

from pydantic import Field

from domain.base import Texts
from domain.commands.base import Command
from domain.ids import OfficeId, ParticipantId


class CheckIn(Command):
    participant: ParticipantId
    office: OfficeId | None = None
    office_names: Texts | None = Field(default=None, exclude_if=lambda names: names is None)
    """What the office is called now: the journal tells it to whoever knows no codes."""
    place: str = Field(pattern=r"^(office|court|own_device)$")
    device: str = Field(max_length=80)


class TakeSeat(Command):
    """An official sits down in a seat that is nobody's yet. Name and certificate are those of the account."""

    name: str = Field(min_length=1, max_length=200)
    certified: bool
    """Whether the account has a certificate to sign with."""


class AttestAutonomy(Command):
    participant: ParticipantId


class AcknowledgeWarnings(Command):
    participant: ParticipantId
    text_version: str = Field(max_length=40)


class GiveConsent(Command):
    participant: ParticipantId
    scope: str = Field(pattern=r"^(audio_video|audio)$")
    given: bool


class WithdrawConsent(Command):
    participant: ParticipantId
