"""Gathers what goes into the core of a bundle: journal, documents, stills, signature records, certificates."""

import asyncio
import json
from collections.abc import Mapping, Sequence
from typing import Any

from domain.journal.chain import JournalEntry, nonce
from domain.ports.documents import DocumentVault
from domain.ports.journal import KeyStore
from domain.procedure.documents import CaseDocument, DocumentRef
from domain.procedure.state import Procedure
from domain.types.procedure_type import MINUTES
from evidence.parts import (
    CoreParts,
    Document,
    DocumentKind,
    IdentityFile,
    Opening,
    Pki,
    ProcedureSummary,
    Reference,
    ReferenceReason,
    SignatureRecord,
)

WITHHELD_DATA = ("criminal_record_",)
"""Beginnings of the names of events whose data stay here: what registers are asked is for fewer than the bundle is."""

IDENTITY_EVENTS = ("still_captured", "identification_begun", "pose_taken", "identity_confirmed")
"""Events that speak of what was seen of somebody."""


async def core_parts(
    procedure: Procedure,
    entries: Sequence[JournalEntry],
    vault: DocumentVault,
    keys: KeyStore,
    certificates: Mapping[str, bytes],
) -> CoreParts:
    """Everything that the procedure has proved up to its last entry. Stills stay encrypted with the procedure's key."""
    seed = await keys.seed(procedure.id)
    documents = await _documents(procedure, vault)
    stills = await _stills(procedure, entries, vault, keys)
    records = await _records(procedure, vault)
    written = [one.content for d in procedure.documents for one in d.handwritings if one.content is not None]
    handwritings = [await vault.get(procedure.id, ref) for ref in written]
    manifest = procedure.recording.manifest if procedure.recording else None
    recording = await vault.get(procedure.id, manifest) if manifest else None
    held: set[str] = {manifest.sha256} if manifest else set()
    held |= {ref.sha256 for ref in written}
    held |= {d.sha256 for d in documents} | {s.clear_sha256 for s in stills}
    held |= {s.evidence.sha256 for d in procedure.documents for s in d.signatures if s.evidence}
    return CoreParts(
        procedure=ProcedureSummary(
            id=procedure.id,
            type_id=procedure.type.procedure.id,
            type_version=str(procedure.type.procedure.version),
            type_sha256=procedure.type.sha256,
            family=procedure.type.procedure.family.value,
            administration=procedure.administration,
        ),
        resolved_type=procedure.type.model_dump(mode="json"),
        events=[json.loads(entry.line) for entry in entries],
        openings=[
            Opening(seq=e.seq, nonce=nonce(seed, e.seq), data=e.content)
            for e in entries
            if not e.type.startswith(WITHHELD_DATA)
        ],
        documents=documents,
        references=_references(entries, held),
        identity_files=stills,
        signature_records=records,
        handwritings=handwritings,
        recording=recording,
        pki=Pki(
            certificates=[der for name, der in sorted(certificates.items()) if name.endswith(".cer")],
            crls=[der for name, der in sorted(certificates.items()) if name.endswith(".crl")],
            ocsp_responses=[der for name, der in sorted(certificates.items()) if name.endswith(".ocsp")],
        ),
    )


async def _documents(procedure: Procedure, vault: DocumentVault) -> list[Document]:
    # Where somebody brings what we made or took in ourselves, the same bytes are what they were first.
    versions = [
        (document, file.content, DocumentKind.BROUGHT) for document in procedure.documents for file in document.brought
    ]
    for_all = [document for document in procedure.documents if not document.readers]
    versions += [(document, ref, kind) for document in for_all for ref, kind in _versions(document)]
    contents = await asyncio.gather(*(vault.get(procedure.id, ref) for _, ref, _ in versions))
    found = {
        ref.sha256: Document(
            sha256=ref.sha256,
            content=content,
            media_type=ref.media_type,
            character=document.character.value,
            title=document.title,
            kind=kind,
        )
        for (document, ref, kind), content in zip(versions, contents, strict=True)
    }
    return list(found.values())


def _versions(document: CaseDocument) -> list[tuple[DocumentRef, DocumentKind]]:
    # What another authority sent was brought too, though nobody of the act brought it.
    strange = document.depositor or document.brought
    unsigned = DocumentKind.DEPOSITED if strange else DocumentKind.GENERATED
    versions = [(document.original, unsigned)]
    if document.signatures:
        kind = DocumentKind.MINUTES if document.code == MINUTES else DocumentKind.SIGNED
        versions.append((document.current, kind))
    if document.receipt is not None:
        versions.append((document.receipt, DocumentKind.RECEIPT))
    return versions


async def _stills(
    procedure: Procedure, entries: Sequence[JournalEntry], vault: DocumentVault, keys: KeyStore
) -> list[IdentityFile]:
    stills: dict[str, IdentityFile] = {}
    for entry in entries:
        # `still_captured` up to 0.2; since then every mechanism keeps what it saw in its own events.
        for kept in (entry.content.get("still"), entry.content.get("evidence")):
            if kept is None or not entry.type.startswith(IDENTITY_EVENTS):
                continue
            ref = DocumentRef.model_validate(kept)
            if ref.sha256 in stills:
                continue
            clear = await vault.get(procedure.id, ref)
            stills[ref.sha256] = IdentityFile(
                name=f"{ref.sha256[:16]}.enc",
                content=await keys.encrypt(procedure.id, clear),
                media_type=ref.media_type,
                encrypted=True,
                clear_sha256=ref.sha256,
            )
    return list(stills.values())


async def _records(procedure: Procedure, vault: DocumentVault) -> list[SignatureRecord]:
    records = []
    for document in procedure.documents:
        for signature in document.signatures:
            if signature.evidence is not None:
                content = await vault.get(procedure.id, signature.evidence)
                record: dict[str, Any] = json.loads(content)
                records.append(SignatureRecord(id=record["id"], content=content))
    return records


def _references(entries: Sequence[JournalEntry], held: set[str]) -> list[Reference]:
    """Bytes that events speak of and the bundle leaves out: overtaken by a later signature or text, or withheld."""
    withheld = {s for entry in entries if entry.type == "document_withheld" for s in json.loads(entry.line)["subjects"]}
    spoken = dict.fromkeys(subject for entry in entries for subject in json.loads(entry.line)["subjects"])
    return [
        Reference(sha256=s, reason=ReferenceReason.WITHHELD if s in withheld else ReferenceReason.SUPERSEDED)
        for s in spoken
        if s not in held
    ]
