"""Where everything stands in a bundle. The layout is closed: a path that is not described here does not
belong."""

import re
from enum import StrEnum
from typing import Final

__all__ = [
    "CHAIN",
    "EVENTS",
    "HEADS",
    "INDEX",
    "LEAF",
    "MANIFEST",
    "MERKLE",
    "OPENINGS",
    "OUTER",
    "OUTER_FILES",
    "README",
    "RECORDING",
    "REQUIRED_CORE",
    "ROOT_TOKEN",
    "SEAL",
    "SEAL_TOKEN",
    "TYPE",
    "FileClass",
    "class_of",
    "handwriting_path",
    "record_path",
]

MANIFEST: Final = "manifest.json"
OUTER: Final = "outer.json"

README: Final = "README.txt"
TYPE: Final = "procedure/type.json"
EVENTS: Final = "log/events.jsonl"
OPENINGS: Final = "log/data.jsonl"
HEADS: Final = "log/heads.json"
INDEX: Final = "index/documents.json"
RECORDING: Final = "recording/manifest.json"
REQUIRED_CORE: Final = (README, TYPE, EVENTS, OPENINGS, INDEX)

SEAL: Final = "manifest.p7s"
SEAL_TOKEN: Final = "manifest.tst"  # noqa: S105 - a path, not a password
LEAF: Final = "anchor/leaf.json"
MERKLE: Final = "anchor/merkle.json"
CHAIN: Final = "anchor/chain.json"
ROOT_TOKEN: Final = "anchor/tsa.tst"  # noqa: S105
OUTER_FILES: Final = (SEAL, SEAL_TOKEN, LEAF, MERKLE, CHAIN, ROOT_TOKEN)
"""What is made after the core is closed: it speaks of the manifest and therefore cannot be in it."""


class FileClass(StrEnum):
    """What a member of the core is."""

    README = "readme"
    TYPE = "type"
    JOURNAL = "journal"
    OPENINGS = "openings"
    HEADS = "heads"
    INDEX = "index"
    DOCUMENT = "document"
    IDENTITY = "identity"
    SIGNATURE_RECORD = "signature_record"
    HANDWRITING = "handwriting"
    RECORDING = "recording"
    CERTIFICATE = "certificate"
    CRL = "crl"
    OCSP = "ocsp"


PATHS: Final = (
    (FileClass.README, re.compile(re.escape(README))),
    (FileClass.TYPE, re.compile(re.escape(TYPE))),
    (FileClass.JOURNAL, re.compile(re.escape(EVENTS))),
    (FileClass.OPENINGS, re.compile(re.escape(OPENINGS))),
    (FileClass.HEADS, re.compile(re.escape(HEADS))),
    (FileClass.INDEX, re.compile(re.escape(INDEX))),
    (FileClass.RECORDING, re.compile(re.escape(RECORDING))),
    (FileClass.DOCUMENT, re.compile(r"documents/[0-9a-f]{64}\.[a-z0-9]{1,8}")),
    (FileClass.IDENTITY, re.compile(r"identity/[A-Za-z0-9][A-Za-z0-9._-]{0,79}")),
    (FileClass.SIGNATURE_RECORD, re.compile(r"signatures/[A-Za-z0-9][A-Za-z0-9_-]{0,63}\.json")),
    (FileClass.HANDWRITING, re.compile(r"handwriting/[0-9a-f]{64}\.json")),
    (FileClass.CERTIFICATE, re.compile(r"pki/certs/[0-9a-f]{64}\.cer")),
    (FileClass.CRL, re.compile(r"pki/crls/[0-9a-f]{64}\.crl")),
    (FileClass.OCSP, re.compile(r"pki/ocsp/[0-9a-f]{64}\.ocsp")),
)


def class_of(path: str) -> FileClass | None:
    """What stands at this path of the core; `None` when nothing may stand there."""
    return next((kind for kind, pattern in PATHS if pattern.fullmatch(path)), None)


def handwriting_path(sha256: str) -> str:
    """Where a handwritten signature stands: under its own digest."""
    return f"handwriting/{sha256}.json"


def record_path(record_id: str) -> str:
    """Where the evidence record of one signature stands."""
    return f"signatures/{record_id}.json"
