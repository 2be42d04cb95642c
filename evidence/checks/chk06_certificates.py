"""CHK-06: the certificate of every signature and time-stamp leads to a trusted root and was not revoked
then."""

from collections.abc import Iterator

from asn1crypto import x509

from evidence.certificates import Purpose, RevocationEvidence, holder, judge
from evidence.checks import Findings, NumberedCheck, shown
from evidence.findings import Finding, Result
from evidence.layout import INDEX
from evidence.opened import PDF, OpenedBundle
from evidence.pdf import PdfSignature, PdfUnreadable
from evidence.trust import Trust

__all__ = ["check"]

CHECK = NumberedCheck("CHK-06")


def check(bundle: OpenedBundle, trust: Trust) -> Findings:
    """Paths at the time that the signature's own token proves, with revocation data from `pki/` or the
    document."""
    judged = 0
    for document in bundle.documents:
        if document.path not in bundle.members or document.media_type != PDF or not document.kind.ours:
            continue
        try:
            pdf = bundle.pdf(document.path)
        except PdfUnreadable:  # said by CHK-05
            judged += 1
            yield CHECK.undecided(document.path, "CHECK_NOT_POSSIBLE")
            continue
        evidence = bundle.revocation_evidence.with_more(pdf.evidence)
        for signature in pdf.signatures:
            judged += 1
            yield from _signature(f"{document.path}#{signature.field}", signature, evidence, trust)
    if not judged:
        yield CHECK.passed(INDEX, "NOTHING_TO_SIGN")


def _signature(where: str, signature: PdfSignature, evidence: RevocationEvidence, trust: Trust) -> Iterator[Finding]:
    cms, token = signature.cms, signature.token
    if token is None:
        # Without a proven time there is no moment at which to ask whether the certificate was good.
        yield CHECK.undecided(where, "NO_PROVEN_TIME")
        return
    time = shown(token.time)

    def finding(part: str, certificate: x509.Certificate, others: tuple[x509.Certificate, ...]) -> Finding:
        purpose = Purpose(part)
        roots = trust.signature_roots if purpose is Purpose.SIGNATURE else trust.timestamp_roots
        judgement = judge(certificate, others, roots, evidence, token.time, purpose)
        code = judgement.code
        if judgement.result is Result.PASS and purpose is Purpose.TIMESTAMP:
            code = "TIMESTAMP_CERTIFICATE_TRUSTED"
        return Finding(CHECK.check, judgement.result, where, code, {"holder": holder(certificate), "time": time})

    if cms is not None:
        yield finding(Purpose.SIGNATURE.value, cms.certificate, cms.others)
    yield finding(Purpose.TIMESTAMP.value, token.certificate, token.others)
