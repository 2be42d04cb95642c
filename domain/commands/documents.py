"""Papers, and signatures on them."""

from datetime import datetime

from pydantic import Field

from domain.commands.base import Command
from domain.ids import ItemId, ParticipantId, Sha256
from domain.procedure.documents import DocumentRef
from domain.types.vocabulary import SignerAuthentication


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


class HandwriteSignature(Command):
    """Signed by hand on the screen, before the PIN. What the browser encrypted is in the vault already."""

    document: str
    sha256: Sha256
    participant: ParticipantId
    content: DocumentRef
    image_sha256: Sha256
    key: Sha256


class DeclineHandwriting(Command):
    """The person signs with the PIN alone. Law: GDPR art. 9; no reason is asked for."""

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
    """An official's own signature; the API has just had them show again who they are."""

    document: str
    participant: ParticipantId
    authenticated_at: datetime
    authenticated_by: SignerAuthentication | None = None
    """None: of an earlier version."""


class RecordMissingSignature(Command):
    """Whoever approves the minutes says that somebody does not sign, and why: they cannot, or will not say it."""

    document: str
    participant: ParticipantId
    reason: str = Field(min_length=3, max_length=1000)


class RefuseSignature(Command):
    document: str
    participant: ParticipantId
    reason: str = Field(min_length=3, max_length=1000)
