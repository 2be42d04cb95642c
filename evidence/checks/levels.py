"""Of CHK-08: a signature carries what its level announces (ETSI EN 319 142-1, clause 6), in the journal or in the type.

B-LT: what it is validated with. B-LTA: also a time-stamp over the whole document with all of that. The level of the
seal on the minutes is taken from the type too, which the minutes fix: who holds the keys cannot announce less.
"""

from collections.abc import Iterator
from typing import Any, Final

from evidence.certificates import RevocationEvidence
from evidence.checks import NumberedCheck
from evidence.findings import Finding
from evidence.opened import OpenedBundle
from evidence.parts import DocumentKind
from evidence.signed_revisions import SignedRevision
from evidence.signing_story import Means, Signing
from evidence.taking_part import mapping, text

__all__ = ["level_problems"]

CHECK = NumberedCheck("CHK-08")
LEVELS: Final = ("", "B-T", "B-LT", "B-LTA")
"""Each has what the one before has; nothing is announced by those that do not say."""


def level_problems(bundle: OpenedBundle, signing: Signing, revision: SignedRevision | None) -> Iterator[Finding]:
    """What the signature should carry, and does not. Where it is not here at all, other findings say so."""
    if revision is None:
        return
    announced = max(_rank(signing.level), _planned(bundle, signing, revision))
    if announced >= LEVELS.index("B-LT") and revision.pdf.evidence == RevocationEvidence():
        yield CHECK.failed(revision.where, "VALIDATION_DATA_MISSING", level=LEVELS[announced])
    if announced == LEVELS.index("B-LTA") and not revision.stamped_after:
        yield CHECK.failed(revision.where, "DOCUMENT_TIMESTAMP_MISSING")


def _planned(bundle: OpenedBundle, signing: Signing, revision: SignedRevision) -> int:
    if signing.means is not Means.SEAL or revision.document.kind is not DocumentKind.MINUTES:
        return 0
    lines: Any = mapping(bundle.resolved_type, "procedure").get("signatures")
    planned = lines if isinstance(lines, list) else []
    return max((_rank(text(one, "level")) for one in planned if _seals_minutes(one)), default=0)


def _seals_minutes(line: Any) -> bool:
    return isinstance(line, dict) and text(line, "document") == "minutes" and text(line, "method") == "seal"


def _rank(level: str) -> int:
    return LEVELS.index(level) if level in LEVELS else 0
