"""What the activities need of the world. Each port is implemented under `adapters/<noun>_<technology>.py`.

Every method may raise `TryAgain` (transient) or `PersonMustAct`; those that have an effect outside are safe to repeat
with the same arguments, and say how.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from domain.base import Value
from domain.ids import ParticipantId, ProcedureId, Sha256
from domain.journal.anchoring import (
    AnchoredBatch,
    AnchoringState,
    Batch,
    ChainProof,
    KeptTransaction,
    LeafProof,
    PreparedTransaction,
    Sent,
    Sighting,
)
from domain.journal.chain import JournalEntry
from domain.journal.register import RegisterRow
from domain.procedure.documents import DocumentRef
from domain.procedure.minutes import WrittenDocument
from domain.types.signature_levels import SignatureLevel
from domain.types.territory import Theme


class KeyStore(Protocol):
    """Keys of procedures, wrapped by a master key. Destroying a key is erasure."""

    async def create(self, procedure: ProcedureId) -> None:
        """Make the procedure's data key and journal seed. Repeating keeps the first."""

    async def encrypt(self, procedure: ProcedureId, clear: bytes) -> bytes:
        """AES-256-GCM, nonce first, bound to the procedure's id."""

    async def decrypt(self, procedure: ProcedureId, sealed: bytes) -> bytes:
        """Raises `PersonMustAct('content_erased')` after erasure, `PersonMustAct('content_altered')` on a bad tag."""

    async def seed(self, procedure: ProcedureId) -> bytes:
        """The 32 bytes that blind the commitments of this journal."""


class Journal(Protocol):
    """The append-only record. The table refuses UPDATE and DELETE."""

    async def append(self, entries: Sequence[JournalEntry], row: RegisterRow) -> None:
        """Write entries and register row in one transaction and notify listeners.

        Repeating writes nothing. Raises `PersonMustAct('journal_fork')` when another entry has the sequence number.
        """

    async def read(self, procedure: ProcedureId, *, first: int = 0, up_to: int | None = None) -> list[JournalEntry]:
        """The entries in order, with their clear content, from sequence `first` up to and including `up_to`."""


class DocumentVault(Protocol):
    """Encrypted, versioned, locked objects (S3 with Object Lock)."""

    async def put(
        self, procedure: ProcedureId, clear: bytes, media_type: str, *, pages: int | None = None
    ) -> DocumentRef:
        """Store by content address; the same bytes twice are one object."""

    async def put_once(
        self, procedure: ProcedureId, name: str, clear: bytes, media_type: str, *, pages: int | None = None
    ) -> DocumentRef:
        """Store under `name` unless something is there already; return what is there. The first one wins for ever."""

    async def find(self, procedure: ProcedureId, name: str) -> DocumentRef | None:
        """What `put_once` stored under `name`."""

    async def get(self, procedure: ProcedureId, ref: DocumentRef) -> bytes:
        """The clear bytes. Raises `PersonMustAct('content_altered')` when they do not have the hash of `ref`."""


class SignatureRequest(Value):
    """What a signature on a PDF says and carries."""

    field_name: str
    certificate: str
    """Name of the key and certificate to sign with."""
    reason: str
    appearance: tuple[str, ...]
    """Lines of the visible stamp: who, how, when."""
    slot: int
    """Position among the signatures of the document, from 0: stamps never overlap."""
    level: SignatureLevel
    record: tuple[str, bytes] | None = None
    """File name and bytes of the evidence record attached before signing."""
    timestamp: bool = True


class Signer(Protocol):
    """PAdES and CAdES signatures, strictly validated right after they were made."""

    async def sign_pdf(self, pdf: bytes, request: SignatureRequest) -> bytes:
        """`pdf` with one more signature (PAdES) of the level asked for, as an incremental update.

        Raises `PersonMustAct('signature_level_not_made')` when it cannot be had: never a weaker one instead.
        """

    async def seal_detached(self, data: bytes, certificate: str) -> bytes:
        """A detached CMS signature over `data`, DER."""

    async def certificates(self, names: Sequence[str]) -> dict[str, bytes]:
        """Certificates, issuers, CRLs and OCSP answers that a verifier needs, by file name (DER)."""


class TimestampAuthority(Protocol):
    async def token(self, digest: bytes) -> bytes:
        """An RFC 3161 token (DER) over a SHA-256 digest; nonce and imprint are checked."""


class PinAnswer(Value):
    correct: bool
    left: int
    """Attempts that remain."""


class PinChallenges(Protocol):
    """One-time PINs: hash only, five minutes, three tries, counted before comparing (F-52)."""

    async def open(
        self,
        challenge: str,
        procedure: ProcedureId,
        participant: ParticipantId,
        purpose: str,
        expires_at: datetime,
    ) -> str:
        """Make (or find again) the PIN of `challenge` and return its six digits for sending."""

    async def answer(self, challenge: str, attempt: str, proof: str, at: datetime) -> PinAnswer:
        """Judge one attempt. The same `attempt` id gives the same answer and is counted once.

        Raises `Refusal('pin_expired')`, `Refusal('pin_used')`, `Refusal('pin_exhausted')`.
        """


class SmsSender(Protocol):
    async def send(self, message_id: str, number: str, text: str) -> None:
        """Hand a message to the gateway; the same `message_id` is sent once."""


class Mail(Value):
    message_id: str
    """Deterministic: the relay and the outbox know a mail by it."""
    sender: str
    to: str
    subject: str
    text: str
    html: str
    attachments: tuple[tuple[str, str, bytes], ...] = ()
    """(file name, media type, bytes)."""


