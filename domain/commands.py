"""What people ask of a procedure: one model a command, imperative, each with its author and its idempotency key.

A command is a Temporal Update; `id` is its id and the caller's Idempotency-Key. Its rule is in `domain/rules/`.
"""

import re
from datetime import datetime
from typing import Any, ClassVar

from pydantic import Field

from domain.base import Moment, Revision, Value
from domain.ids import AccountId, CommandId, ItemId, OfficeId, ParticipantId, Sha256
from domain.procedure.documents import DocumentRef
from domain.text import ONE_LINE
from domain.types.vocabulary import InterruptionCause, StaffRole


class Author(Value):
    """Who asks. Made by the API from the session, never from what a request says."""

    participant: ParticipantId | None = None
    """Set for everybody who has a seat in this procedure."""
    account: AccountId | None = None
    staff_roles: tuple[StaffRole, ...] = ()
    office: OfficeId | None = None
    session: str | None = Field(default=None, exclude_if=lambda session: session is None)
    """Of a citizen: the one session in which they arrived may act. It opens nothing."""

    @property
    def ref(self) -> str:
        """The opaque reference that the journal keeps."""
        return self.account or self.participant or "system"


class Command(Value):
    update: ClassVar[str] = "command"
    """Name of the Update: the class name in snake case."""

    id: CommandId = Field(min_length=8, max_length=80)
    author: Author
    request: str | None = Field(default=None, exclude_if=lambda request: request is None)
    """Which request of the caller this is: two requests under one key ask for one command."""

    @classmethod
    def __pydantic_init_subclass__(cls, **_: Any) -> None:
        cls.update = re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()
        COMMANDS[cls.update] = cls


COMMANDS: dict[str, type[Command]] = {}
"""Every command by the name of its Update."""


class Receipt(Value):
    """The answer to an accepted command: it is in the journal under this number, and survives anything."""

    seq: int
    stage: str
    detail: dict[str, Any] = Field(default_factory=dict)


# -- arriving ------------------------------------------------------------------------------------------------------


class CheckIn(Command):
    participant: ParticipantId
    office: OfficeId | None = None
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


class AskHelp(Command):
    participant: ParticipantId


class AnswerHelp(Command):
    participant: ParticipantId


# -- the room ------------------------------------------------------------------------------------------------------


class OpenRoom(Command):
    pass


class AdmitParticipant(Command):
    participant: ParticipantId


class DismissParticipant(Command):
    participant: ParticipantId
    reason: str = Field(min_length=3, max_length=500)


# -- identity ------------------------------------------------------------------------------------------------------


class BeginIdentification(Command):
    participant: ParticipantId
    mechanism: str = Field(max_length=40)


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
    reason: str = Field(min_length=3, max_length=500)


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


# -- the agenda ----------------------------------------------------------------------------------------------------


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


# -- documents and signatures --------------------------------------------------------------------------------------


class DepositDocument(Command):
    """The raw upload is in the vault already; the workflow has it checked, fixed and receipted."""

    raw: tuple[DocumentRef, ...] = Field(min_length=1, max_length=100)
    """One PDF, or the pages as images in order."""
    code: str
    title: str = Field(min_length=1, max_length=200)
    depositor: ParticipantId
    item: ItemId | None = None


class PresentDocument(Command):
    document: str
    to: tuple[ParticipantId, ...] = Field(min_length=1)


class ReadPage(Command):
    document: str
    sha256: Sha256
    participant: ParticipantId
    page: int = Field(ge=1)


class UnderstandDocument(Command):
    document: str
    sha256: Sha256
    participant: ParticipantId


class SignDocument(Command):
    """A citizen's explicit act, with the PIN that was sent for exactly this document."""

    document: str
    sha256: Sha256
    participant: ParticipantId
    challenge: str
    proof: str
    explicit: bool
    """The box «I sign this document» was ticked."""


class SignWithCertificate(Command):
    """An official's own signature; the API has just asked for the password again."""

    document: str
    participant: ParticipantId
    authenticated_at: datetime


class RefuseSignature(Command):
    document: str
    participant: ParticipantId
    reason: str = Field(min_length=3, max_length=1000)


# -- stopping and going on -----------------------------------------------------------------------------------------


class InterruptProcedure(Command):
    cause: InterruptionCause
    note: str = Field(default="", max_length=1000)
    must_act: str
    field: str | None = None
    planned_end: Moment | None = None


class ResumeProcedure(Command):
    pass


class AdjournProcedure(Command):
    reason: str = Field(min_length=3, max_length=1000)
    new_date: Moment


class CancelProcedure(Command):
    reason: str = Field(min_length=3, max_length=1000)
    as_no_show: bool = Field(default=False, exclude_if=lambda recorded: not recorded)
    """It ends as not held because somebody needed is missing: only where it has been found that they are."""


class RetryStep(Command):
    """An automatic step met something that a person had to settle; it is settled, or the address was corrected."""

    participant: ParticipantId | None = None
    email: str | None = Field(default=None, max_length=254)


# -- the end -------------------------------------------------------------------------------------------------------


class CloseSession(Command):
    outcome: str
    despite: str | None = Field(default=None, min_length=10, max_length=1000, exclude_if=lambda reason: reason is None)
    """Why a document that everybody signed does not hold, where the outcome contradicts it."""


class CorrectMinutes(Command):
    block: str
    before: str
    after: str = Field(max_length=20000)
    reason: str = Field(min_length=3, max_length=500)
    revision: Revision = None


class ApproveMinutes(Command):
    draft: Sha256
    """Of the draft that was on the approver's screen."""
    corrections: int
    """How many corrections that draft had: nobody approves words that were changed meanwhile."""
