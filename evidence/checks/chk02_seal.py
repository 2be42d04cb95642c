"""CHK-02: the body's seal over the manifest, and the time-stamp over the seal."""

from asn1crypto import x509

from evidence.bodies import Office, permits
from evidence.certificates import Purpose, holder, judge
from evidence.checks import Findings, NumberedCheck, shown
from evidence.cms import CmsSignature, CmsUnreadable, TimeToken, digest_of, read_cms, read_token, signed_data
from evidence.findings import Finding, Result
from evidence.layout import MANIFEST, SEAL, SEAL_TOKEN
from evidence.opened import OpenedBundle
from evidence.people import read_people
from evidence.trust import Trust

__all__ = ["check"]

CHECK = NumberedCheck("CHK-02")


def check(bundle: OpenedBundle, trust: Trust) -> Findings:
    """Seal (CMS, eIDAS art. 35) and time-stamp (RFC 3161, eIDAS art. 41) of the closed core."""
    if SEAL not in bundle.members:
        yield CHECK.undecided(SEAL, "NOT_SEALED")
        return
    seal = bytes(bundle.read(SEAL))
    try:
        signature = read_cms(signed_data(seal), digest_of(bytes(bundle.read(MANIFEST))))
    except CmsUnreadable as error:
        yield CHECK.failed(SEAL, error.code)
        return
    if not signature.intact:
        yield CHECK.failed(MANIFEST, "MANIFEST_IS_NOT_THE_SEALED_ONE")
        return
    if not signature.valid:
        yield CHECK.failed(SEAL, "SIGNATURE_INVALID", holder=holder(signature.certificate))
        return
    if SEAL_TOKEN not in bundle.members:
        yield CHECK.undecided(SEAL_TOKEN, "SEAL_NOT_TIMESTAMPED")
        return
    try:
        token = read_token(signed_data(bytes(bundle.read(SEAL_TOKEN))), digest_of(seal))
    except CmsUnreadable as error:
        yield CHECK.failed(SEAL_TOKEN, error.code)
        return
    if not token.intact:
        # The seal holds over the manifest, but what of it nothing signs may have been changed: both are named.
        yield CHECK.failed(SEAL_TOKEN, "TIMESTAMP_OF_ANOTHER_OBJECT")
        yield CHECK.failed(SEAL, "SEAL_IS_NOT_THE_STAMPED_ONE")
        return
    yield from _beliefs(bundle, trust, signature, token)


def _beliefs(bundle: OpenedBundle, trust: Trust, signature: CmsSignature, token: TimeToken) -> Findings:
    evidence = bundle.revocation_evidence
    for where, certificate, others, roots, purpose, good in (
        (SEAL, signature.certificate, signature.others, trust.signature_roots, Purpose.SIGNATURE, "SEALED"),
        (
            SEAL_TOKEN,
            token.certificate,
            token.others,
            trust.timestamp_roots,
            Purpose.TIMESTAMP,
            "SEAL_TIMESTAMPED",
        ),
    ):
        judgement = judge(certificate, others, roots, evidence, token.time, purpose)
        code = good if judgement.result is Result.PASS else judgement.code
        parameters = {"holder": holder(certificate), "time": shown(token.time)}
        if code == "SEALED" and (refused := _not_of_the_body(bundle, trust, certificate)):
            yield refused
        else:
            yield Finding(CHECK.check, judgement.result, where, code, parameters)


def _not_of_the_body(bundle: OpenedBundle, trust: Trust, certificate: x509.Certificate) -> Finding | None:
    """A trusted certificate is not yet the body's: the verifier has said whose is."""
    administration = bundle.manifest.procedure.administration
    may = permits(trust.permitted, Office.SEAL, certificate, administration, read_people(bundle).body)
    told = {"holder": holder(certificate), "administration": administration}
    if may is None:
        return CHECK.undecided(SEAL, "BODIES_NOT_GIVEN", **told)
    return None if may else CHECK.failed(SEAL, "NOT_THE_SEAL_OF_THE_BODY", **told)
