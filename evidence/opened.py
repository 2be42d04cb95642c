"""A bundle opened for verification: its members, and each of its objects read once, when a check first
asks."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from asn1crypto import crl, ocsp, x509

from evidence.canonical import Malformed, parse_canonical, parse_lines, sha256_hex
from evidence.certificates import RevocationEvidence
from evidence.container import Container
from evidence.journal import Event, read_event
from evidence.layout import EVENTS, INDEX, MANIFEST, OPENINGS, TYPE, FileClass, class_of
from evidence.manifest import Manifest, read_manifest
from evidence.parts import DocumentKind, ReferenceReason
from evidence.pdf import SignedPdf, read_pdf
from evidence.shapes import Shape

__all__ = ["IndexedDocument", "IndexedIdentity", "OpenedBundle", "OpenedEvent"]

PDF: Final = "application/pdf"
DOCUMENT_KEYS: Final = frozenset({"path", "sha256", "size", "kind", "media_type", "character", "title"})


@dataclass(frozen=True, slots=True)
class IndexedDocument:
    """What the index says of one document."""

    path: str
    sha256: str
    size: int
    kind: DocumentKind
    media_type: str
    title: str
    character: str


@dataclass(frozen=True, slots=True)
class IndexedIdentity:
    """What the index says of one file of identity evidence."""

    path: str
    clear_sha256: str
    encrypted: bool


@dataclass(frozen=True, slots=True)
class OpenedEvent:
    """The opening of one event as found in the bundle."""

    nonce: bytes
    data: Mapping[str, Any]


class OpenedBundle:
    """The objects of one bundle. Reading a wrong one raises `Malformed`, which names it."""

    def __init__(self, container: Container) -> None:
        self.members = container.members
        self.damaged = container.damaged
        self._pdfs: dict[str, SignedPdf] = {}

    def read(self, path: str) -> memoryview:
        """The bytes of a member that must be there."""
        if path not in self.members:
            raise Malformed(path, "MEMBER_MISSING")
        return self.members[path]

    def paths(self, kind: FileClass) -> list[str]:
        return [path for path in sorted(self.members) if class_of(path) is kind]

    def pdf(self, path: str) -> SignedPdf:
        """The signatures and attachments of a PDF; `PdfUnreadable` when they cannot be read."""
        if path not in self._pdfs:
            self._pdfs[path] = read_pdf(bytes(self.read(path)))
        return self._pdfs[path]

    @cached_property
    def manifest(self) -> Manifest:
        return read_manifest(self.read(MANIFEST))

    @cached_property
    def bundle_root(self) -> bytes:
        return bytes.fromhex(sha256_hex(self.read(MANIFEST)))

    @cached_property
    def events(self) -> list[Event]:
        values = parse_lines(self.read(EVENTS), EVENTS)
        lines = bytes(self.read(EVENTS)).split(b"\n")
        # the lines are the canonical bytes of the values: parse_lines refuses others
        return [read_event(value, f"{EVENTS}#{n}", lines[n]) for n, value in enumerate(values)]

    @cached_property
    def openings(self) -> dict[int, OpenedEvent]:
        """The openings by sequence number of their event."""
        found: dict[int, OpenedEvent] = {}
        latest = -1
        for number, value in enumerate(parse_lines(self.read(OPENINGS), OPENINGS)):
            shape = Shape(value, f"{OPENINGS}#{number}", {"seq", "nonce", "data"})
            seq = shape.integer("seq")
            if not isinstance(value["data"], dict):
                raise Malformed(shape.where, "FIELD_WRONG", field="data")
            if seq <= latest:
                raise Malformed(shape.where, "OPENING_OUT_OF_ORDER")
            latest = seq
            found[seq] = OpenedEvent(bytes.fromhex(shape.digest("nonce")), value["data"])
        return found

    @cached_property
    def resolved_type(self) -> Any:
        """What `procedure/type.json` says."""
        return parse_canonical(self.read(TYPE), TYPE)

    @cached_property
    def index(self) -> Shape:
        shape = Shape(parse_canonical(self.read(INDEX), INDEX), INDEX, {"v", "documents", "identity", "references"})
        shape.constant("v", 1)
        return shape

    @cached_property
    def documents(self) -> tuple[IndexedDocument, ...]:
        return tuple(_document(Shape(entry, INDEX, DOCUMENT_KEYS)) for entry in self.index.array("documents"))

    @cached_property
    def identity(self) -> tuple[IndexedIdentity, ...]:
        keys = {"path", "clear_sha256", "encrypted", "media_type"}
        shapes = [Shape(entry, INDEX, keys) for entry in self.index.array("identity")]
        return tuple(
            IndexedIdentity(shape.text("path"), shape.digest("clear_sha256"), shape.boolean("encrypted"))
            for shape in shapes
        )

    @cached_property
    def references(self) -> dict[str, ReferenceReason]:
        """Why each document that is spoken of and not included is not here."""
        found: dict[str, ReferenceReason] = {}
        for entry in self.index.array("references"):
            shape = Shape(entry, INDEX, {"sha256", "reason"})
            found[shape.digest("sha256")] = _member_of(ReferenceReason, shape, "reason")
        return found

    @cached_property
    def revocation_evidence(self) -> RevocationEvidence:
        return RevocationEvidence(
            tuple(self._load(x509.Certificate, path) for path in self.paths(FileClass.CERTIFICATE)),
            tuple(self._load(crl.CertificateList, path) for path in self.paths(FileClass.CRL)),
            tuple(self._load(ocsp.OCSPResponse, path) for path in self.paths(FileClass.OCSP)),
        )

    def opened(self, event: Event) -> Mapping[str, Any] | None:
        """The clear data of an event; `None` when its opening is not in the bundle."""
        opening = self.openings.get(event.seq)
        return opening.data if opening else None

    def _load(self, kind: Any, path: str) -> Any:
        try:
            value = kind.load(bytes(self.members[path]), strict=True)
            value.native  # noqa: B018 - asn1crypto parses lazily: damage must show here, where it can be named
        except Exception as error:
            # scar: damaged ASN.1 raises ValueError, TypeError, KeyError or AttributeError
            raise Malformed(path, "ASN1_UNREADABLE") from error
        return value


def _document(shape: Shape) -> IndexedDocument:
    sha256 = shape.digest("sha256")
    kind = _member_of(DocumentKind, shape, "kind")
    return IndexedDocument(
        path=shape.text("path"),
        sha256=sha256,
        size=shape.integer("size"),
        kind=kind,
        media_type=shape.text("media_type"),
        title=shape.text("title"),
        character=shape.text("character"),
    )


def _member_of(kind: Any, shape: Shape, key: str) -> Any:
    try:
        return kind(shape.text(key))
    except ValueError:
        raise Malformed(shape.where, "FIELD_WRONG", field=key) from None
