"""CHK-08: signatures without a certificate of one's own: read, then authenticated, then signed, and on
record.

Law: remote signature needs prior verification by the signer of what is signed, and authentication of the
signer (Real Decreto-ley 6/2023, art. 60.7); the record's fields are those of the Resolution of 14 July 2017,
sec. VI.1.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from evidence.certificates import holder
from evidence.checks import Findings
from evidence.checks.by_hand import handwriting_found, handwriting_problems
from evidence.checks.levels import level_problems
from evidence.checks.signings import CHECK, Signings, document_of
from evidence.findings import Finding
from evidence.layout import EVENTS, FileClass, record_path
from evidence.opened import OpenedBundle
from evidence.people import read_people
from evidence.signature_record import Record, attachment_name, read_record
from evidence.signed_revisions import SignedRevision, read_document, read_revisions
from evidence.signing_story import Authentication, Means, Signing, SigningStory, read_story
from evidence.trust import Trust

__all__ = ["check"]

PAGES_NAMED = 10


def check(bundle: OpenedBundle, trust: Trust) -> Findings:
    """Every signing of the journal against its record and its PDF; every record against a signing."""
    story = read_story(bundle)
    for seq in story.untold:
        yield CHECK.undecided(f"{EVENTS}#{seq}", "OPENING_NEEDED")
    records = {path: read_record(bundle.members[path], path) for path in bundle.paths(FileClass.SIGNATURE_RECORD)}
    unused = _Unused(dict(records), list(story.authentications))
    signings = Signings(bundle, trust, read_people(bundle), read_revisions(bundle))
    for signing in story.signings:
        revision = signings.revisions.get(signing.signed_sha256)
        problems = [
            *signings.problems(signing),
            *_signing_problems(bundle, story, signing, unused, revision),
            *level_problems(bundle, signing, revision),
        ]
        yield from problems
        if not problems and revision is not None and revision.signature.cms is not None:
            told = {"document": revision.document.sha256, "holder": holder(revision.signature.cms.certificate)}
            yield CHECK.passed(signing.where, f"SIGNED_BY_{signing.means.upper()}", **told)
            yield from handwriting_found(bundle, story.by_hand_before(signing))
    yield from signings.unexplained(story)
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
    bundle: OpenedBundle, story: SigningStory, signing: Signing, unused: _Unused, revision: SignedRevision | None
) -> Iterator[Finding]:
    if not signing.spoken:
        yield CHECK.failed(signing.where, "SIGNING_NOT_AMONG_SUBJECTS")
    if signing.means is not Means.AUTHENTICATED_ACT:
        return
    claimed = unused.claim_record(signing)
    if claimed is None:
        yield CHECK.failed(signing.where, "RECORD_MISSING", participant=signing.participant)
        return
    path, record = claimed
    yield from _record_problems(bundle, path, record, signing, revision)
    if not story.untold:
        yield from handwriting_problems(bundle, path, record, story.by_hand_before(signing), revision)
    authentication = unused.claim_authentication(signing)
    if authentication is None:
        yield CHECK.failed(path, "SIGNED_WITHOUT_AUTHENTICATION", seq=signing.seq)
        return
    if authentication.mechanism != record.mechanism:
        yield CHECK.failed(path, "MECHANISM_DIFFERS", mechanism=record.mechanism, seq=authentication.seq)
    shown = read_document(bundle, document_of(bundle, signing.original_sha256)) or (revision and revision.pdf)
    if shown and shown.pages != record.document_pages:
        yield CHECK.failed(path, "PAGES_DIFFER", told=record.document_pages, pages=shown.pages)
    viewed = {
        read.page
        for read in story.reads_of(signing.participant, signing.original_sha256)
        if read.seq < authentication.seq
    }
    pages = range(1, (shown.pages if shown else record.document_pages) + 1)
    missing = list(islice((page for page in pages if page not in viewed), PAGES_NAMED))
    if missing:
        yield CHECK.failed(path, "PAGES_NOT_VIEWED", pages=", ".join(map(str, missing)))


def _record_problems(
    bundle: OpenedBundle, path: str, record: Record, signing: Signing, revision: SignedRevision | None
) -> Iterator[Finding]:
    if path != record_path(record.id):
        yield CHECK.failed(path, "RECORD_ID_DIFFERS", id=record.id)
    if record.procedure != bundle.manifest.procedure.id:
        yield CHECK.failed(path, "RECORD_OF_ANOTHER_PROCEDURE", procedure=record.procedure)
    if record.authenticated_at > record.signed_at:
        yield CHECK.failed(path, "SIGNED_BEFORE_AUTHENTICATED")
    if revision is None:
        return
    carried = revision.pdf.attachments.get(attachment_name(record.id), ())
    if bytes(bundle.members[path]) not in carried:
        yield CHECK.failed(path, "RECORD_IS_NOT_THE_SIGNED_ONE", document=signing.signed_sha256)
