"""Documents of a procedure: where their bytes are, what they are, who has read and signed them."""

from datetime import datetime

from pydantic import Field

from domain.base import Value
from domain.ids import ItemId, ParticipantId, Sha256
from domain.types.vocabulary import DocumentCharacter, MalwareScan, SignatureMethod


class DocumentRef(Value):
    """Bytes in the object store. History and events carry this, never the bytes."""

    key: str
    version_id: str
    sha256: Sha256
    """Of the clear bytes; the stored object is encrypted."""
    size: int
    media_type: str
    pages: int | None = None


class Reading(Value):
    """Which pages one person has had on screen, of exactly these bytes."""

    participant: ParticipantId
    sha256: Sha256
    pages: tuple[int, ...] = ()
    """Page numbers from 1, in ascending order."""
    accepted_at: datetime | None = None
    """When the person said that they have read and understood it."""


class DocumentSignature(Value):
    """One accepted signature. `signer` is a participant id, or `body` for the seal."""

    signer: str
    method: SignatureMethod
    level: str
    signed_at: datetime
    evidence: DocumentRef | None = None
    """The evidence record of an authenticated act, stored beside the document."""


class Handwriting(Value):
    """What somebody did when they were asked to sign by hand as well."""

    participant: ParticipantId
    content: DocumentRef | None = None
    """The drawing and the encrypted strokes (`domain/procedure/handwriting.py`). None: the person does without."""
    image_sha256: Sha256 | None = None
    key: Sha256 | None = None
    """SHA-256 of the public key to which the strokes are encrypted."""


class Remark(Value):
    """A note or drawing that somebody laid over a page of a PDF and that its copy does not show."""

    page: int
    words: str = ""
    """On one line, cut at `LONGEST_REMARK`; empty for a drawing that says nothing."""


class LargePage(Value):
    """A page so large that its copy, of the same size, has fewer dots an inch than the copies of others."""

    page: int
    width_mm: int
    height_mm: int
    dpi: int


class CopyLosses(Value):
    """What the copy that is read does not show of a file; of each kind the first `MOST_TOLD` of a deposit."""

    remarks: tuple[Remark, ...] = ()
    remark_count: int = 0
    large_pages: tuple[LargePage, ...] = ()
    large_page_count: int = 0


class BroughtFile(Value):
    """One file of a deposit, byte for byte as it was brought: what a person can compare with theirs at home."""

    content: DocumentRef
    signatures: int = 0
    """Electronic signatures that stand in it. Nobody has judged them; the reading copy does not carry them."""
    scan: MalwareScan | None = Field(default=None, exclude_if=lambda scan: scan is None)
    """What the malware scanner said of it. None: it was brought before anybody was asked."""
    losses: CopyLosses | None = Field(default=None, exclude_if=lambda losses: losses is None)


class CaseDocument(Value):
    """A document in the file of one procedure."""

    id: str
    """`d1`, `d2`, in order of arrival."""
    code: str
    title: str
    character: DocumentCharacter
    original: DocumentRef
    """As first fixed: the bytes that people read and decide to sign."""
    current: DocumentRef
    """With every signature so far (incremental updates of `original`)."""
    depositor: str | None = None
    item: ItemId | None = None
    presented_to: tuple[ParticipantId, ...] = ()
    readings: tuple[Reading, ...] = ()
    signatures: tuple[DocumentSignature, ...] = ()
    refusals: dict[str, str] = Field(default_factory=dict)
    """Participant id -> the reason given for not signing."""
    receipt: DocumentRef | None = None
    """Resguardo (RDL 6/2023 art. 41.2): hash, pages, time."""
    brought: tuple[BroughtFile, ...] = Field(default=(), exclude_if=lambda brought: not brought)
    """The files of a deposit as they were brought, in order; `original` is made of them."""

    handwritings: tuple[Handwriting, ...] = Field(default=(), exclude_if=lambda handwritings: not handwritings)
    readers: tuple[str, ...] = Field(default=(), exclude_if=lambda readers: not readers)
    """Role codes that alone may read it; it stays out of the bundle. Empty: for everybody for whom documents are."""

    @property
    def place(self) -> tuple[str, str]:
        """What one written later for the same item shares with it. What came from elsewhere is one paper each."""
        came = self.depositor is not None or bool(self.brought)
        return self.code, self.id if came or self.item is None else self.item

    @property
    def has_copy(self) -> bool:
        """False for what came and could not be copied for reading: there is only the file as it was brought."""
        return self.original.media_type == "application/pdf"

    @property
    def brought_signatures(self) -> int:
        return sum(file.signatures for file in self.brought)

    def reading_by(self, participant: str) -> Reading | None:
        return next((reading for reading in self.readings if reading.participant == participant), None)

    def read_whole(self, participant: str) -> bool:
        """True when every page of exactly the bytes to be signed was on that person's screen."""
        reading = self.reading_by(participant)
        return reading is not None and len(reading.pages) >= (self.original.pages or 1)

    def handwriting_by(self, participant: str) -> Handwriting | None:
        return next((one for one in self.handwritings if one.participant == participant), None)

    def signed_by(self, signer: str) -> bool:
        return any(signature.signer == signer for signature in self.signatures)
