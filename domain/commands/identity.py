"""Who somebody is, and putting right what was written about them."""

from pydantic import Field

from domain.commands.base import Command
from domain.ids import ParticipantId, Sha256
from domain.text import ONE_LINE
from domain.types.rejection import RejectionCause


class BeginIdentification(Command):
    participant: ParticipantId
    mechanism: str = Field(max_length=40)


class TakePose(Command):
    """A still of what the person is asked to show or do now, for the identification that was begun."""

    participant: ParticipantId
    mechanism: str = Field(max_length=40)
    reference: str = Field(max_length=90)
    pose: str = Field(max_length=40)
    """The one that whoever asks saw: a still for another one is none."""


class StopIdentification(Command):
    """Go on with another mechanism: of one that needs consent, the person takes it back."""

    participant: ParticipantId
    mechanism: str = Field(max_length=40)
    reference: str = Field(max_length=90)


class CompleteIdentification(Command):
    """`answers` by field of the mechanism. Of a secret one, its keyed digest, made by the API."""

    participant: ParticipantId
    mechanism: str = Field(max_length=40)
    reference: str = Field(max_length=90)
    """Of the identification that was begun, and seen by whoever answers."""
    answers: dict[str, str] = Field(default_factory=dict)


class CorrectParticipant(Command):
    """What was written wrong about somebody when the act was asked for."""

    participant: ParticipantId
    name: str | None = Field(default=None, min_length=1, max_length=200, pattern=ONE_LINE)
    document_number: str | None = Field(default=None, min_length=3, max_length=30, pattern=ONE_LINE)
    reason: str = Field(min_length=3, max_length=500)


class CaptureStill(Command):
    participant: ParticipantId


class ConfirmIdDocument(Command):
    """The official compared the still with the person and with what the summons says."""

    participant: ParticipantId
    document_number: str = Field(min_length=3, max_length=30)
    still: Sha256
    """Of the still that the official looked at."""


class RejectIdDocument(Command):
    participant: ParticipantId
    cause: RejectionCause | None = None
    """None in runs that began when only words were asked for."""
    reason: str = Field(default="", max_length=500)
    """In words; the cause `reasonable_doubt` cannot do without."""


class SendPin(Command):
    """`purpose` is `identity`, or the id of the document to be signed."""

    participant: ParticipantId
    purpose: str = Field(max_length=80)


class EnterPin(Command):
    """`proof` is the keyed digest of the PIN made by the API: the PIN itself never enters a history."""

    participant: ParticipantId
    challenge: str
    proof: str


class WaiveIdentity(Command):
    participant: ParticipantId
    reason: str = Field(min_length=10, max_length=500)
