"""One signed PDF without its bundle: the same checks of its signatures, and what its attachments say of them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from evidence.bodies import Office
from evidence.canonical import Malformed, parse_canonical, sha256_hex
from evidence.certificates import RevocationEvidence
from evidence.container import Container
from evidence.minutes import MinutesWords, minutes_words
from evidence.opened import PDF, IndexedDocument, OpenedBundle
from evidence.parts import DocumentKind
from evidence.pdf import PdfSignature, PdfUnreadable, SignedPdf
from evidence.signature_record import Record, read_record
from evidence.trust import Trust

__all__ = ["LONE", "LoneDocument", "LoneRecord", "acts_of", "is_lone"]

LONE: Final = "minutes.pdf"
RECORDS: Final = "signature-record-"
ENDINGS: Final = (b"", b"\n", b"\r\n", b"\r")
MARK: Final = b"%%EOF"
MARKS_LOOKED_AT: Final = 16
"""Revisions before the first signature; ours has one."""


def is_lone(data: bytes) -> bool:
    return data.startswith(b"%PDF-")


@dataclass(frozen=True, slots=True)
class LoneRecord:
    """A signature record that travels in the document."""

    name: str
    read: Record
    value: Mapping[str, Any]


class LoneDocument(OpenedBundle):
    """The PDF as if it were the one document of a bundle. There is no journal, and no certificates but its own."""

    def __init__(self, data: bytes, revocation: RevocationEvidence) -> None:
        super().__init__(Container({LONE: memoryview(data)}, ()))
        self.sha256 = sha256_hex(data)
        self.content = data
        self._revocation = revocation

    @cached_property
    def documents(self) -> tuple[IndexedDocument, ...]:
        kind, size = DocumentKind.MINUTES, len(self.content)
        return (IndexedDocument(LONE, self.sha256, size, kind, PDF, title="", character="original"),)

    @property
    def revocation_evidence(self) -> RevocationEvidence:
        """What the verifier brings; the document's own is added to it."""
        return self._revocation

    @property
    def signed(self) -> SignedPdf | None:
        """`None` when it cannot be read, which CHK-05 says."""
        try:
            return self.pdf(LONE)
        except PdfUnreadable:
            return None

    @cached_property
    def words(self) -> MinutesWords | None:
        return minutes_words(self, LONE)

    @cached_property
    def signers_named(self) -> tuple[str, ...]:
        """Whom the words of the minutes name as those who sign them."""
        found = self.signed.attachments.get("document.json", ()) if self.signed else ()
        try:
            value = json.loads(found[0]) if len(found) == 1 else {}
        except (ValueError, RecursionError):
            return ()
        blocks = value.get("blocks") if isinstance(value, dict) else None
        tables = [one for one in blocks or () if isinstance(one, dict) and one.get("id") == "signatures"]
        rows = tables[0].get("rows") if tables else None
        return tuple(row[0] for row in rows or () if isinstance(row, list) and row and isinstance(row[0], str))

    @cached_property
    def records(self) -> tuple[LoneRecord, ...]:
        """Those that can be read, in the order in which they say that they were signed; `Malformed` for any other."""
        found = []
        for name, contents in (self.signed.attachments if self.signed else {}).items():
            if not name.startswith(RECORDS):
                continue
            if len(contents) != 1:
                raise Malformed(f"{LONE}#{name}", "ATTACHMENT_NAMED_TWICE", name=name)
            read = read_record(contents[0], f"{LONE}#{name}")
            found.append(LoneRecord(name, read, parse_canonical(contents[0], name)))
        return tuple(sorted(found, key=lambda one: one.read.signed_at))

    @cached_property
    def before_signing(self) -> frozenset[str]:
        """SHA-256 of what was there before the first signature, however its last line ends."""
        first = self.signed.signatures[0].begin if self.signed and self.signed.signatures else 0
        digests, end = set(), first
        for _ in range(MARKS_LOOKED_AT):
            end = self.content.rfind(MARK, 0, end)
            if end < 0:
                break
            upto = end + len(MARK)
            endings = {ending for ending in ENDINGS if self.content[upto : upto + len(ending)] == ending}
            digests |= {sha256_hex(self.content[: upto + len(ending)]) for ending in endings}
        return frozenset(digests)

    @property
    def procedure(self) -> str:
        """What all records agree on; empty when they do not."""
        values = {one.read.procedure for one in self.records}
        return values.pop() if len(values) == 1 else ""


def acts_of(document: LoneDocument, trust: Trust) -> list[PdfSignature]:
    """The signatures that wrap an authenticated act: by the certificates that the verifier has named for it."""
    found = []
    for one in document.signed.signatures if document.signed else ():
        if one.cms is not None:
            certificate = one.cms.certificate
            offices = {line.office for line in trust.permitted if line.names(certificate)}
            found += [one] if Office.ACTS in offices and Office.SEAL not in offices else []
    return found
