"""CHK-08: signatures without a certificate of one's own: read, then authenticated, then signed, and on
record.

Law: remote signature needs prior verification by the signer of what is signed, and authentication of the
signer (Real Decreto-ley 6/2023, art. 60.7); the record's fields are those of the Resolution of 14 July 2017,
sec. VI.1.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from evidence.checks import Findings, NumberedCheck
from evidence.findings import Finding
from evidence.layout import EVENTS, FileClass, record_path
from evidence.opened import PDF, IndexedDocument, OpenedBundle
from evidence.pdf import PdfUnreadable, SignedPdf
from evidence.signature_record import Record, attachment_name, read_record
from evidence.signing_story import Authentication, Means, Signing, SigningStory, read_story
from evidence.trust import Trust

__all__ = ["check"]

CHECK = NumberedCheck("CHK-08")
PAGES_NAMED = 10


def check(bundle: OpenedBundle, trust: Trust) -> Findings:
    """Every signing of the journal against its record and its PDF; every record against a signing."""
    story = read_story(bundle)
    for seq in story.untold:
        yield CHECK.undecided(f"{EVENTS}#{seq}", "OPENING_NEEDED")
    records = {path: read_record(bundle.members[path], path) for path in bundle.paths(FileClass.SIGNATURE_RECORD)}
    unused = _Unused(dict(records), list(story.authentications))
    for signing in story.signings:
        problems = list(_signing_problems(bundle, story, signing, unused))
        yield from problems
        if not problems:
            yield CHECK.passed(signing.where, f"SIGNED_BY_{signing.means.upper()}", document=signing.signed_sha256)
    for path in sorted(unused.records):
        if not story.untold:
            yield CHECK.failed(path, "RECORD_WITHOUT_SIGNATURE")
    if not story.signings and not records and not story.untold:
        yield CHECK.passed(EVENTS, "NO_RECORDED_SIGNATURES")


@dataclass(slots=True)
class _Unused:
    """Records and authentications that no signing has claimed yet: each serves once."""

    records: dict[str, Record]
    authentications: list[Authentication]

    def claim_record(self, signing: Signing) -> tuple[str, Record] | None:
        for path, record in self.records.items():
            if (record.participant, record.document_sha256) == (signing.participant, signing.original_sha256):
                del self.records[path]
                return path, record
        return None

    def claim_authentication(self, signing: Signing) -> Authentication | None:
        for found in self.authentications:
            of_signing = (found.participant, found.document_sha256) == (
                signing.participant,
                signing.original_sha256,
            )
            if of_signing and found.seq < signing.seq:
                self.authentications.remove(found)
                return found
        return None


def _signing_problems(
    bundle: OpenedBundle, story: SigningStory, signing: Signing, unused: _Unused
) -> Iterator[Finding]:
    if not signing.spoken:
        yield CHECK.failed(signing.where, "SIGNING_NOT_AMONG_SUBJECTS")
    yield from _document_problems(bundle, signing)
    if signing.means is not Means.AUTHENTICATED_ACT:
        return
    claimed = unused.claim_record(signing)
    if claimed is None:
        yield CHECK.failed(signing.where, "RECORD_MISSING", participant=signing.participant)
        return
    path, record = claimed
    yield from _record_problems(bundle, path, record, signing)
    authentication = unused.claim_authentication(signing)
    if authentication is None:
        yield CHECK.failed(path, "SIGNED_WITHOUT_AUTHENTICATION", seq=signing.seq)
        return
    if authentication.mechanism != record.mechanism:
        yield CHECK.failed(path, "MECHANISM_DIFFERS", mechanism=record.mechanism, seq=authentication.seq)
    viewed = {
        read.page
        for read in story.reads_of(signing.participant, signing.original_sha256)
        if read.seq < authentication.seq
    }
    missing = list(islice((page for page in range(1, record.document_pages + 1) if page not in viewed), PAGES_NAMED))
    if missing:
        yield CHECK.failed(path, "PAGES_NOT_VIEWED", pages=", ".join(map(str, missing)))


def _record_problems(bundle: OpenedBundle, path: str, record: Record, signing: Signing) -> Iterator[Finding]:
    if path != record_path(record.id):
        yield CHECK.failed(path, "RECORD_ID_DIFFERS", id=record.id)
    if record.procedure != bundle.manifest.procedure.id:
        yield CHECK.failed(path, "RECORD_OF_ANOTHER_PROCEDURE", procedure=record.procedure)
    if record.authenticated_at > record.signed_at:
        yield CHECK.failed(path, "SIGNED_BEFORE_AUTHENTICATED")
    content = bytes(bundle.members[path])
    pdfs = [_pdf(bundle, document) for document in _later(bundle, signing)]
    if not any(pdf is not None and _carries(pdf, record, content) for pdf in pdfs):
        yield CHECK.failed(path, "RECORD_IS_NOT_THE_SIGNED_ONE", document=signing.signed_sha256)


def _later(bundle: OpenedBundle, signing: Signing) -> list[IndexedDocument]:
    """The signed document itself or, where later signatures have superseded it, the signed ones that are here."""
    document = _document(bundle, signing.signed_sha256)
    signed = [document] if document else [one for one in bundle.documents if one.kind.must_be_signed]
    return [one for one in signed if one.path in bundle.members]


def _carries(pdf: SignedPdf, record: Record, content: bytes) -> bool:
    return content in pdf.attachments.get(attachment_name(record.id), ())


def _document_problems(bundle: OpenedBundle, signing: Signing) -> Iterator[Finding]:
    """The signed PDF is the shown one, byte for byte, and then at least one signature more."""
    document = _document(bundle, signing.signed_sha256)
    original = _document(bundle, signing.original_sha256)
    if document is None and signing.signed_sha256 not in bundle.references:
        yield CHECK.failed(signing.where, "SIGNED_DOCUMENT_MISSING", sha256=signing.signed_sha256)
    if original is None and signing.original_sha256 not in bundle.references:
        yield CHECK.failed(signing.where, "SHOWN_DOCUMENT_MISSING", sha256=signing.original_sha256)
    if document is not None and not document.kind.must_be_signed:
        yield CHECK.failed(document.path, "SIGNED_DOCUMENT_WRONG_KIND", kind=document.kind.value)
    if original is None or original.path not in bundle.members:
        return
    where = document.path if document else signing.where
    shown = bundle.members[original.path]
    if not any(bundle.members[one.path][: len(shown)] == shown for one in _later(bundle, signing)):
        yield CHECK.failed(where, "SIGNED_IS_NOT_THE_SHOWN", sha256=signing.original_sha256)
    before, after = _pdf(bundle, original), _pdf(bundle, document)
    if before is not None and after is not None and len(after.signatures) <= len(before.signatures):
        yield CHECK.failed(where, "NO_NEW_SIGNATURE", sha256=signing.original_sha256)


def _document(bundle: OpenedBundle, sha256: str) -> IndexedDocument | None:
    return next((document for document in bundle.documents if document.sha256 == sha256), None)


def _pdf(bundle: OpenedBundle, document: IndexedDocument | None) -> SignedPdf | None:
    """The parsed document; `None` when it is absent or unreadable, which other checks say."""
    if document is None or document.media_type != PDF or document.path not in bundle.members:
        return None
    try:
        return bundle.pdf(document.path)
    except PdfUnreadable:
        return None
