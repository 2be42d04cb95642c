"""Building a bundle: pure, deterministic, no clock, no network. The same parts give the same bytes.

First the core, which is sealed and anchored; then the file, once what speaks about the core exists.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from evidence.canonical import Malformed, canonical, sha256_hex, write_lines
from evidence.container import ContainerRefused, pack, unpack
from evidence.journal import Event, breaks, data_commitment, read_event
from evidence.layout import (
    CHAIN,
    EVENTS,
    HEADS,
    INDEX,
    LEAF,
    MANIFEST,
    MERKLE,
    OPENINGS,
    OUTER,
    README,
    RECORDING,
    ROOT_TOKEN,
    SEAL,
    SEAL_TOKEN,
    TYPE,
    class_of,
    handwriting_path,
    record_path,
)
from evidence.manifest import JournalSummary, write_manifest, write_outer
from evidence.parts import (
    CoreParts,
    Document,
    IdentityFile,
    OuterParts,
    ReferenceReason,
)

EXTENSIONS: Mapping[str, str] = {
    "application/pdf": "pdf",
    "application/json": "json",
    "application/xml": "xml",
    "image/bmp": "bmp",
    "image/gif": "gif",
    "image/jp2": "jp2",
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/tiff": "tif",
    "image/webp": "webp",
    "text/plain": "txt",
}
"""Only for the comfort of whoever opens the ZIP; the media type in the manifest is what counts."""


class BundleRefused(ValueError):
    """The parts contradict each other: a bundle made of them could never verify."""

    def __init__(self, where: str, code: str) -> None:
        super().__init__(f"{where}: {code}")
        self.where = where
        self.code = code


@dataclass(frozen=True, slots=True)
class Core:
    """The closed core: its files, and the manifest over them."""

    files: Mapping[str, bytes]
    manifest: bytes

    @property
    def bundle_root(self) -> bytes:
        """SHA-256 of the manifest, 32 bytes: what is sealed and anchored."""
        return bytes.fromhex(self.bundle_root_hex)

    @property
    def bundle_root_hex(self) -> str:
        return sha256_hex(self.manifest)

    def to_zip(self) -> bytes:
        """The core alone, to be kept between closing and anchoring."""
        return pack({**self.files, MANIFEST: self.manifest})

    @classmethod
    def from_zip(cls, data: bytes) -> "Core":
        """The inverse of `to_zip`; `ContainerRefused` for damaged bytes."""
        container = unpack(data)
        for name in container.damaged:
            raise ContainerRefused(name, "MEMBER_DAMAGED")
        files = {name: bytes(content) for name, content in container.members.items()}
        return cls(files, files.pop(MANIFEST))


def document_path(document: Document) -> str:
    """Where a document stands: under its own hash, so that equal bytes stand there once."""
    return f"documents/{document.sha256}.{EXTENSIONS.get(document.media_type, 'bin')}"


def build_core(parts: CoreParts) -> Core:
    """Close the core of a bundle. `BundleRefused` when the parts contradict each other."""
    events = _checked_events(parts)
    _check_parts(parts)
    members = _text_members(parts) + _binary_members(parts)
    files: dict[str, bytes] = {}
    media_types: dict[str, str] = {}
    for path, content, media_type in members:
        if class_of(path) is None:
            raise BundleRefused(path, "PATH_NOT_IN_LAYOUT")
        if files.setdefault(path, content) != content:
            raise BundleRefused(path, "MEMBER_TWICE")
        media_types[path] = media_type
    journal = JournalSummary(len(events), events[-1].hash, events[0].type, events[-1].type)
    encrypted = [_identity_path(file) for file in parts.identity_files if file.encrypted]
    return Core(files, write_manifest(parts.procedure, journal, files, media_types, encrypted))


def assemble(core: Core, outer: OuterParts) -> bytes:
    """The bundle: one file with the core and everything made over it so far."""
    possible: dict[str, bytes | None] = {
        SEAL: outer.seal,
        SEAL_TOKEN: outer.seal_token,
        LEAF: outer.leaf.to_json() if outer.leaf else None,
        MERKLE: outer.merkle.to_json() if outer.merkle else None,
        CHAIN: outer.chain.to_json() if outer.chain else None,
        ROOT_TOKEN: outer.root_token,
    }
    made = {path: content for path, content in possible.items() if content is not None}
    return pack({**core.files, MANIFEST: core.manifest, **made, OUTER: write_outer(core.manifest, made)})


def _checked_events(parts: CoreParts) -> list[Event]:
    if not parts.events:
        raise BundleRefused(EVENTS, "JOURNAL_EMPTY")
    try:
        events = [read_event(dict(value), f"{EVENTS}#{n}") for n, value in enumerate(parts.events)]
    except Malformed as error:
        raise BundleRefused(error.where, error.code) from error
    for found in breaks(events, parts.procedure.id):
        raise BundleRefused(f"{EVENTS}#{found.seq}", found.code)
    return events


def _check_parts(parts: CoreParts) -> None:
    if sha256_hex(canonical(dict(parts.resolved_type))) != parts.procedure.type_sha256:
        raise BundleRefused(TYPE, "TYPE_HASH_DIFFERS")
    for document in parts.documents:
        if sha256_hex(document.content) != document.sha256:
            raise BundleRefused(document_path(document), "DOCUMENT_HASH_DIFFERS")
    committed = [event["data_commitment"] for event in parts.events]
    for opening in parts.openings:
        where = f"{OPENINGS}#{opening.seq}"
        if not 0 <= opening.seq < len(committed):
            raise BundleRefused(where, "OPENING_WITHOUT_EVENT")
        if data_commitment(opening.nonce, opening.data) != committed[opening.seq]:
            raise BundleRefused(where, "OPENING_DIFFERS")


def _text_members(parts: CoreParts) -> list[tuple[str, bytes, str]]:
    json, lines = "application/json", "application/jsonl"
    openings = [
        {"seq": opening.seq, "nonce": opening.nonce.hex(), "data": dict(opening.data)}
        for opening in sorted(parts.openings, key=lambda opening: opening.seq)
    ]
    members = [
        (README, parts.readme.encode(), "text/plain; charset=utf-8"),
        (TYPE, canonical(dict(parts.resolved_type)), json),
        (EVENTS, write_lines([dict(event) for event in parts.events]), lines),
        (OPENINGS, write_lines(openings), lines),
        (INDEX, canonical(_index(parts)), json),
    ]
    if parts.heads:
        heads = [{"milestone": head.milestone, "seq": head.seq, "hash": head.hash} for head in parts.heads]
        members.append((HEADS, canonical(heads), json))
    if parts.recording is not None:
        members.append((RECORDING, parts.recording, json))
    return members


def _binary_members(parts: CoreParts) -> list[tuple[str, bytes, str]]:
    members = [(document_path(document), document.content, document.media_type) for document in parts.documents]
    members += [(_identity_path(file), file.content, file.media_type) for file in parts.identity_files]
    members += [(handwriting_path(sha256_hex(one)), one, "application/json") for one in parts.handwritings]
    members += [(record_path(record.id), record.content, "application/json") for record in parts.signature_records]
    for folder, extension, media_type, blobs in (
        ("certs", "cer", "application/pkix-cert", parts.pki.certificates),
        ("crls", "crl", "application/pkix-crl", parts.pki.crls),
        ("ocsp", "ocsp", "application/ocsp-response", parts.pki.ocsp_responses),
    ):
        members += [(f"pki/{folder}/{sha256_hex(blob)}.{extension}", blob, media_type) for blob in blobs]
    return members


def _index(parts: CoreParts) -> dict[str, Any]:
    """`index/documents.json`: what each document is. Its own file, because the manifest lists bytes, not
    meaning."""
    documents = {
        document.sha256: {
            "path": document_path(document),
            "sha256": document.sha256,
            "size": len(document.content),
            "kind": document.kind.value,
            "media_type": document.media_type,
            "character": document.character,
            "title": document.title,
        }
        for document in parts.documents
    }
    identity = {
        _identity_path(file): {
            "path": _identity_path(file),
            "clear_sha256": file.clear_sha256,
            "encrypted": file.encrypted,
            "media_type": file.media_type,
        }
        for file in parts.identity_files
    }
    references = {reference.sha256: ReferenceReason(reference.reason).value for reference in parts.references}
    return {
        "v": 1,
        "documents": [documents[key] for key in sorted(documents)],
        "identity": [identity[key] for key in sorted(identity)],
        "references": [{"sha256": key, "reason": references[key]} for key in sorted(references)],
    }


def _identity_path(file: IdentityFile) -> str:
    return f"identity/{file.name}"
