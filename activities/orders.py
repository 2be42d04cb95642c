"""Orders and fruits of the activities: what the workflow asks for and what it gets back, one model each."""

from datetime import datetime, timedelta
from typing import Any

from pydantic import Field, model_validator

from domain.base import Value
from domain.ids import ItemId, ParticipantId, ProcedureId, RoomId, Sha256, main_room
from domain.journal.chain import JournalEntry
from domain.journal.register import RegisterRow
from domain.procedure.documents import CaseDocument, DocumentRef
from domain.procedure.state import AnchorReceipt


class OnProcedure(Value):
    """An order about one procedure as it stood after event `up_to`: the activity folds the journal itself."""

    procedure: ProcedureId
    up_to: int


class OpenedCaseFile(Value):
    seed: str
    """Hex; blinds the commitments of the journal."""


class AppendEvents(Value):
    entries: tuple[JournalEntry, ...]
    row: RegisterRow


class WrittenEvents(Value):
    """What the lines in the journal say of their writing: those of the first attempt, whoever asked again."""

    at: datetime
    build: str | None = None

    @model_validator(mode="before")
    @classmethod
    def _of_version_0_1(cls, answer: Any) -> Any:
        """Up to 0.1 the answer was the instant alone; it stands so in histories."""
        return answer if isinstance(answer, dict | cls) else {"at": answer}


class ReadState(OnProcedure):
    part: int = 0


class StatePart(Value):
    """One piece of a state that is too large to cross the engine at once."""

    text: str
    """Base64 of a piece of the zlib-compressed JSON of the state."""
    parts: int
    sha256: str
    """Of the whole: parts that two builds made do not fit together."""


class SendNotice(OnProcedure):
    kind: str
    version: int
    recipient: ParticipantId


class SentNotice(Value):
    message_id: str
    smtp_reply: str


class SendPinOrder(OnProcedure):
    participant: ParticipantId
    challenge: str
    purpose: str
    expires_at: datetime


class CheckPin(Value):
    challenge: str
    attempt: str
    proof: str
    at: datetime


class CheckedPin(Value):
    correct: bool
    left: int


class RoomOrder(Value):
    procedure: ProcedureId
    room: RoomId = Field(default_factory=lambda order: main_room(order["procedure"]))
    participant: ParticipantId | None = None
    reason: str = ""
    muted: tuple[ParticipantId, ...] = ()
    """Of those whom nobody is to hear: all, each time."""


class PartOrder(Value):
    """One stretch of recording of a procedure."""

    procedure: ProcedureId
    part: int
    sound_only: bool = False


class StartedPart(Value):
    began_at: datetime


class KeepManifest(OnProcedure):
    pass


class KeptManifest(Value):
    manifest: DocumentRef


class CapturedStill(Value):
    still: DocumentRef


class TakeInDocument(OnProcedure):
    id: str
    raw: tuple[DocumentRef, ...]
    code: str
    title: str
    depositor: ParticipantId
    item: ItemId | None
    at: datetime


class WriteDocument(OnProcedure):
    id: str
    code: str
    item: ItemId | None
    at: datetime


class FixedInFile(Value):
    document: CaseDocument


class SignAsCitizen(OnProcedure):
    document: str
    participant: ParticipantId
    challenge: str
    at: datetime


class SignAsOfficial(OnProcedure):
    document: str
    participant: ParticipantId
    authenticated_at: datetime
    at: datetime


class SealDocument(OnProcedure):
    document: str
    at: datetime


class SignedDocument(Value):
    signed: DocumentRef
    level: str
    evidence: DocumentRef | None = None


class DraftMinutes(OnProcedure):
    at: datetime


class DraftedMinutes(Value):
    draft: DocumentRef
    csv: str


class SetMinutes(OnProcedure):
    """Make the PDF of the approved words. `up_to` includes every correction."""

    id: str
    at: datetime


class CompileRecord(OnProcedure):
    at: datetime


class CompiledRecord(Value):
    bundle_root: Sha256


class QueueLeaf(Value):
    procedure: ProcedureId
    bundle_root: Sha256


class FinishBundle(OnProcedure):
    pass


class FinishedBundle(Value):
    bundle: DocumentRef
    receipt: AnchorReceipt


class LookForAnchor(Value):
    procedure: ProcedureId


class SeenAnchor(Value):
    final: bool
    """Whether the leaf of the procedure is anchored for good."""


class ClosedBatch(Value):
    """A batch whose leaves will not change any more, and the procedures that wait for it."""

    name: str
    root: Sha256
    size: int
    """Leaves, padding included."""
    procedures: tuple[ProcedureId, ...]


class AnchorBatch(Value):
    batch: str
    root: Sha256
    size: int
    patience: timedelta
    """How long a transaction may wait to be mined before it is replaced by a dearer one."""


class TellSystem(Value):
    """What an address of a regional system is told next."""

    endpoint: str
    first_wait: timedelta
    """After the first attempt that fails; twice as long after each further one."""


class Told(Value):
    more: bool = True
    """False: nothing waits."""
    wait: timedelta = timedelta(0)
    """Before the next attempt."""
