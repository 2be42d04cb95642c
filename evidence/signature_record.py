"""The evidence record of a signature made without the signer's own certificate.

Its fields are those that section VI.1 of the Resolution of 14 July 2017 (BOE-A-2017-8393) makes mandatory,
and what ties them to the document shown. The same bytes are attached to the PDF before it is signed and kept
in the bundle.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from evidence.canonical import Malformed, canonical, parse_canonical
from evidence.limits import MAX_PAGES, MAX_RECORD_BYTES
from evidence.shapes import Shape

__all__ = [
    "ASSURANCE_LEVELS",
    "MANDATORY_FIELDS",
    "Record",
    "SignatureRecordIncomplete",
    "attachment_name",
    "missing_fields",
    "read_record",
    "record_bytes",
]

MANDATORY_FIELDS: Final = (
    "authenticated_at",  # 1. date and time of the authentication
    "signer_name",  # 2. name and surnames
    "signer_id_number",  # 3. NIF or NIE
    "mechanism",  # 4. means of identification used ...
    "assurance",  # ... and its level
    "authentication_result",  # 5. result
    "authentication_reference",  # 6. the provider's answer (or its SHA-256, when kept apart)
    "signed_at",  # 7. date and time of the signature
    "document_sha256",  # 8. hash of what was signed
    "csv",  # 9. secure verification code of the receipt
    "source_device",  # 10. where it came from (address, or the office's enrolled computer)
)
BINDING_FIELDS: Final = ("id", "procedure", "participant")
"""What keeps a record from being moved to another signature, procedure or person."""

ASSURANCE_LEVELS: Final = ("low", "substantial", "high")
"""Regulation (EU) 910/2014, art. 8."""

SUCCESS: Final = "success"
WITHOUT_HANDWRITING: Final = "declined"
HANDWRITING_KEYS: Final = frozenset({"sha256", "image_sha256", "key"})


class SignatureRecordIncomplete(ValueError):
    """A mandatory field is missing or empty: nothing may be sealed on such a record."""

    def __init__(self, fields: tuple[str, ...]) -> None:
        super().__init__(", ".join(fields))
        self.fields = fields


@dataclass(frozen=True, slots=True)
class Record:
    """The parts of a record that the verifier compares."""

    id: str
    procedure: str
    participant: str
    mechanism: str
    document_sha256: str
    document_pages: int
    authenticated_at: datetime
    signed_at: datetime
    handwriting: tuple[str, str, str] | None
    """Digests of the handwritten signature, of its drawing and of the key; None where there is none."""
    without_handwriting: bool
    """The person was asked to sign by hand too, and did without."""


def attachment_name(record_id: str) -> str:
    """The name under which the record is attached to the signed PDF."""
    return f"signature-record-{record_id}.json"


def missing_fields(record: Mapping[str, Any]) -> tuple[str, ...]:
    """The mandatory fields that the record lacks or leaves empty."""
    required = (*BINDING_FIELDS, *MANDATORY_FIELDS)
    missing = [name for name in required if not isinstance(record.get(name), str) or not record[name].strip()]
    pages = record.get("document_pages")
    if not isinstance(pages, int) or isinstance(pages, bool) or pages < 1:
        missing.append("document_pages")
    return tuple(missing)


def record_bytes(record: Mapping[str, Any]) -> bytes:
    """The canonical bytes of a complete record, to attach and to keep; `SignatureRecordIncomplete`
    otherwise."""
    missing = missing_fields(record)
    if missing:
        raise SignatureRecordIncomplete(missing)
    return canonical({**record, "v": 1})


def read_record(data: bytes | memoryview, where: str) -> Record:
    """A record from its bytes; `Malformed` when a field is missing or says that authentication did not
    succeed."""
    value = parse_canonical(data, where, MAX_RECORD_BYTES)
    shape = Shape(value, where)
    shape.constant("v", 1)
    for name in missing_fields(value):
        raise Malformed(where, "RECORD_FIELD_MISSING", field=name)
    shape.constant("authentication_result", SUCCESS)
    if shape.integer("document_pages") > MAX_PAGES:
        raise Malformed(where, "FIELD_WRONG", field="document_pages")
    if shape.text("assurance") not in ASSURANCE_LEVELS:
        raise Malformed(where, "FIELD_WRONG", field="assurance")
    handwriting = value.get("handwriting")
    return Record(
        id=shape.text("id"),
        procedure=shape.text("procedure"),
        participant=shape.text("participant"),
        mechanism=shape.text("mechanism"),
        document_sha256=shape.digest("document_sha256"),
        document_pages=shape.integer("document_pages"),
        authenticated_at=_instant(shape, "authenticated_at"),
        signed_at=_instant(shape, "signed_at"),
        handwriting=_handwriting(shape) if handwriting not in (None, WITHOUT_HANDWRITING) else None,
        without_handwriting=handwriting == WITHOUT_HANDWRITING,
    )


def _handwriting(shape: Shape) -> tuple[str, str, str]:
    told = shape.shape("handwriting", HANDWRITING_KEYS)
    return told.digest("sha256"), told.digest("image_sha256"), told.digest("key")


def _instant(shape: Shape, key: str) -> datetime:
    try:
        instant = datetime.fromisoformat(shape.text(key))
    except ValueError:
        raise Malformed(shape.where, "FIELD_WRONG", field=key) from None
    if instant.tzinfo is None:
        raise Malformed(shape.where, "FIELD_WRONG", field=key)
    return instant
