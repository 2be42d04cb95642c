"""What goes into a bundle, in the words of whoever builds one. Plain values: nothing here reads or writes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from evidence.anchor import ChainProof, LeafOpening, MerkleProof
from evidence.readme import README_TEXT

__all__ = [
    "CoreParts",
    "Document",
    "DocumentKind",
    "Head",
    "IdentityFile",
    "Opening",
    "OuterParts",
    "Pki",
    "ProcedureSummary",
    "Reference",
    "ReferenceReason",
    "SignatureRecord",
]


class DocumentKind(StrEnum):
    """What a document is in the procedure; it decides what the verifier demands of it."""

    MINUTES = "minutes"
    SIGNED = "signed"
    DEPOSITED = "deposited"
    GENERATED = "generated"
    RECEIPT = "receipt"
    BROUGHT = "brought"

    @property
    def must_be_signed(self) -> bool:
        return self in (DocumentKind.MINUTES, DocumentKind.SIGNED)

    @property
    def ours(self) -> bool:
        """A file as it was brought, and what was deposited, may carry signatures of strangers: they are its content,
        not this bundle's evidence."""
        return self not in (DocumentKind.DEPOSITED, DocumentKind.BROUGHT)


class ReferenceReason(StrEnum):
    """Why the bytes of something that the journal speaks of are not in the bundle."""

    SUPERSEDED = "superseded"
    WITHHELD = "withheld"
    ERASED = "erased"


@dataclass(frozen=True, slots=True)
class ProcedureSummary:
    """Which procedure this is: identifiers only, no person."""

    id: str
    type_id: str
    type_version: str
    type_sha256: str
    """SHA-256 of the canonical JSON of the resolved type."""
    family: str
    administration: str


@dataclass(frozen=True, slots=True)
class Opening:
    """The clear data of one event and the nonce that opens its commitment."""

    seq: int
    nonce: bytes
    data: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Head:
    """The head of the journal at a milestone."""

    milestone: str
    seq: int
    hash: str


@dataclass(frozen=True, slots=True)
class Document:
    """One document with its bytes."""

    sha256: str
    content: bytes
    media_type: str
    character: str
    """Legal character of the copy, such as `original`, `authentic_copy`, `digitised_copy`."""
    title: str
    """Code of the title (of the template catalogue), not words."""
    kind: DocumentKind


@dataclass(frozen=True, slots=True)
class Reference:
    """A document that events speak of and that the bundle does not contain."""

    sha256: str
    reason: ReferenceReason


@dataclass(frozen=True, slots=True)
class IdentityFile:
    """Evidence of an identification: a frame, an answer of an identity provider. May be ciphertext."""

    name: str
    content: bytes
    media_type: str
    encrypted: bool
    clear_sha256: str
    """SHA-256 of the plaintext: what the journal refers to."""


@dataclass(frozen=True, slots=True)
class SignatureRecord:
    """The evidence record of one signature: exactly the bytes that are attached to the signed PDF."""

    id: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Pki:
    """Certificates and revocation data, DER, that lead from the signers to the roots (roots themselves not
    needed)."""

    certificates: Sequence[bytes] = ()
    crls: Sequence[bytes] = ()
    ocsp_responses: Sequence[bytes] = ()


@dataclass(frozen=True, slots=True)
class CoreParts:
    """Everything that the seal and the anchor will cover."""

    procedure: ProcedureSummary
    resolved_type: Mapping[str, Any]
    events: Sequence[Mapping[str, Any]]
    openings: Sequence[Opening]
    documents: Sequence[Document]
    heads: Sequence[Head] = ()
    references: Sequence[Reference] = ()
    identity_files: Sequence[IdentityFile] = ()
    signature_records: Sequence[SignatureRecord] = ()
    handwritings: Sequence[bytes] = ()
    """Drawings with their encrypted strokes, as browsers made them."""
    recording: bytes | None = None
    """The manifest of what was recorded; the segments themselves stay with whoever keeps them."""
    pki: Pki = field(default_factory=Pki)
    readme: str = README_TEXT


@dataclass(frozen=True, slots=True)
class OuterParts:
    """What is made over a closed core. Each may still be missing: a bundle exists before it is anchored."""

    seal: bytes | None = None
    """CMS SignedData (DER), detached, over the bytes of `manifest.json`."""
    seal_token: bytes | None = None
    """RFC 3161 token (DER ContentInfo) over the bytes of `seal`."""
    leaf: LeafOpening | None = None
    merkle: MerkleProof | None = None
    chain: ChainProof | None = None
    root_token: bytes | None = None
    """RFC 3161 token over the 32 bytes of the Merkle root."""
