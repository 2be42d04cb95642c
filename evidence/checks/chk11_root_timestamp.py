"""CHK-11: a time-stamp over the root of the batch, from an authority that the verifier trusts."""

from evidence.anchor import MerkleProof
from evidence.certificates import Purpose, holder, judge
from evidence.checks import Findings, NumberedCheck, shown
from evidence.cms import CmsUnreadable, digest_of, read_token, signed_data
from evidence.findings import Finding, Result
from evidence.layout import MERKLE, ROOT_TOKEN
from evidence.opened import OpenedBundle
from evidence.trust import Trust

__all__ = ["check"]

CHECK = NumberedCheck("CHK-11")


def check(bundle: OpenedBundle, trust: Trust) -> Findings:
    """RFC 3161 token whose imprint is that of the 32 bytes of the root."""
    if ROOT_TOKEN not in bundle.members:
        yield CHECK.undecided(ROOT_TOKEN, "ROOT_NOT_TIMESTAMPED")
        return
    root = MerkleProof.parse(bundle.read(MERKLE)).root
    try:
        token = read_token(signed_data(bytes(bundle.read(ROOT_TOKEN))), digest_of(root))
    except CmsUnreadable as error:
        yield CHECK.failed(ROOT_TOKEN, error.code)
        return
    if not token.intact:
        yield CHECK.failed(ROOT_TOKEN, "TIMESTAMP_OF_ANOTHER_OBJECT")
        return
    evidence, roots = bundle.revocation_evidence, trust.timestamp_roots
    judgement = judge(token.certificate, token.others, roots, evidence, token.time, Purpose.TIMESTAMP)
    code = "ROOT_TIMESTAMPED" if judgement.result is Result.PASS else judgement.code
    parameters = {"holder": holder(token.certificate), "time": shown(token.time)}
    yield Finding(CHECK.check, judgement.result, ROOT_TOKEN, code, parameters)
