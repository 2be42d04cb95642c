"""CHK-05: every PAdES signature: mathematics, coverage, nothing slipped in afterwards, its own time-stamp."""

from collections.abc import Iterator, Sequence

from evidence.certificates import RevocationEvidence, holder
from evidence.checks import CLOCKS, Findings, NumberedCheck, shown
from evidence.cms import CmsSignature, TimeToken
from evidence.findings import Finding, Result
from evidence.layout import INDEX
from evidence.opened import PDF, IndexedDocument, OpenedBundle
from evidence.pdf import PdfSignature, PdfUnreadable, SignedPdf
from evidence.trust import Trust
from evidence.validation_data import strangers

__all__ = ["check"]

CHECK = NumberedCheck("CHK-05")


def check(bundle: OpenedBundle, trust: Trust) -> Findings:
    """Each signature of each document that the procedure made. Deposited papers may carry any signature or
    none."""
    judged = 0
    for document in bundle.documents:
        if document.path not in bundle.members or not document.kind.ours:
            continue
        if document.media_type == PDF:
            findings = list(_document(bundle, document, trust))
            judged += len(findings)
            yield from findings
        elif document.kind.must_be_signed:
            yield CHECK.failed(document.path, "SIGNED_DOCUMENT_IS_NO_PDF", kind=document.kind.value)
            judged += 1
    if not judged:
        yield CHECK.passed(INDEX, "NOTHING_TO_SIGN")


def _document(bundle: OpenedBundle, document: IndexedDocument, trust: Trust) -> Iterator[Finding]:
    try:
        pdf = bundle.pdf(document.path)
    except PdfUnreadable:
        yield CHECK.failed(document.path, "PDF_UNREADABLE")
        return
    if document.kind.must_be_signed and not any(signature.cms for signature in pdf.signatures):
        yield CHECK.failed(document.path, "DOCUMENT_NOT_SIGNED", kind=document.kind.value)
    if pdf.signatures and not pdf.signatures[-1].covers_file:
        # Not even validation data: they go to `pki/`, or under a document time-stamp, which then is the latest.
        yield CHECK.failed(document.path, "CONTENT_AFTER_SIGNATURE")
    for field in pdf.lost:
        yield CHECK.failed(f"{document.path}#{field}", "SIGNATURE_REMOVED")
    if pdf.unread:
        yield CHECK.failed(document.path, "SIGNATURE_HIDDEN", signatures=pdf.unread)
    for number, signature in enumerate(pdf.signatures):
        where = f"{document.path}#{signature.field}"
        found = _signature(where, signature)
        whole = found.result is Result.PASS and signature.cms is None
        yield (_untimely(where, signature, pdf.signatures[:number]) if whole else None) or found
    if pdf.signatures and (foreign := _strangers(pdf, trust)):
        yield CHECK.failed(document.path, "VALIDATION_DATA_OF_OTHERS", items=foreign)
    if pdf.signatures:
        for code in pdf.warnings:
            yield CHECK.warned(document.path, code)


def _strangers(pdf: SignedPdf, trust: Trust) -> int:
    if pdf.evidence == RevocationEvidence():
        return 0
    signers = [one.cms.certificate for one in pdf.signatures if one.cms]
    signers += [one.token.certificate for one in pdf.signatures if one.token]
    return strangers(pdf.evidence, signers, (*trust.signature_roots, *trust.timestamp_roots))


def _signature(where: str, signature: PdfSignature) -> Finding:
    cms, token = signature.cms, signature.token
    if not signature.pades:
        return CHECK.failed(where, "SIGNATURE_IS_NOT_PADES")
    if (cms is not None and not cms.intact) or (cms is None and token is not None and not token.intact):
        return CHECK.failed(where, "SIGNED_CONTENT_CHANGED")
    if not signature.covers_revision:
        return CHECK.failed(where, "SIGNATURE_DOES_NOT_COVER_REVISION")
    if not signature.unchanged:
        return CHECK.failed(where, "CONTENT_CHANGED_AFTER_SIGNATURE")
    if not signature.alone:
        return CHECK.failed(where, "CONTENT_CHANGED_WITH_SIGNATURE")
    if not signature.strict:
        return CHECK.failed(where, "CMS_NOT_STRICT")
    if cms is not None and not cms.valid:
        return CHECK.failed(where, "SIGNATURE_INVALID", holder=holder(cms.certificate))
    if token is None:
        return CHECK.undecided(where, "SIGNATURE_NOT_TIMESTAMPED")
    if not token.intact:
        return CHECK.failed(where, "TIMESTAMP_OF_ANOTHER_OBJECT")
    return _intact(where, cms, token)


def _intact(where: str, cms: CmsSignature | None, token: TimeToken) -> Finding:
    told = {"holder": holder((cms or token).certificate), "time": shown(token.time)}
    if cms is not None:
        return CHECK.passed(where, "SIGNATURE_INTACT", **told)
    return CHECK.passed(where, "DOCUMENT_TIMESTAMP_INTACT", **told, until=shown(token.certificate.not_valid_after))


def _untimely(where: str, stamp: PdfSignature, covered: Sequence[PdfSignature]) -> Finding | None:
    """A time-stamp over the document comes after what it covers, and while that could still be believed.

    ETSI EN 319 102-1, clause 5.6: what has expired counts only for what is shown to have existed before.
    """
    earlier = [one.token for one in covered if one.token is not None]
    if stamp.token is None or not earlier:
        return None
    time, latest = stamp.token.time, max(one.time for one in earlier)
    if time < latest - CLOCKS:
        return CHECK.failed(where, "DOCUMENT_TIMESTAMP_TOO_EARLY", time=shown(time), signed=shown(latest))
    ended = max(earlier, key=lambda one: one.time).certificate.not_valid_after
    if time > ended:
        return CHECK.undecided(where, "DOCUMENT_TIMESTAMP_TOO_LATE", time=shown(time), until=shown(ended))
    return None
