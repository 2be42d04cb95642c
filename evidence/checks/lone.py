"""What can be asked of minutes without their bundle: whose each signature is, and what the records attached say of it.

Who was to sign is in the journal, which is not here. So nothing is affirmed without the seal of a body and somebody's
own certificate, of the name that the minutes state.
"""

from collections.abc import Iterator

from asn1crypto import x509

from evidence.bodies import Office
from evidence.certificates import holder
from evidence.checks import CLOCKS, Findings, NumberedCheck, shown
from evidence.checks.lone_name import named_body_problems
from evidence.findings import Finding
from evidence.holders import is_of
from evidence.lone import LONE, LoneDocument, LoneRecord, acts_of
from evidence.pdf import PdfSignature, SignedPdf
from evidence.trust import Trust

__all__ = ["check_records", "check_signers", "check_words"]

SIGNERS = NumberedCheck("CHK-08")
WORDS = NumberedCheck("CHK-15")


def check_signers(document: LoneDocument, trust: Trust) -> Findings:
    """Each signature is that of a body, of the authenticated acts of an Administration, or of somebody who is named."""
    found: set[str] = set()
    for signature in document.signed.signatures if document.signed else ():
        if signature.cms is None:
            continue
        where, certificate = f"{LONE}#{signature.field}", signature.cms.certificate
        offices = {(one.office, one.administration) for one in trust.permitted if one.names(certificate)}
        told = {"holder": holder(certificate), "administration": ", ".join(sorted({one for _, one in offices}))}
        if offices:
            kinds = {office for office, _ in offices}
            found |= kinds
            yield SIGNERS.passed(where, "LONE_SEAL" if Office.SEAL in kinds else "LONE_ACT", **told)
        else:
            finding = _own(document, where, certificate)
            found |= {"own"} if finding.code == "LONE_OWN_CERTIFICATE" else set()
            yield finding
    if Office.SEAL not in found:
        yield SIGNERS.undecided(LONE, "LONE_WITHOUT_SEAL")
    if "own" not in found:
        yield SIGNERS.undecided(LONE, "LONE_WITHOUT_OFFICIAL")


def _own(document: LoneDocument, where: str, certificate: x509.Certificate) -> Finding:
    name = next((one for one in document.signers_named if is_of(certificate, one, None)), "")
    if name:
        return SIGNERS.passed(where, "LONE_OWN_CERTIFICATE", holder=holder(certificate), name=name)
    return SIGNERS.undecided(where, "LONE_SIGNER_NOT_NAMED", holder=holder(certificate))


def check_records(document: LoneDocument, trust: Trust) -> Findings:
    """As many records as signatures of authenticated acts, each of this document, read whole and in its time."""
    pdf = document.signed
    if pdf is None:
        return
    acts = acts_of(document, trust)
    if len(acts) != len(document.records):
        told = {"records": len(document.records), "signatures": len(acts)}
        known = any(one.office is Office.ACTS for one in trust.permitted)
        yield (SIGNERS.failed if known else SIGNERS.undecided)(LONE, "LONE_RECORDS_DIFFER", **told)
        return
    for record, signature in zip(document.records, acts, strict=True):
        yield from _record(document, pdf, record, signature)


def _record(document: LoneDocument, pdf: SignedPdf, record: LoneRecord, signature: PdfSignature) -> Iterator[Finding]:
    where, read = f"{LONE}#{record.name}", record.read
    problems = []
    if read.document_sha256 not in document.before_signing:
        problems.append(SIGNERS.failed(where, "LONE_RECORD_OF_ANOTHER_DOCUMENT", sha256=read.document_sha256))
    if read.document_pages != pdf.pages:
        problems.append(SIGNERS.failed(where, "PAGES_DIFFER", told=read.document_pages, pages=pdf.pages))
    pages = record.value.get("pages_read")
    if isinstance(pages, list) and pages != list(range(1, read.document_pages + 1)):
        problems.append(SIGNERS.failed(where, "PAGES_READ_DIFFER"))
    if read.authenticated_at > read.signed_at:
        problems.append(SIGNERS.failed(where, "SIGNED_BEFORE_AUTHENTICATED"))
    if signature.token is not None and signature.token.time < read.authenticated_at - CLOCKS:
        times = {"time": shown(signature.token.time), "at": shown(read.authenticated_at)}
        problems.append(SIGNERS.failed(where, "SIGNED_BEFORE_ITS_AUTHENTICATION", **times))
    yield from problems
    if not problems:
        told = {"name": str(record.value["signer_name"]), "at": shown(read.authenticated_at)}
        yield SIGNERS.passed(where, "LONE_RECORD_FITS", mechanism=read.mechanism, **told)


def check_words(document: LoneDocument, trust: Trust) -> Findings:
    """The words that travel with the pages: of which act, and which journal they fix for whoever holds it."""
    words = document.words
    if words is None:
        yield WORDS.undecided(LONE, "MINUTES_WITHOUT_WORDS")
    elif words.head is None:
        yield WORDS.undecided(LONE, "MINUTES_FIX_NO_JOURNAL")
    else:
        yield WORDS.passed(LONE, "LONE_FIXES_JOURNAL", events=words.head[0], head=words.head[1])
    yield from named_body_problems(document, trust)
