"""Signatures: fresh authentication for exactly one document, the signature itself, the refusal to sign, the seal."""

from typing import Any

from domain.events.base import Event
from domain.ids import ParticipantId, Sha256
from domain.journal.chain import Stamp
from domain.procedure.documents import DocumentRef, DocumentSignature
from domain.procedure.state import Procedure
from domain.types.vocabulary import SignatureMethod, SignerAuthentication


class SignatureAuthenticated(Event):
    """The signer authenticated for this document (law: RDL 6/2023 art. 60.7.b)."""

    document: str
    document_sha256: Sha256
    participant: ParticipantId
    mechanism: str
    reference: str

    def subjects(self) -> tuple[str, ...]:
        return (self.document_sha256,)

    def change(self, procedure: Procedure, stamp: Stamp) -> Procedure:
        person = procedure.participant(self.participant)
        return procedure.with_participant(person.but(challenge=None))


class DocumentSigned(Event):
    """One accepted signature on a document; `participant` is `body` for the seal."""

    document: str
    original_sha256: Sha256
    signed_sha256: Sha256
    signed: DocumentRef
    participant: str
    means: SignatureMethod
    level: str
    evidence: DocumentRef | None = None
    authenticated_by: SignerAuthentication | None = None
    """How an official showed who they are before it; None: a citizen, a seal, or of an earlier version."""

    def content(self) -> dict[str, Any]:
        """What was not kept is not named: the journals of earlier versions commit to these very words."""
        unsaid = {"authenticated_by"} if self.authenticated_by is None else None
        return self.model_dump(mode="json", exclude=unsaid)

    def subjects(self) -> tuple[str, ...]:
        record = (self.evidence.sha256,) if self.evidence else ()
        return (self.original_sha256, self.signed_sha256, *record)

    def change(self, procedure: Procedure, stamp: Stamp) -> Procedure:
        document = procedure.document(self.document)
        signature = DocumentSignature(
            signer=self.participant,
            method=self.means,
            level=self.level,
            signed_at=stamp.at,
            evidence=self.evidence,
        )
        signed = document.but(current=self.signed, signatures=(*document.signatures, signature))
        return procedure.with_document(signed)


class SignatureRefused(Event):
    """Somebody decided not to sign, and said why. It is their right; the minutes say so."""

    document: str
    sha256: Sha256
    participant: ParticipantId
    reason: str

    def subjects(self) -> tuple[str, ...]:
        return (self.sha256,)

    def change(self, procedure: Procedure, stamp: Stamp) -> Procedure:
        document = procedure.document(self.document)
        refusals = {**document.refusals, self.participant: self.reason}
        return procedure.with_document(document.but(refusals=refusals))


class MissingSignatureRecorded(SignatureRefused):
    """Whoever approves the minutes says that somebody does not sign, and why (law: LEC art. 145.1.2)."""