class MailRelay(Protocol):
    async def send(self, mail: Mail) -> str:
        """Hand over `mail` and return the relay's final reply. The same Message-ID is delivered once.

        Raises `PersonMustAct('mail_refused')` for a permanent (5xx) refusal.
        """


class Chain(Protocol):
    """One EVM chain and the contract that keeps roots. Every method raises `PersonMustAct('wrong_chain')` for a node of
    another chain."""

    async def prepare(self, root: Sha256, size: int) -> PreparedTransaction:
        """Sign the transaction that anchors `root`, with the account's next nonce. Nothing is sent.

        Raises `PersonMustAct('anchor_reverted')` when the contract would refuse it, which then costs neither nonce nor
        fee; `contract_missing`.
        """

    async def reprice(self, transaction: PreparedTransaction) -> PreparedTransaction | None:
        """The same call under the same nonce with a higher fee; None when it offers far more than is asked already."""

    async def broadcast(self, transaction: PreparedTransaction) -> Sent:
        """Send exactly these bytes; sending them again changes nothing.

        Raises `PersonMustAct('anchor_account_empty')`, and `anchor_refused` when the node says anything else.
        """

    async def look_for(self, root: Sha256, transactions: Sequence[PreparedTransaction]) -> Sighting:
        """Where the root stands, and once final the receipt, header and trie proof.

        Any of `transactions` counts, and so does whatever else put the root into the contract.
        """

    async def holds(self, proof: ChainProof) -> bool:
        """Whether the block of this proof is still the one with its number."""


class AnchorBatches(Protocol):
    """Leaves waiting, batches closed, transactions signed: what must survive between two acts of the anchoring."""

    async def add_leaf(self, procedure: ProcedureId, bundle_root: Sha256) -> None:
        """Queue the salted leaf of a procedure. Repeating keeps the first salt."""

    async def unanchored(self) -> Batch | None:
        """The oldest batch that was closed and has no proof."""

    async def close_batch(self) -> Batch | None:
        """The oldest batch without a proof; if there is none, the waiting leaves as a new one; None when none wait.

        One batch at a time: one transaction is in flight, and leaves that wait for it wait together.
        """

    async def keep_token(self, batch: str, token: bytes) -> bytes:
        """Keep the time-stamp over the root; returns the one kept first."""

    async def token(self, batch: str) -> bytes | None: ...

    async def keep_transaction(
        self, batch: str, transaction: PreparedTransaction, *, place: int, at: datetime
    ) -> KeptTransaction:
        """Persist before broadcasting, as number `place` (from 0) of the transactions of its batch.

        Of several for the same place the first is kept and returned. Those at the places before are remembered.
        """

    async def transactions(self, batch: str) -> tuple[KeptTransaction, ...]:
        """Every transaction signed for the batch, in the order in which they were kept."""

    async def keep_proof(self, batch: str, proof: ChainProof) -> None:
        """The batch is anchored for good. The first proof stays until it is forgotten."""

    async def forget_proof(self, batch: str, block_hash: str, at: datetime) -> None:
        """The chain has replaced that block: the batch is to be anchored anew. Another block's proof stays."""

    async def anchored_last(self, count: int) -> tuple[AnchoredBatch, ...]:
        """The last batches that were anchored."""

    async def keep_trouble(self, code: str | None, at: datetime) -> None:
        """What anchoring waits for (None: nothing); the same trouble keeps the time at which it was first met."""

    async def waiting(self) -> AnchoringState:
        """What an operator has to know."""

    async def leaf_proof(self, procedure: ProcedureId) -> LeafProof | None:
        """Salt, path, root, token and chain proof of one procedure once its batch is anchored."""


class Typesetter(Protocol):
    async def pdf(self, document: WrittenDocument, theme: Theme, logo: bytes, at: datetime) -> bytes:
        """PDF/A-3a and PDF/UA-1 with the words attached as JSON. The same input gives the same bytes."""

    def pages(self, pdf: bytes) -> int:
        """How many pages a PDF of ours has."""


class FixedDocument(Value):
    """A deposited document as it enters the file."""

    pdf: bytes
    pages: int


class DocumentIntake(Protocol):
    def inspect(self, parts: Sequence[bytes]) -> list[str]:
        """Media types of the parts by content. Raises `Refusal` (wrong type, size, pixels, encrypted, dangerous)."""

    async def fix(self, parts: Sequence[bytes], title: str, language: str, at: datetime) -> FixedDocument:
        """One PDF/A of all parts, parsed in a separate, limited process. Raises `Refusal` with the reason."""


class Still(Protocol):
    """A frame of a live stream, with the encoded key frame that it was decoded from."""

    @property
    def png(self) -> bytes: ...

    @property
    def keyframe(self) -> bytes: ...

    @property
    def codec(self) -> str: ...


class RoomFact(Value):
    """Something the media saw: `joined`, `left`, `connection_lost`, `restored`."""

    id: int
    procedure: ProcedureId
    participant: ParticipantId
    kind: str
    at: datetime
    reason: str = ""


class MediaServer(Protocol):
    """One live room per procedure. Every method may be repeated."""

    async def open_room(self, procedure: str) -> str: ...

    async def admit(self, procedure: str, participant: str) -> None: ...

    async def dismiss(self, procedure: str, participant: str, reason: str) -> None: ...

    async def close_room(self, procedure: str) -> None: ...

    async def grab_still(self, procedure: str, participant: str) -> Still: ...
