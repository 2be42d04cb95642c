"""The result for each signature, seal and time-stamp in the words of ETSI EN 319 102-1, for whoever reads such reports.

The verdict of the verifier is stricter: it judges the whole bundle, and what this standard leaves open because somebody
else may know more (a chain to a root that is not known, say) is a failure for whoever has said whom they trust.
"""

from collections.abc import Iterable
from typing import Final

from evidence.account import Indication
from evidence.findings import Finding, Result

__all__ = ["MEANINGS", "read_indications"]

PASSED, FAILED, OPEN = "TOTAL-PASSED", "TOTAL-FAILED", "INDETERMINATE"

MEANINGS: Final = {
    "SIGNATURE_IS_NOT_PADES": (FAILED, "FORMAT_FAILURE"),
    "SIGNATURE_DOES_NOT_COVER_REVISION": (FAILED, "FORMAT_FAILURE"),
    "CMS_UNREADABLE": (FAILED, "FORMAT_FAILURE"),
    "CMS_NOT_STRICT": (FAILED, "FORMAT_FAILURE"),
    "SIGNED_CONTENT_CHANGED": (FAILED, "HASH_FAILURE"),
    "MANIFEST_IS_NOT_THE_SEALED_ONE": (FAILED, "HASH_FAILURE"),
    "SEAL_IS_NOT_THE_STAMPED_ONE": (OPEN, "NO_POE"),
    "TIMESTAMP_OF_ANOTHER_OBJECT": (OPEN, "NO_POE"),
    "SIGNATURE_INVALID": (FAILED, "SIG_CRYPTO_FAILURE"),
    "CERTIFICATE_REVOKED": (FAILED, "REVOKED"),
    "CERTIFICATE_EXPIRED": (FAILED, "EXPIRED"),
    "CERTIFICATE_NOT_YET_VALID": (FAILED, "NOT_YET_VALID"),
    "CERTIFICATE_NOT_TRUSTED": (OPEN, "NO_CERTIFICATE_CHAIN_FOUND"),
    "NO_ROOTS_GIVEN": (OPEN, "NO_CERTIFICATE_CHAIN_FOUND"),
    "CERTIFICATE_WEAK": (OPEN, "CRYPTO_CONSTRAINTS_FAILURE"),
    "CERTIFICATE_WRONG_PURPOSE": (OPEN, "CHAIN_CONSTRAINTS_FAILURE"),
    "CERTIFICATE_INVALID": (OPEN, "CERTIFICATE_CHAIN_GENERAL_FAILURE"),
    "REVOCATION_UNKNOWN": (OPEN, "CERTIFICATE_CHAIN_GENERAL_FAILURE"),
    "REVOCATION_STALE": (OPEN, "TRY_LATER"),
    "SIGNATURE_NOT_TIMESTAMPED": (OPEN, "NO_POE"),
    "SEAL_NOT_TIMESTAMPED": (OPEN, "NO_POE"),
    "NO_PROVEN_TIME": (OPEN, "NO_POE"),
    "NOT_THE_SEAL_OF_THE_BODY": (OPEN, "SIG_CONSTRAINTS_FAILURE"),
    "CERTIFICATE_OF_ACTS_OF_ANOTHER_BODY": (OPEN, "SIG_CONSTRAINTS_FAILURE"),
    "NOT_THE_CERTIFICATE_OF_ACTS": (OPEN, "SIG_CONSTRAINTS_FAILURE"),
    "CERTIFICATE_OF_ANOTHER": (OPEN, "SIG_CONSTRAINTS_FAILURE"),
    "VALIDATION_DATA_MISSING": (OPEN, "SIG_CONSTRAINTS_FAILURE"),
    "DOCUMENT_TIMESTAMP_MISSING": (OPEN, "SIG_CONSTRAINTS_FAILURE"),
    "DOCUMENT_TIMESTAMP_TOO_EARLY": (OPEN, "TIMESTAMP_ORDER_FAILURE"),
    "DOCUMENT_TIMESTAMP_TOO_LATE": (OPEN, "NO_POE"),
    "BODIES_NOT_GIVEN": (OPEN, "SIGNATURE_POLICY_NOT_AVAILABLE"),
    "VALIDATION_DATA_OF_OTHERS": (OPEN, "SIG_CONSTRAINTS_FAILURE"),
    "CONTENT_CHANGED_AFTER_SIGNATURE": (OPEN, "SIG_CONSTRAINTS_FAILURE"),
    "CONTENT_CHANGED_WITH_SIGNATURE": (OPEN, "SIG_CONSTRAINTS_FAILURE"),
}
"""Main indication and sub-indication by finding; a finding of a signature that is not here is `GENERIC`."""

INTACT: Final = frozenset(
    {"SIGNATURE_INTACT", "DOCUMENT_TIMESTAMP_INTACT", "SEALED", "SEAL_TIMESTAMPED", "ROOT_TIMESTAMPED"}
)
SIGNATURES: Final = INTACT | {"CERTIFICATE_TRUSTED", "TIMESTAMP_CERTIFICATE_TRUSTED"}
SIGNING: Final = frozenset({"CHK-02", "CHK-05", "CHK-06", "CHK-08", "CHK-11"})


def read_indications(findings: Iterable[Finding]) -> tuple[Indication, ...]:
    """One for each object that is a signature, a seal or a time-stamp, in the order of the findings."""
    found: dict[str, list[Finding]] = {}
    for one in findings:
        if one.check in SIGNING and (one.code in SIGNATURES or one.code in MEANINGS):
            found.setdefault(one.object, []).append(one)
    return tuple(_indication(where, told) for where, told in found.items())


def _indication(where: str, told: list[Finding]) -> Indication:
    bad = [one for one in told if one.result in (Result.FAIL, Result.INDETERMINATE)]
    meanings = [MEANINGS.get(one.code, (OPEN, "GENERIC")) for one in bad]
    worst = next((one for one in meanings if one[0] == FAILED), meanings[0] if meanings else None)
    if worst is None:
        worst = (PASSED, "") if any(one.code in INTACT for one in told) else (OPEN, "GENERIC")
    return Indication(where, *worst)
