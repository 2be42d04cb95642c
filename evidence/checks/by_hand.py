"""Of CHK-08: what somebody signed by hand, besides what authenticates the act, against journal, record and stamp.

Law: RDL 6/2023 art. 29.3. It is worth what it shows: a drawing, and strokes bound to these bytes that an expert may be
given to open. Nobody compares the hand with another.
"""

from collections.abc import Iterator

from evidence.canonical import sha256_hex
from evidence.checks import NumberedCheck
from evidence.findings import Finding
from evidence.handwriting import read_handwriting
from evidence.layout import EVENTS, handwriting_path
from evidence.opened import OpenedBundle
from evidence.parts import ReferenceReason
from evidence.signature_record import Record
from evidence.signed_revisions import SignedRevision
from evidence.signing_story import ByHand

__all__ = ["handwriting_found", "handwriting_problems"]

CHECK = NumberedCheck("CHK-08")


def handwriting_problems(
    bundle: OpenedBundle, path: str, record: Record, told: ByHand | None, revision: SignedRevision | None
) -> Iterator[Finding]:
    """The record says what the journal says; the drawing that was signed is the one that the strokes are bound to."""
    written = (told.sha256, told.image_sha256, told.key) if told is not None and told.sha256 else None
    declined = told is not None and not told.sha256
    if record.handwriting != written or record.without_handwriting != declined:
        yield CHECK.failed(path, "HANDWRITING_DIFFERS")
        return
    if told is None or written is None:
        return
    where = handwriting_path(told.sha256)
    if where not in bundle.members:
        yield _absent(bundle, told)
        return
    found = read_handwriting(bundle.members[where], where)
    bound = (found.procedure, found.participant, found.document_sha256, found.image_sha256, found.key)
    if sha256_hex(bundle.members[where]) != told.sha256 or bound != (
        bundle.manifest.procedure.id,
        told.participant,
        told.document_sha256,
        told.image_sha256,
        told.key,
    ):
        yield CHECK.failed(where, "HANDWRITING_OF_ANOTHER", participant=told.participant)
    if revision is not None and revision.pdf.drawings.get(revision.signature.field) != frozenset({told.image_sha256}):
        yield CHECK.failed(revision.where, "DRAWING_IS_NOT_THE_SIGNED_ONE")


def handwriting_found(bundle: OpenedBundle, told: ByHand | None) -> Iterator[Finding]:
    """What is said of a signing with which nothing is wrong."""
    if told is not None and told.sha256 and handwriting_path(told.sha256) in bundle.members:
        yield CHECK.passed(handwriting_path(told.sha256), "HANDWRITING_BOUND", participant=told.participant)
    elif told is not None and not told.sha256:
        yield CHECK.passed(f"{EVENTS}#{told.seq}", "HANDWRITING_DECLINED", participant=told.participant)


def _absent(bundle: OpenedBundle, told: ByHand) -> Finding:
    reason = bundle.references.get(told.sha256)
    if reason in (ReferenceReason.ERASED, ReferenceReason.WITHHELD):
        return CHECK.undecided(f"{EVENTS}#{told.seq}", "HANDWRITING_NOT_HERE", sha256=told.sha256)
    return CHECK.failed(f"{EVENTS}#{told.seq}", "HANDWRITING_MISSING", sha256=told.sha256)
