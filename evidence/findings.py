"""What the verifier says, as data: findings per check, and the verdict that follows from them.

The words of the verdict are those of ETSI EN 319 102-1, clause 5.1.3: PASSED, FAILED, INDETERMINATE.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from evidence.account import Account, Requirement

__all__ = ["Finding", "Report", "Result", "Verdict", "overall"]


class Result(StrEnum):
    """What one finding says of its object."""

    PASS = "PASS"  # noqa: S105 - a verdict, not a password
    FAIL = "FAIL"
    INDETERMINATE = "INDETERMINATE"
    WARNING = "WARNING"
    """True and not wrong, and whoever judges should know it. It decides no verdict."""


class Verdict(StrEnum):
    """What all findings together say of the bundle."""

    PASSED = "PASSED"
    FAILED = "FAILED"
    INDETERMINATE = "INDETERMINATE"

    @property
    def exit_code(self) -> int:
        return {Verdict.PASSED: 0, Verdict.FAILED: 1, Verdict.INDETERMINATE: 2}[self]


@dataclass(frozen=True, slots=True)
class Finding:
    """One fact established by one check."""

    check: str
    """Number of the check, as in `CHK-05`."""
    result: Result
    object: str
    """What the finding is about: a member of the bundle, with `#` and its part when only a part is meant."""
    code: str
    """Key of the text catalogue."""
    parameters: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Report:
    """Everything the verifier established about one bundle."""

    verdict: Verdict
    findings: tuple[Finding, ...]
    bundle_sha256: str
    """SHA-256 of the file that was verified."""
    bundle_root: str | None
    """SHA-256 of its manifest; `None` when there is none to read."""
    procedure: str | None
    administration: str | None
    trusted: bool
    """Whether the verifier was told whom to trust."""
    qualified_seal: bool
    qualified_timestamps: bool
    """What the trust folder declares to be qualified; `False` means not known."""
    account: Account | None = None
    """Who took part and what they did, as the journal tells it; `None` when it does not say."""
    lone: bool = False
    """What was verified is one signed PDF, not a bundle: there is no journal to hold it against."""
    requirements: tuple[Requirement, ...] = ()
    """What arts. 60 and 61 of Real Decreto-ley 6/2023 ask, one by one."""


def overall(findings: Iterable[Finding]) -> Verdict:
    """FAILED if anything failed, else INDETERMINATE if anything could not be established, else PASSED."""
    results = {finding.result for finding in findings}
    if Result.FAIL in results or not results:
        return Verdict.FAILED
    return Verdict.INDETERMINATE if Result.INDETERMINATE in results else Verdict.PASSED
