"""The two lists of a bundle: `manifest.json` (the core, whose hash is the bundle root) and `outer.json` (the
rest)."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from evidence.canonical import canonical, parse_canonical, sha256_hex
from evidence.layout import MANIFEST, OUTER, class_of
from evidence.parts import ProcedureSummary
from evidence.shapes import Shape

__all__ = [
    "JournalSummary",
    "Listing",
    "Manifest",
    "list_file",
    "read_manifest",
    "read_outer",
    "write_manifest",
    "write_outer",
]

FORMAT: Final = "estrado-evidence"
VERSION: Final = 1
ALGORITHMS: Final = {"canonical": "RFC 8785", "hash": "SHA-256", "second_hash": "SHA-512"}
"""Two digests of each file: an archive renewed before one of them breaks still verifies by the other, and a
listing that was altered is told apart from a file that was (one of its two digests still matches)."""

PROCEDURE_KEYS: Final = frozenset(ProcedureSummary.__dataclass_fields__)
JOURNAL_KEYS: Final = frozenset({"events", "head", "first", "last"})
CORE_ENTRY_KEYS: Final = frozenset({"path", "sha256", "sha512", "size", "class", "media_type", "encrypted"})
OUTER_ENTRY_KEYS: Final = frozenset({"path", "sha256", "sha512", "size"})


@dataclass(frozen=True, slots=True)
class Listing:
    """What a list says of one file."""

    path: str
    sha256: str
    sha512: str
    size: int


@dataclass(frozen=True, slots=True)
class JournalSummary:
    """The extent of the journal: so that its last events cannot be left off unnoticed."""

    events: int
    head: str
    first: str
    last: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """`manifest.json`, read."""

    procedure: ProcedureSummary
    journal: JournalSummary
    files: tuple[Listing, ...]


def list_file(path: str, content: bytes | memoryview) -> dict[str, Any]:
    """The entry of `outer.json` for a file; the manifest adds what the file is."""
    return {
        "path": path,
        "sha256": sha256_hex(content),
        "sha512": hashlib.sha512(content).hexdigest(),
        "size": len(content),
    }


def write_manifest(
    procedure: ProcedureSummary,
    journal: JournalSummary,
    files: Mapping[str, bytes],
    media_types: Mapping[str, str],
    encrypted: Sequence[str],
) -> bytes:
    """The canonical bytes of `manifest.json` over the files of the core."""
    entries = [
        list_file(path, files[path])
        | {"class": class_of(path), "media_type": media_types[path], "encrypted": path in encrypted}
        for path in sorted(files)
    ]
    return canonical(
        {
            "format": FORMAT,
            "version": VERSION,
            "algorithms": ALGORITHMS,
            "procedure": {key: getattr(procedure, key) for key in sorted(PROCEDURE_KEYS)},
            "journal": {key: getattr(journal, key) for key in sorted(JOURNAL_KEYS)},
            "files": entries,
        }
    )


def write_outer(manifest: bytes, outer: Mapping[str, bytes]) -> bytes:
    """The canonical bytes of `outer.json` over the manifest and the files made after it."""
    files = {MANIFEST: manifest, **outer}
    entries = [list_file(path, files[path]) for path in sorted(files)]
    return canonical({"format": FORMAT, "version": VERSION, "files": entries})


def read_manifest(data: bytes | memoryview) -> Manifest:
    """`manifest.json` from its bytes; `Malformed` when it is not canonical or not of this format."""
    keys = {"format", "version", "algorithms", "procedure", "journal", "files"}
    shape = Shape(parse_canonical(data, MANIFEST), MANIFEST, keys)
    _require_format(shape)
    algorithms = shape.shape("algorithms", frozenset(ALGORITHMS))
    for key, name in ALGORITHMS.items():
        algorithms.constant(key, name)
    procedure = shape.shape("procedure", PROCEDURE_KEYS)
    procedure.digest("type_sha256")
    journal = shape.shape("journal", JOURNAL_KEYS)
    return Manifest(
        ProcedureSummary(**{key: procedure.text(key) for key in sorted(PROCEDURE_KEYS)}),
        JournalSummary(journal.integer("events"), journal.digest("head"), journal.text("first"), journal.text("last")),
        tuple(_read_core_entry(entry) for entry in shape.array("files")),
    )


def read_outer(data: bytes | memoryview) -> tuple[Listing, ...]:
    """`outer.json` from its bytes; `Malformed` as above."""
    shape = Shape(parse_canonical(data, OUTER), OUTER, {"format", "version", "files"})
    _require_format(shape)
    return tuple(_listing(Shape(entry, OUTER, OUTER_ENTRY_KEYS)) for entry in shape.array("files"))


def _read_core_entry(entry: Any) -> Listing:
    shape = Shape(entry, MANIFEST, CORE_ENTRY_KEYS)
    shape.text("media_type")
    shape.boolean("encrypted")
    listing = _listing(shape)
    kind = class_of(listing.path)
    if kind is not None:  # a path outside the layout is named by CHK-01
        shape.constant("class", kind)
    return listing


def _listing(shape: Shape) -> Listing:
    return Listing(shape.text("path"), shape.digest("sha256"), shape.text("sha512"), shape.integer("size"))


def _require_format(shape: Shape) -> None:
    shape.constant("format", FORMAT)
    shape.constant("version", VERSION)
